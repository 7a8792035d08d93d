package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.blemish.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Document frequencies in a file of text: on each line a run of 1 to 4 words in lower case, a tab, and in how many
 * images' references it occurs. The run of no words, an empty text before the tab, tells how many images there are.
 *
 * @param rows {@code run, images}
 * @param images how many images the frequencies are of
 */
record FrequencyFile(Dataset<Row> rows, long images) {
    private static final String LINE = "^[^\\t]*\\t[0-9]{1,18}$";

    /**
     * Reads the file, lazily but for the number of images.
     *
     * @throws UserException when it is not there or not such a file
     */
    static FrequencyFile read(SparkSession spark, Path file) {
        if (!Files.isRegularFile(file)) {
            throw refused(file, "there is no such file");
        }
        Dataset<Row> lines = spark.read().text(file.toUri().toString());
        if (!lines.where(col("value").rlike(LINE).equalTo(false)).isEmpty()) {
            throw refused(file, "a line of it is not a run of words, a tab and a number");
        }
        Dataset<Row> rows = lines.selectExpr(
                        "split(value, '\\t')[0] AS run", "CAST(split(value, '\\t')[1] AS BIGINT) AS images")
                .groupBy("run")
                .agg(max("images").as("images"));
        List<Row> images = rows.where(col("run").equalTo("").and(col("images").gt(0)))
                .select("images")
                .takeAsList(1);
        if (images.isEmpty()) {
            throw refused(file, "no line of it says of how many images it is");
        }
        return new FrequencyFile(rows, images.get(0).getLong(0));
    }

    private static UserException refused(Path file, String cause) {
        return UserException.cannot(
                "read the document frequencies " + file,
                cause,
                "Give a text file with lines of words, a tab and the number of images; an empty text before the tab"
                        + " tells how many images there are");
    }
}
