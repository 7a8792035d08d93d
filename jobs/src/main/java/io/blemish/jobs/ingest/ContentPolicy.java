package io.blemish.jobs.ingest;

import org.apache.hadoop.fs.Path;

/** Whether the bytes of an image are copied into the table or stay where they are. */
public enum ContentPolicy {
    /** Copied from a local disk, which other machines cannot read; kept by reference elsewhere. */
    BY_PLACE,
    COPY,
    BY_REFERENCE;

    boolean copies(Path file) {
        return switch (this) {
            case BY_PLACE -> FilePaths.isLocal(file);
            case COPY -> true;
            case BY_REFERENCE -> false;
        };
    }
}
