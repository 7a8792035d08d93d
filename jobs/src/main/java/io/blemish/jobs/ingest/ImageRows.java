package io.blemish.jobs.ingest;

import static java.util.Objects.requireNonNull;

import io.blemish.tables.ImagesTable;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes the rows of {@code images} out of the facts of the files that were chosen, adding {@code part} and, where it is
 * copied, {@code content}.
 *
 * <p>The bytes are read here a second time, straight into the append: they never pass through an exchange. A file that
 * has changed since it was examined gives no row; the ingest then finds its image missing and rejects the file as
 * {@code changed}.
 */
public final class ImageRows implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final StructType IMAGES = ImagesTable.DEFINITION.schema();

    private final long firstPart;
    private final ContentPolicy policy;
    private final long maxBytes;
    private final Broadcast<SerializableConfiguration> hadoop;

    /**
     * A maker of rows.
     *
     * @param ingest the number of the ingest, which {@code part} begins with
     * @param maxBytes the longest file
     */
    public ImageRows(long ingest, ContentPolicy policy, long maxBytes, Broadcast<SerializableConfiguration> hadoop) {
        this.firstPart = ingest * ImagesTable.PARTS_PER_INGEST;
        this.policy = requireNonNull(policy, "policy is null");
        this.maxBytes = maxBytes;
        this.hadoop = requireNonNull(hadoop, "hadoop is null");
    }

    @Override
    public Iterator<Row> call(Iterator<Row> facts) {
        long part = firstPart + TaskContext.getPartitionId();
        Configuration configuration = hadoop.value().value();
        return new PresentIterator<>(new MappedIterator<>(facts, row -> image(row, part, configuration)));
    }

    /** The row, or null when the file is not what it was. */
    private Row image(Row facts, long part, Configuration configuration) {
        Path path = FilePaths.path(facts.getAs("uri"));
        byte[] content = null;
        if (policy.copies(path)) {
            try {
                content = FileContent.read(path, maxBytes, configuration);
            } catch (FileContent.NotReadException e) {
                return null;
            }
            if (!FileContent.sha256(content).equals(facts.getAs("image_id"))) {
                return null;
            }
        }
        return row(facts, part, content);
    }

    private static Row row(Row facts, long part, byte[] content) {
        Object[] values = new Object[IMAGES.size()];
        for (int i = 0; i < values.length; i++) {
            String column = IMAGES.apply(i).name();
            values[i] = switch (column) {
                case "part" -> part;
                case "content" -> content;
                default -> facts.getAs(column);
            };
        }
        return RowFactory.create(values);
    }
}
