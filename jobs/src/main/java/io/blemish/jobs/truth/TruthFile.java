package io.blemish.jobs.truth;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.blemish.error.UserException;
import io.blemish.jobs.ingest.FilePaths;
import io.blemish.jobs.ingest.ListFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A list of truths: CSV with a header, JSON Lines or Parquet.
 *
 * <p>Columns {@code image, kind, value}, and, where they are needed, {@code mask_uri, mask_colour, source, author,
 * stated_at}. {@code image} is an image_id, or the name of a file as {@code files} has it: a URI, an absolute path, or a
 * path relative to the base directory. {@code mask_uri} is relative to the list's own folder.
 */
public final class TruthFile {
    /** The rows of {@link #rows}: {@code row} counts from 0, {@code problem} says why the row cannot be meant. */
    public static final StructType SCHEMA = new StructType()
            .add("row", DataTypes.LongType, false)
            .add("problem", DataTypes.StringType)
            .add("image", DataTypes.StringType)
            .add("given_id", DataTypes.StringType)
            .add("uri", DataTypes.StringType)
            .add("kind", DataTypes.StringType)
            .add("value", DataTypes.StringType)
            .add("mask_uri", DataTypes.StringType)
            .add("mask_colour", DataTypes.StringType)
            .add("source", DataTypes.StringType)
            .add("author", DataTypes.StringType)
            .add("stated_at", DataTypes.TimestampType);

    /** The columns of a list, in the order in which {@link TruthReading} takes them. */
    static final List<String> COLUMNS =
            List.of("image", "kind", "value", "mask_uri", "mask_colour", "source", "author", "stated_at");

    private static final List<String> NEEDED = COLUMNS.subList(0, 3);
    private static final ListFile.Purpose PURPOSE = new ListFile.Purpose(
            "import truths from",
            "Give a CSV, JSON Lines or Parquet file with the columns image, kind, value and, where needed, "
                    + String.join(", ", COLUMNS.subList(3, COLUMNS.size())));

    private final ListFile list;
    private final String file;

    private TruthFile(ListFile list, String file) {
        this.list = list;
        this.file = file;
    }

    /**
     * Opens the list and looks at its columns.
     *
     * @throws UserException when it is not there, lacks a column, or has one that means nothing here
     */
    public static TruthFile open(SparkSession spark, String file) {
        ListFile list = ListFile.open(spark, file, PURPOSE);
        List<String> missing = new ArrayList<>(NEEDED);
        missing.removeAll(list.columns());
        if (!missing.isEmpty()) {
            throw list.refusal("it has no column " + missing.get(0) + ", but " + String.join(", ", list.columns()));
        }
        for (String column : list.columns()) {
            if (!COLUMNS.contains(column)) {
                throw list.refusal("its column " + column + " means nothing here");
            }
        }
        return new TruthFile(list, file);
    }

    /** The name of the list without its folders: the source of rows that name none. */
    public String name() {
        return FilePaths.parse(file).getName();
    }

    /**
     * The rows of the list.
     *
     * @param base what relative names of images are relative to; empty for the list's folder
     * @param maskColour the colour that counts in masks whose row names none
     */
    public Dataset<Row> rows(Optional<Path> base, Optional<String> maskColour) {
        SparkSession spark = list.rows().sparkSession();
        Broadcast<SerializableConfiguration> hadoop = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
        Path folder = list.folder();
        TruthReading reading = new TruthReading(
                FilePaths.uri(base.orElse(folder)), FilePaths.uri(folder), name(), maskColour.orElse(null), hadoop);
        List<Column> columns = new ArrayList<>(List.of(monotonically_increasing_id()));
        for (String column : COLUMNS) {
            columns.add(
                    list.columns().contains(column) ? given(column) : lit(null).cast("string"));
        }
        return list.rows().select(columns.toArray(new Column[0])).map(reading, Encoders.row(SCHEMA));
    }

    private static Column given(String column) {
        Column text = trim(col(column));
        return when(text.equalTo(""), lit(null)).otherwise(text);
    }

    /**
     * Refuses the list for the first of the rows that have a problem.
     *
     * @param rows with {@code row} and {@code problem}
     */
    public void requireFlawless(Dataset<Row> rows) {
        Dataset<Row> flawed = rows.where(col("problem").isNotNull());
        List<Row> first = list.first(flawed.orderBy("row").select("row", "problem"));
        if (!first.isEmpty()) {
            long row = first.get(0).getLong(0);
            long others = flawed.count() - 1;
            throw list.refusal(place(row) + ": " + first.get(0).getString(1)
                    + (others == 0 ? "" : " (and " + others + " more rows that cannot be taken)"));
        }
    }

    /** True when the list has no row; a list that cannot be read to its end is refused. */
    public boolean isEmpty(Dataset<Row> rows) {
        return list.first(rows).isEmpty();
    }

    /** The list cannot be used, for a cause that it shows. */
    public UserException refusal(String cause) {
        return list.refusal(cause);
    }

    private String place(long row) {
        Path path = FilePaths.parse(file);
        return LineNumbers.of(path, list.rows().sparkSession().sessionState().newHadoopConf(), row)
                .map(line -> "line " + line)
                .orElse("row " + (row + 1));
    }
}
