package io.blemish.jobs.ingest;

import java.io.Serializable;
import java.time.Instant;
import org.apache.hadoop.fs.FileStatus;

/**
 * One thing that a listing met.
 *
 * @param kind what it is
 * @param uri where it is
 * @param length bytes of a file
 * @param modifiedMillis last change of a file, milliseconds since 1970
 * @param problem why a directory could not be listed; empty otherwise
 */
record Listed(Kind kind, String uri, long length, long modifiedMillis, String problem) implements Serializable {
    /** What a listing can meet. */
    enum Kind {
        /** A file whose name is that of a photograph. */
        PHOTOGRAPH,
        /** A file of another name: counted, not read. */
        OTHER,
        /** A directory that is yet to be listed. */
        DIRECTORY,
        /** A directory that could not be listed. */
        FAILED
    }

    static Listed file(FileStatus status, Include include) {
        Kind kind = include.admits(status.getPath().getName()) ? Kind.PHOTOGRAPH : Kind.OTHER;
        return new Listed(kind, FilePaths.uri(status.getPath()), status.getLen(), status.getModificationTime(), "");
    }

    static Listed directory(FileStatus status) {
        return new Listed(Kind.DIRECTORY, FilePaths.uri(status.getPath()), 0, 0, "");
    }

    static Listed failed(String uri, Exception failure) {
        return new Listed(Kind.FAILED, uri, 0, 0, failure.toString());
    }

    Instant modifiedAt() {
        return Instant.ofEpochMilli(modifiedMillis);
    }
}
