package io.blemish.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.trim;

import io.blemish.error.UserException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A list of photographs with what is known of them: CSV with a header, JSON Lines or Parquet, by the file's extension.
 *
 * <p>The column {@code uri} names the file, relative to the base directory unless it is absolute; {@code product, site,
 * line, lot, captured_at} mean what they mean in {@code files}; every other column becomes an attribute. The manifest
 * is the list: nothing else is looked for, and a file that it names and that is not there is a row with its rejection.
 */
public final class Manifest {
    private static final String URI = "uri";
    private static final ListFile.Purpose PURPOSE = new ListFile.Purpose(
            "read the manifest", "Give a CSV, JSON Lines or Parquet file with a column uri that names each file once");

    private final ListFile list;
    private final Dataset<Row> rows;

    private Manifest(ListFile list) {
        this.list = list;
        this.rows = list.rows();
    }

    /**
     * Opens the list and looks at its columns.
     *
     * @throws UserException when it is not there, has no column {@code uri}, or a column that is no simple value
     */
    public static Manifest open(SparkSession spark, String file) {
        ListFile list = ListFile.open(spark, file, PURPOSE);
        if (!list.columns().contains(URI)) {
            throw list.refusal("it has no column uri, but " + String.join(", ", list.columns()));
        }
        return new Manifest(list);
    }

    /** The directory that relative names are relative to when no other is given: that of the list. */
    public Path folder() {
        return list.folder();
    }

    /**
     * The files of the list as rows of {@link Candidates#SCHEMA}; each is looked up in a task.
     *
     * @param base what relative names are relative to
     */
    public Dataset<Row> photographs(Path base) {
        requireNames();
        SparkSession spark = rows.sparkSession();
        Broadcast<SerializableConfiguration> hadoop = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
        return rows.map(new LookUp(FilePaths.uri(base), rows.columns(), hadoop), Encoders.row(Candidates.SCHEMA));
    }

    /**
     * Refuses a list that names a file twice.
     *
     * @param photographs what {@link #photographs} gave, persisted
     */
    public void requireDistinct(Dataset<Row> photographs) {
        List<Row> twice =
                list.first(photographs.groupBy(URI).count().filter(col("count").gt(1)));
        if (!twice.isEmpty()) {
            throw list.refusal("it names " + twice.get(0).getString(0) + " more than once");
        }
    }

    private void requireNames() {
        Column blank = col(URI).isNull().or(trim(col(URI)).equalTo(""));
        if (!list.first(rows.filter(blank)).isEmpty()) {
            throw list.refusal("a row of it has no uri");
        }
    }

    /** Finds one file of the list; a file that cannot be found keeps its row, without length and time. */
    private record LookUp(String base, String[] columns, Broadcast<SerializableConfiguration> hadoop)
            implements MapFunction<Row, Row> {
        @Override
        public Row call(Row row) {
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < columns.length; i++) {
                named.put(columns[i], row.getString(i));
            }
            String given = named.remove(URI);
            Path path = new Path(FilePaths.path(base), FilePaths.parse(given));
            FileMetadata metadata = FileMetadata.of(named);
            try {
                FileStatus status = path.getFileSystem(hadoop.value().value()).getFileStatus(path);
                Instant modifiedAt = Instant.ofEpochMilli(status.getModificationTime());
                return Candidates.row(FilePaths.uri(status.getPath()), status.getLen(), modifiedAt, metadata);
            } catch (IOException e) {
                return Candidates.row(FilePaths.uri(path), null, null, metadata);
            }
        }
    }
}
