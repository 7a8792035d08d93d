package io.blemish.broadcast;

import io.blemish.error.UserException;
import java.util.Locale;

/**
 * What the user asked for with {@code device: cpu | gpu}. There is no third value that would decide by what it finds.
 */
public enum DeviceChoice {
    /** The processor. */
    CPU,
    /** The GPU that Spark assigned to the task; an error if there is none. */
    GPU;

    /** The choice of this name, {@code cpu} or {@code gpu}. */
    public static DeviceChoice parse(String name) {
        for (DeviceChoice choice : values()) {
            if (choice.label().equals(name)) {
                return choice;
            }
        }

        throw UserException.cannot("set device", "there is no device of this name (" + name + ")", "Use cpu or gpu");
    }

    /** The name in the configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
