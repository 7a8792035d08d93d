package io.blemish.jobs.sql;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;

import io.blemish.error.UserException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * All rows of an answer for another program. Lines are made by the tasks and fetched one partition after the other; Parquet
 * is written by the tasks.
 */
public final class AnswerExport {
    private static final String CURE = "Name another place with --out";

    private final Dataset<Row> answer;
    private final AnswerFormat format;

    /**
     * An export.
     *
     * @param format not one for people
     */
    public AnswerExport(Dataset<Row> answer, AnswerFormat format) {
        if (format.forPeople()) {
            throw new IllegalArgumentException(format + " is no export");
        }
        this.answer = answer;
        this.format = format;
    }

    /**
     * Hands every line on.
     *
     * @return how many rows they are
     */
    public long lines(Consumer<String> line) {
        if (format == AnswerFormat.PARQUET) {
            throw UserException.cannot("print Parquet", "it has no lines", "Name a folder with --out");
        }
        return format == AnswerFormat.CSV ? csv(line) : each(answer.toJSON().toLocalIterator(), line);
    }

    /**
     * Writes a file of lines, or a folder of Parquet files. Lines appear under their name when all are written.
     *
     * @param out a file of this machine; for Parquet a folder of any file system
     * @return how many rows there are
     * @throws UserException when something is there already
     */
    public long write(String out) {
        requireNothing(out);
        if (format == AnswerFormat.PARQUET) {
            answer.write().parquet(out);
            return answer.sparkSession().read().parquet(out).count();
        }
        try {
            return writeLines(Path.of(out).toAbsolutePath());
        } catch (IOException | UncheckedIOException e) {
            throw UserException.cannot("write " + out, e.toString(), CURE, e);
        }
    }

    private long writeLines(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".unfinished");
        try {
            long rows;
            try (BufferedWriter writer = Files.newBufferedWriter(unfinished)) {
                rows = lines(line -> append(writer, line));
            }
            Files.move(unfinished, file);
            return rows;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void append(BufferedWriter writer, String line) {
        try {
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireNothing(String out) {
        SparkSession spark = answer.sparkSession();
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(out);
        try {
            FileSystem files = path.getFileSystem(spark.sessionState().newHadoopConf());
            if (files.exists(path)) {
                throw UserException.cannot("write " + out, "it is there already", CURE + ", or remove it");
            }
        } catch (IOException e) {
            throw UserException.cannot("write " + out, e.toString(), CURE, e);
        }
    }

    private long csv(Consumer<String> line) {
        StructType schema = answer.schema();
        List<CsvLine.Cell> header = new ArrayList<>();
        for (StructField field : schema.fields()) {
            header.add(new CsvLine.Cell(field.name(), CsvLine.Kind.TEXT));
        }
        line.accept(CsvLine.of(header));
        long rows = 0;
        Iterator<Row> texts = texts().toLocalIterator();
        while (texts.hasNext()) {
            Row row = texts.next();
            List<CsvLine.Cell> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(
                        new CsvLine.Cell(row.getString(i), kind(schema.apply(i).dataType())));
            }
            line.accept(CsvLine.of(cells));
            rows++;
        }
        return rows;
    }

    private static long each(Iterator<String> lines, Consumer<String> line) {
        long rows = 0;
        while (lines.hasNext()) {
            line.accept(lines.next());
            rows++;
        }
        return rows;
    }

    private static CsvLine.Kind kind(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType ? CsvLine.Kind.NUMBER : CsvLine.Kind.TEXT;
    }

    /** The same rows as texts: numbers with all their digits, arrays and structures as JSON, bytes in base 64. */
    private Dataset<Row> texts() {
        StructType schema = answer.schema();
        String[] numbered = new String[schema.size()];
        Column[] texts = new Column[schema.size()];
        for (int i = 0; i < texts.length; i++) {
            numbered[i] = "c" + i;
            texts[i] = text(col(numbered[i]), schema.apply(i).dataType());
        }
        return answer.toDF(numbered).select(texts);
    }

    private static Column text(Column column, DataType type) {
        if (type instanceof BinaryType) {
            return base64(column);
        }
        boolean nested = type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
        return nested ? to_json(column, Map.of("ignoreNullFields", "false")) : column.cast("string");
    }
}
