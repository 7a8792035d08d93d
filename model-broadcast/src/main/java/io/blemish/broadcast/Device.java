package io.blemish.broadcast;

import java.io.Serializable;

/**
 * Where a model computes: {@code cpu}, or {@code cuda:N}, N being the ordinal by which CUDA knows the GPU in this
 * process.
 *
 * @param name as libtorch writes it
 */
public record Device(String name) implements Serializable {
    /** The processor. */
    public static final Device CPU = new Device("cpu");

    private static final String CUDA = "cuda:";

    /** Checks the name. */
    public Device {
        if (!name.equals("cpu") && !name.matches("cuda:[0-9]{1,4}")) {
            throw new IllegalArgumentException("A device is cpu or cuda:N, not " + name);
        }
    }

    /** The GPU with this ordinal. */
    public static Device cuda(int ordinal) {
        return new Device(CUDA + ordinal);
    }

    /** Whether this is a GPU. */
    public boolean isCuda() {
        return name.startsWith(CUDA);
    }

    /** The ordinal of a GPU. */
    public int ordinal() {
        if (!isCuda()) {
            throw new IllegalStateException(name + " has no ordinal");
        }

        return Integer.parseInt(name.substring(CUDA.length()));
    }

    @Override
    public String toString() {
        return name;
    }
}
