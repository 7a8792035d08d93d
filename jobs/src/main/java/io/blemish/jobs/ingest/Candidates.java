package io.blemish.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.blemish.image.RejectCode;
import io.blemish.tables.FilesTable;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Files that may become images: the columns of {@code files} that are known before a byte is read.
 *
 * <p>{@code uri, length, modified_at, product, site, line, lot, captured_at, attributes, warning}
 */
public final class Candidates {
    /** The columns of a candidate. */
    public static final StructType SCHEMA = columnsOf(
            "uri", "length", "modified_at", "product", "site", "line", "lot", "captured_at", "attributes", "warning");

    private Candidates() {}

    /** True of rows of {@code files} that were rejected for a reason that may have passed: their files are candidates again. */
    public static Column passing() {
        Column code = coalesce(col("reject_code"), lit(""));
        return code.isin(RejectCode.UNREADABLE.code(), RejectCode.CHANGED.code())
                .or(code.equalTo(FileContent.MISSING).and(col("length").isNotNull()));
    }

    /**
     * One candidate.
     *
     * @param length bytes as listed; null when a manifest names a file that could not be found
     * @param modifiedAt last change as listed; null likewise
     */
    static Row row(String uri, Long length, Instant modifiedAt, FileMetadata metadata) {
        Map<String, String> columns = metadata.columns();
        return RowFactory.create(
                uri,
                length,
                modifiedAt,
                columns.get("product"),
                columns.get("site"),
                columns.get("line"),
                columns.get("lot"),
                metadata.capturedAt().orElse(null),
                CollectionConverters.asScala(metadata.attributes()),
                metadata.warnings().isEmpty() ? null : String.join("; ", metadata.warnings()));
    }

    private static StructType columnsOf(String... names) {
        StructType files = FilesTable.DEFINITION.schema();
        StructType columns = new StructType();
        for (String name : names) {
            columns = columns.add(name, files.apply(name).dataType(), !name.equals("uri"));
        }
        return columns;
    }
}
