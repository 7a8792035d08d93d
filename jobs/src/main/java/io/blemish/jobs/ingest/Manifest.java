package io.blemish.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.trim;

import io.blemish.error.UserException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
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

    private final String file;
    private final Dataset<Row> rows;

    private Manifest(String file, Dataset<Row> rows) {
        this.file = file;
        this.rows = rows;
    }

    /**
     * Opens the list and looks at its columns.
     *
     * @throws UserException when it is not there, has no column {@code uri}, or a column that is no simple value
     */
    public static Manifest open(SparkSession spark, String file) {
        Dataset<Row> rows;
        try {
            rows = read(spark, file);
        } catch (UserException e) {
            throw e;
        } catch (Exception e) {
            throw refusal(file, firstLine(e), e);
        }
        List<String> columns = Arrays.asList(rows.columns());
        if (!columns.contains(URI)) {
            throw refusal(file, "it has no column uri, but " + String.join(", ", columns), null);
        }
        return new Manifest(file, asText(file, rows));
    }

    /** The directory that relative names are relative to when no other is given: that of the list. */
    public Path folder(SparkSession spark) {
        try {
            Path path = FilePaths.parse(file);
            return path.getFileSystem(spark.sessionState().newHadoopConf())
                    .makeQualified(path)
                    .getParent();
        } catch (IOException e) {
            throw refusal(file, e.toString(), e);
        }
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
                firstOf(photographs.groupBy(URI).count().filter(col("count").gt(1)));
        if (!twice.isEmpty()) {
            throw refusal(file, "it names " + twice.get(0).getString(0) + " more than once", null);
        }
    }

    private void requireNames() {
        Column blank = col(URI).isNull().or(trim(col(URI)).equalTo(""));
        if (!firstOf(rows.filter(blank)).isEmpty()) {
            throw refusal(file, "a row of it has no uri", null);
        }
    }

    /** At most one row; a list that cannot be read to its end is refused. */
    private List<Row> firstOf(Dataset<Row> some) {
        try {
            return some.takeAsList(1);
        } catch (Exception e) {
            throw refusal(file, firstLine(e), e);
        }
    }

    private static Dataset<Row> read(SparkSession spark, String file) {
        DataFrameReader reader = spark.read().option("mode", "FAILFAST");
        String path = FilePaths.parse(file).toString();
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "csv" ->
                reader.option("header", true)
                        .option("multiLine", true)
                        .option("escape", "\"")
                        .csv(path);
            case "json", "jsonl", "ndjson" ->
                reader.option("primitivesAsString", true).json(path);
            case "parquet" -> reader.parquet(path);
            default -> throw refusal(file, "its name ends with neither .csv, .jsonl nor .parquet", null);
        };
    }

    private static Dataset<Row> asText(String file, Dataset<Row> rows) {
        StructField[] fields = rows.schema().fields();
        Column[] columns = new Column[fields.length];
        for (int i = 0; i < fields.length; i++) {
            DataType type = fields[i].dataType();
            if (type instanceof StructType
                    || type instanceof ArrayType
                    || type instanceof MapType
                    || type instanceof BinaryType) {
                throw refusal(file, "its column " + fields[i].name() + " holds no simple values", null);
            }
            columns[i] =
                    rows.col("`" + fields[i].name().replace("`", "``") + "`").cast("string");
        }
        return rows.select(columns).toDF(rows.columns());
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }

    private static UserException refusal(String file, String cause, Throwable revealedBy) {
        return UserException.cannot(
                "read the manifest " + file,
                cause,
                "Give a CSV, JSON Lines or Parquet file with a column uri that names each file once",
                revealedBy);
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
