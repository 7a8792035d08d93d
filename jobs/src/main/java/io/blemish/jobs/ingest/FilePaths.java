package io.blemish.jobs.ingest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Paths of files and the URIs that stand for them in tables.
 *
 * <p>A URI is percent-encoded, so a name with a line break, a {@code %} or a {@code #} stays one name. Letters of any
 * script stand as they are.
 */
public final class FilePaths {
    private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*", Pattern.DOTALL);

    private FilePaths() {}

    /**
     * The URI of a path with a scheme: always {@code scheme://authority/path}, so that one file has one URI however it
     * was found.
     */
    public static String uri(Path path) {
        URI uri = path.toUri();
        String authority = uri.getRawAuthority();
        return uri.getScheme() + "://" + (authority == null ? "" : authority) + uri.getRawPath();
    }

    /** The path of a URI made by {@link #uri}. */
    public static Path path(String uri) {
        return new Path(URI.create(uri));
    }

    /** The path that a person means: a URI when it is one, else a path whose every character stands for itself. */
    public static Path parse(String text) {
        if (WITH_SCHEME.matcher(text).matches()) {
            try {
                return new Path(new URI(text));
            } catch (URISyntaxException e) {
                // People write file:/a b.jpg and s3a://bucket/a#1.jpg; Hadoop reads both as they mean it.
                return new Path(text);
            }
        }
        return new Path(text);
    }

    /** True when the file lies on a local disk. */
    static boolean isLocal(Path path) {
        String scheme = path.toUri().getScheme();
        return scheme == null || scheme.equals("file");
    }
}
