package io.blemish.jobs.ingest;

import io.blemish.error.UserException;
import java.io.Serializable;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which files are taken for photographs: those whose name ends with one of the extensions, in capitals or not. */
public final class Include implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeSet<String> extensions;

    private Include(TreeSet<String> extensions) {
        this.extensions = extensions;
    }

    /** The extensions, with or without their dot. */
    public static Include of(Collection<String> extensions) {
        TreeSet<String> normal = new TreeSet<>();
        for (String extension : extensions) {
            String bare = extension.startsWith("*.") ? extension.substring(2) : extension;
            bare = bare.startsWith(".") ? bare.substring(1) : bare;
            if (bare.isEmpty() || bare.contains("*") || bare.contains("/")) {
                throw UserException.cannot(
                        "include " + extension, "it is no extension", "Give extensions, such as jpg,png");
            }
            normal.add(bare.toLowerCase(Locale.ROOT));
        }
        return new Include(normal);
    }

    boolean admits(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot >= 0 && extensions.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** The extensions, without their dots. */
    public Set<String> extensions() {
        return extensions;
    }
}
