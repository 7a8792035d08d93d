package io.blemish.jobs.ingest;

import io.blemish.error.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What {@code --from} names: directories to be walked and single files.
 *
 * <p>A path that exists is taken as it is, whatever characters it has; only one that does not is read as a glob.
 */
public record Source(List<FileStatus> directories, List<FileStatus> files) {
    public Source {
        directories = List.copyOf(directories);
        files = List.copyOf(files);
    }

    /**
     * Looks up a directory, a file or a glob.
     *
     * @throws UserException when nothing is there
     */
    public static Source of(String from, Configuration hadoop) {
        try {
            Path path = FilePaths.parse(from);
            FileSystem fileSystem = path.getFileSystem(hadoop);
            FileStatus[] found = fileSystem.exists(path)
                    ? new FileStatus[] {fileSystem.getFileStatus(path)}
                    : fileSystem.globStatus(new Path(from));
            if (found == null || found.length == 0) {
                throw refusal(from, "nothing is there", null);
            }
            return of(found);
        } catch (IOException | IllegalArgumentException e) {
            throw refusal(from, String.valueOf(e.getMessage()), e);
        }
    }

    /** Keeps each directory that lies in no other, and each file that lies in none of those. */
    private static Source of(FileStatus[] found) {
        List<FileStatus> directories = new ArrayList<>();
        List<FileStatus> files = new ArrayList<>();
        FileStatus[] sorted = found.clone();
        Arrays.sort(sorted, Comparator.comparingInt(status -> status.getPath().depth()));
        for (FileStatus status : sorted) {
            if (directories.stream().noneMatch(directory -> contains(directory, status))) {
                (status.isDirectory() ? directories : files).add(status);
            }
        }
        return new Source(directories, files);
    }

    private static boolean contains(FileStatus directory, FileStatus other) {
        for (Path path = other.getPath(); path != null; path = path.getParent()) {
            if (path.equals(directory.getPath())) {
                return true;
            }
        }
        return false;
    }

    private static UserException refusal(String from, String cause, Throwable revealedBy) {
        return UserException.cannot(
                "ingest from " + from, cause, "Name a directory, a file or a glob that exists with --from", revealedBy);
    }
}
