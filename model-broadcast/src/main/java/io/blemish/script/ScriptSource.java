package io.blemish.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blemish.error.InternalException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The sources of forward passes, which lie on the class path as {@code Name.py} in the package of the class that packs them. */
public final class ScriptSource {
    private ScriptSource() {}

    /** The source of the TorchScript class of that name, beside the Java class. */
    public static String beside(Class<?> packer, String name) {
        String file = name + ".py";
        try (InputStream in = packer.getResourceAsStream(file)) {
            if (in == null) {
                throw new InternalException(file + " is not on the class path");
            }

            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + " from the class path", e);
        }
    }
}
