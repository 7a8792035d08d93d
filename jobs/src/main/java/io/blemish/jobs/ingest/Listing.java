package io.blemish.jobs.ingest;

import io.blemish.error.UserException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Lists directories in Spark tasks: level by level while there are few, then each remaining directory with everything
 * below it.
 *
 * <p>Spark's own file source lists on the driver, holds every name there, and fails on a directory that vanishes. The
 * result is persisted, because a second look would be a second listing; closing gives the space back.
 */
public final class Listing implements AutoCloseable {
    private static final int DIRECTORIES_PER_SLOT = 4;

    private final SparkSession spark;
    private final JavaSparkContext context;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final Include include;
    private final List<JavaRDD<Listed>> levels = new ArrayList<>();
    private Map<Listed.Kind, Long> counts = Map.of();

    private Listing(SparkSession spark, Include include) {
        this.spark = spark;
        this.include = include;
        this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.hadoop = context.broadcast(
                new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    }

    /**
     * Lists everything that the source names.
     *
     * @throws UserException when a directory cannot be listed: what is in it would be lost silently
     */
    public static Listing of(SparkSession spark, Source source, Include include) {
        Listing listing = new Listing(spark, include);
        listing.addFiles(source.files());
        List<String> frontier = source.directories().stream()
                .map(status -> FilePaths.uri(status.getPath()))
                .toList();
        while (!frontier.isEmpty()) {
            frontier = listing.addLevel(frontier);
        }
        listing.requireComplete();
        return listing;
    }

    /** The photographs as rows of {@link Candidates#SCHEMA}. */
    public Dataset<Row> rows(FileMetadata.Reader metadata) {
        JavaRDD<Row> rows = of(Listed.Kind.PHOTOGRAPH)
                .map(file -> Candidates.row(
                        file.uri(),
                        file.length(),
                        file.modifiedAt(),
                        metadata.read(FilePaths.path(file.uri()).toUri().getPath())));
        return spark.createDataFrame(rows, Candidates.SCHEMA);
    }

    /** How many photographs there are. */
    public long photographs() {
        return counts.getOrDefault(Listed.Kind.PHOTOGRAPH, 0L);
    }

    /** How many files have a name that is no photograph's. */
    public long otherFiles() {
        return counts.getOrDefault(Listed.Kind.OTHER, 0L);
    }

    @Override
    public void close() {
        levels.forEach(level -> level.unpersist(false));
        hadoop.destroy();
    }

    private void addFiles(List<FileStatus> files) {
        List<Listed> listed =
                files.stream().map(file -> Listed.file(file, include)).toList();
        levels.add(context.parallelize(listed, Math.max(1, Math.min(listed.size(), slots()))));
    }

    /** Lists the directories; those that are left to be listed. */
    private List<String> addLevel(List<String> directories) {
        int enough = DIRECTORIES_PER_SLOT * slots();
        DirectoryWalk.Depth depth = directories.size() >= enough ? DirectoryWalk.Depth.ALL : DirectoryWalk.Depth.ONE;
        JavaRDD<Listed> level = context.parallelize(directories, Math.min(directories.size(), enough))
                .flatMap(new ListDirectory(depth, include, hadoop))
                .persist(StorageLevel.MEMORY_AND_DISK());
        levels.add(level);
        return level.filter(listed -> listed.kind() == Listed.Kind.DIRECTORY)
                .map(Listed::uri)
                .collect();
    }

    private void requireComplete() {
        counts = all().map(Listed::kind).countByValue();
        if (counts.containsKey(Listed.Kind.FAILED)) {
            Listed first = of(Listed.Kind.FAILED).first();
            close();
            throw UserException.cannot(
                    "list " + first.uri(), first.problem(), "Make every directory readable, or ingest others");
        }
    }

    private JavaRDD<Listed> of(Listed.Kind kind) {
        return all().filter(listed -> listed.kind() == kind);
    }

    private JavaRDD<Listed> all() {
        JavaRDD<Listed> all = levels.get(0);
        for (JavaRDD<Listed> level : levels.subList(1, levels.size())) {
            all = all.union(level);
        }
        return all;
    }

    private int slots() {
        return spark.sparkContext().defaultParallelism();
    }

    /** What a task does with one directory. */
    private record ListDirectory(
            DirectoryWalk.Depth depth, Include include, Broadcast<SerializableConfiguration> hadoop)
            implements FlatMapFunction<String, Listed> {
        @Override
        public Iterator<Listed> call(String directory) {
            Configuration configuration = hadoop.value().value();
            return new DirectoryWalk(directory, depth, include, configuration);
        }
    }
}
