package io.blemish.jobs.relabel;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.max;

import io.blemish.jobs.TimeWindow;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The inspections of one encoder that hold embeddings, at one version of the table, and where an image's are best taken from when it has
 * several, by several knowledge bases or captioners.
 */
public final class StoredEmbeddings {
    private final Dataset<Row> rows;
    private final TimeWindow window;
    private final Column embedded;
    private final List<Inspected> inspected;

    private StoredEmbeddings(Dataset<Row> rows, TimeWindow window) {
        this.rows = rows;
        this.window = window;
        this.embedded = embedded(rows);
        this.inspected = inspected();
    }

    /** The inspections of the encoder at the version, of photographs taken within the window. */
    public static StoredEmbeddings of(Warehouse warehouse, long version, String encoderId, TimeWindow window) {
        Dataset<Row> rows = warehouse
                .read(InspectionsTable.DEFINITION, version)
                .where(col("encoder_id").equalTo(encoderId));
        return new StoredEmbeddings(rows, window);
    }

    /** What was made by one captioner and one knowledge base: so many rows with an embedding, and so many that failed. */
    private record Inspected(String captionerId, String kbId, long embedded, long failed, Instant newest) {}

    /**
     * Rows to start from, one an image.
     *
     * @param captionerId the captioner of the rows that are made of them
     */
    public record Source(String captionerId, Dataset<Row> rows) {}

    /**
     * True of rows with an embedding. To ask the embeddings themselves means to read them all; an inspection that has one also has the
     * region that it was made of, and where every row keeps to that the region is asked instead. Files in which no region is missing are
     * not read for it.
     */
    private static Column embedded(Dataset<Row> rows) {
        Column ok = col("status").equalTo(InspectionsTable.OK);
        Column embedding = col("embedding").isNotNull();
        boolean told =
                rows.where(ok.and(col("region.x").isNull()).and(embedding)).isEmpty();
        return ok.and(told ? col("region").isNotNull() : embedding);
    }

    private List<Inspected> inspected() {
        List<Inspected> found = new ArrayList<>();
        for (Row row : rows.groupBy("captioner_id", "kb_id")
                .agg(count_if(embedded), count_if(col("status").equalTo(InspectionsTable.FAILED)), max("inspected_at"))
                .collectAsList()) {
            found.add(new Inspected(
                    row.getString(0), row.getString(1), row.getLong(2), row.getLong(3), row.getInstant(4)));
        }
        return found;
    }

    /** True when no image was inspected by this encoder. */
    public boolean isEmpty() {
        return inspected.stream().allMatch(made -> made.embedded == 0);
    }

    /** The knowledge base that was used last, other than this one; by whatever job. */
    public Optional<String> newestOther(String kbId) {
        return inspected.stream()
                .filter(made -> !made.kbId.equals(kbId))
                .max(Comparator.comparing(Inspected::newest))
                .map(Inspected::kbId);
    }

    /** The knowledge bases that images were inspected or relabelled with. */
    public List<String> knowledgeBases() {
        return inspected.stream().map(Inspected::kbId).distinct().sorted().toList();
    }

    /**
     * Where to start from: an image counts where it comes first. Rows with embeddings come before those of images that failed. When
     * captions are kept, the captioner that wrote the most of them comes first, and the rows without captions last.
     *
     * @param captionerId who writes captions anew; empty to keep those that there are
     */
    public List<Source> sources(Optional<String> captionerId) {
        Map<String, Long> written = new HashMap<>();
        inspected.forEach(made -> written.merge(made.captionerId, made.embedded, Long::sum));
        Comparator<Inspected> captions = Comparator.comparing(
                        (Inspected made) -> made.captionerId.equals(InspectionsTable.NO_CAPTIONER))
                .thenComparing(made -> -written.get(made.captionerId))
                .thenComparing(Inspected::captionerId);
        Comparator<Inspected> fullest =
                Comparator.comparing((Inspected made) -> -made.embedded).thenComparing(Inspected::kbId);
        List<Inspected> order = inspected.stream()
                .sorted(captionerId.isPresent() ? fullest : captions.thenComparing(fullest))
                .toList();
        List<Source> sources = new ArrayList<>();
        order.stream()
                .filter(made -> made.embedded > 0)
                .forEach(made -> sources.add(source(made, embedded, captionerId)));
        order.stream()
                .filter(made -> made.failed > 0)
                .forEach(
                        made -> sources.add(source(made, col("status").equalTo(InspectionsTable.FAILED), captionerId)));
        return sources;
    }

    private Source source(Inspected made, Column which, Optional<String> captionerId) {
        Dataset<Row> mine = rows.where(col("captioner_id")
                .equalTo(made.captionerId)
                .and(col("kb_id").equalTo(made.kbId))
                .and(which));
        return new Source(captionerId.orElse(made.captionerId), window.of(mine, "captured_at"));
    }
}
