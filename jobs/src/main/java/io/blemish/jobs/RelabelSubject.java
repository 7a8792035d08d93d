package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.blemish.error.UserException;
import io.blemish.jobs.inspect.CaptionerBundle;
import io.blemish.jobs.inspect.Encoder;
import io.blemish.jobs.inspect.RowsAtHand;
import io.blemish.jobs.relabel.StoredEmbeddings;
import io.blemish.jobs.relabel.StoredEmbeddings.Source;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.Warehouse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is relabelled: the stored embeddings of an encoder, at a version of the table, by a knowledge base. */
final class RelabelSubject {
    private final Warehouse warehouse;
    private final RelabelOptions options;
    private final KnowledgeBase base;
    private final Encoder encoder;
    private final Optional<CaptionerBundle> captioner;
    private final long version;
    private final StoredEmbeddings stored;
    private final List<Source> sources;

    RelabelSubject(
            Warehouse warehouse,
            RelabelOptions options,
            KnowledgeBase base,
            Encoder encoder,
            Optional<CaptionerBundle> captioner,
            long version,
            StoredEmbeddings stored) {
        this.warehouse = warehouse;
        this.options = options;
        this.base = base;
        this.encoder = encoder;
        this.captioner = captioner;
        this.version = version;
        this.stored = stored;
        this.sources = stored.sources(captioner.map(CaptionerBundle::id));
    }

    KnowledgeBase base() {
        return base;
    }

    Encoder encoder() {
        return encoder;
    }

    /** Who writes captions anew; empty to keep those that there are. */
    Optional<CaptionerBundle> captioner() {
        return captioner;
    }

    long version() {
        return version;
    }

    /** Images of a source that are left, in chunks. */
    record Left(Source source, List<Chunks.Chunk> chunks) {
        long images() {
            return chunks.stream().mapToLong(Chunks.Chunk::images).sum();
        }
    }

    /** True of rows that relabel made, and may delete: they hold nothing that is not held elsewhere. */
    static Column relabelled() {
        return col("status")
                .equalTo(InspectionsTable.OK)
                .and(col("region").isNull())
                .and(col("embedding").isNull());
    }

    /** The captioners of the rows to be made: one, or where captions are kept those that there are. */
    Set<String> captioners() {
        return sources.stream().map(Source::captionerId).collect(Collectors.toSet());
    }

    Claim.Key key(String captionerId) {
        return new Claim.Key(encoder.id(), captionerId, base.id());
    }

    Column condition(String kbId) {
        return col("encoder_id").equalTo(encoder.id()).and(col("kb_id").equalTo(kbId));
    }

    /** What the knowledge base has seen, by one of the captioners. */
    Dataset<Row> atHand() {
        return rowsAtHand(col("captioner_id").isInCollection(captioners()), RowsAtHand.Request.RELABEL)
                .rows();
    }

    private RowsAtHand rowsAtHand(Column which, RowsAtHand.Request request) {
        return new RowsAtHand(warehouse, condition(base.id()).and(which), request);
    }

    void requireSameLabels() {
        Column mine = col("captioner_id").isInCollection(captioners());
        rowsAtHand(mine.and(not(relabelled())), RowsAtHand.Request.RELABEL_INSPECTED)
                .requireSameLabels(base, options.inspection().label(base));
        if (!options.redoes()) {
            rowsAtHand(mine.and(relabelled()), RowsAtHand.Request.RELABEL)
                    .requireSameLabels(base, options.inspection().label(base));
        }
    }

    /** An image that an earlier source has, or that was relabelled before, is not taken again. */
    List<Left> left(Dataset<Row> atHand) {
        List<Left> left = new ArrayList<>();
        Dataset<Row> taken = atHand.select("image_id");
        boolean none = taken.isEmpty();
        for (Source source : sources) {
            // The names are given anew below: what is done is joined with the images once more, and must not be taken
            // for them.
            Dataset<Row> images = source.rows().select("image_id", "part");
            Dataset<Row> done = none
                    ? images.limit(0)
                    : images.join(taken, images.col("image_id").equalTo(taken.col("image_id")), "left_semi")
                            .select(col("image_id").as("image_id"), col("part").as("part"));
            left.add(new Left(source, Chunks.left(images, done, options.chunkImages())));
            taken = taken.union(images.select("image_id"));
            none = false;
        }
        return left;
    }

    /** The knowledge base that is compared with. */
    Optional<String> against() {
        if (options.against().isEmpty()) {
            return stored.newestOther(base.id());
        }
        String text = options.against().get();
        Map<String, String> names = names();
        List<String> meant = stored.knowledgeBases().stream()
                .filter(id -> id.startsWith(text) || text.equals(names.get(id)))
                .toList();
        if (meant.size() != 1) {
            throw UserException.cannot(
                    "compare with the knowledge base " + text,
                    (meant.isEmpty() ? "none is meant" : "several are meant") + " of those used with this encoder: "
                            + stored.knowledgeBases().stream()
                                    .map(id -> id + " (" + names.get(id) + ")")
                                    .collect(Collectors.joining(", ")),
                    "Name one with --against");
        }
        return Optional.of(meant.get(0));
    }

    Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (Row row : warehouse
                .read(KnowledgeBasesTable.DEFINITION)
                .select("kb_id", "name")
                .collectAsList()) {
            names.put(row.getString(0), row.getString(1));
        }
        return names;
    }
}
