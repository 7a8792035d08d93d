package io.blemish.jobs.ingest;

import io.blemish.error.UserException;
import io.blemish.tables.Identifiers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A list that a person or a program wrote: CSV with a header, JSON Lines or Parquet, by the file's extension. Every
 * value is text.
 */
public final class ListFile {
    private final String file;
    private final Purpose purpose;
    private final Dataset<Row> rows;

    private ListFile(String file, Purpose purpose, Dataset<Row> rows) {
        this.file = file;
        this.purpose = purpose;
        this.rows = rows;
    }

    /**
     * What a list is read for, in the words of a refusal.
     *
     * @param act what cannot be done without it, for example {@code read the manifest}; the file's name follows
     * @param cure what a list must be like
     */
    public record Purpose(String act, String cure) {}

    /**
     * Opens the list and looks at its columns.
     *
     * @throws UserException when it is not there, or has a column that is no simple value
     */
    public static ListFile open(SparkSession spark, String file, Purpose purpose) {
        ListFile unread = new ListFile(file, purpose, null);
        try {
            return new ListFile(file, purpose, unread.asText(unread.read(spark)));
        } catch (UserException e) {
            throw e;
        } catch (Exception e) {
            throw unread.refusal(firstLine(e), e);
        }
    }

    /** The rows, not read yet; {@link #first} tells in one line when they cannot be. */
    public Dataset<Row> rows() {
        return rows;
    }

    /** The names of the columns. */
    public List<String> columns() {
        return Arrays.asList(rows.columns());
    }

    /** The directory that relative names are relative to when no other is given: that of the list. */
    public Path folder() {
        try {
            Path path = FilePaths.parse(file);
            return path.getFileSystem(rows.sparkSession().sessionState().newHadoopConf())
                    .makeQualified(path)
                    .getParent();
        } catch (IOException e) {
            throw refusal(e.toString(), e);
        }
    }

    /** At most one of the rows, which were made of those of the list; a list that cannot be read to its end is refused. */
    public List<Row> first(Dataset<Row> some) {
        try {
            return some.takeAsList(1);
        } catch (Exception e) {
            throw refusal(firstLine(e), e);
        }
    }

    /** The list cannot be used, for a cause that it shows. */
    public UserException refusal(String cause) {
        return refusal(cause, null);
    }

    private UserException refusal(String cause, Throwable revealedBy) {
        return UserException.cannot(purpose.act() + " " + file, cause, purpose.cure(), revealedBy);
    }

    private Dataset<Row> read(SparkSession spark) {
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
            default -> throw refusal("its name ends with neither .csv, .jsonl nor .parquet");
        };
    }

    private Dataset<Row> asText(Dataset<Row> read) {
        StructField[] fields = read.schema().fields();
        Column[] columns = new Column[fields.length];
        for (int i = 0; i < fields.length; i++) {
            DataType type = fields[i].dataType();
            if (type instanceof StructType
                    || type instanceof ArrayType
                    || type instanceof MapType
                    || type instanceof BinaryType) {
                throw refusal("its column " + fields[i].name() + " holds no simple values");
            }
            columns[i] = read.col(Identifiers.escaped(fields[i].name())).cast("string");
        }
        return read.select(columns).toDF(read.columns());
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }
}
