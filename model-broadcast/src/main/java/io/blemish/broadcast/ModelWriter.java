package io.blemish.broadcast;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a packed model, so that it can be published without a copy of it on the driver's disk. */
@FunctionalInterface
public interface ModelWriter {
    /** Writes the whole model to {@code target}, which the caller closes. */
    void writeTo(OutputStream target) throws IOException;
}
