package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.any_value;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;

import io.blemish.clip.Clip;
import io.blemish.error.UserException;
import io.blemish.jobs.inspect.EncoderCard;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is evaluated: the inspections of one encoder by one knowledge base.
 *
 * @param encoderId the encoder
 * @param encoder its name
 * @param card how it looks at photographs
 * @param base the knowledge base
 */
public record Subject(String encoderId, String encoder, EncoderCard card, KnowledgeBase base) {
    private static final String EMBEDDING = "embedding";
    private static final int SHORT_ID = 12;

    /**
     * The subject that is meant.
     *
     * @param encoder an encoder_id, the beginning of one, or the name of its checkpoint
     * @param knowledge a kb_id, the beginning of one, or the name of a knowledge base
     * @param clip the checkpoint of the encoder
     * @throws UserException when there is none, or several; then they are listed
     */
    public static Subject choose(
            Warehouse warehouse, Optional<String> encoder, Optional<String> knowledge, Optional<Clip> clip) {
        List<Subject> all = all(warehouse);
        List<Subject> meant = all.stream()
                .filter(subject -> encoder.isEmpty()
                        || subject.encoderId.startsWith(encoder.get())
                        || subject.encoder.equals(encoder.get()))
                .filter(subject -> knowledge.isEmpty()
                        || subject.base.id().startsWith(knowledge.get())
                        || subject.base.name().equals(knowledge.get()))
                .filter(clip.<Predicate<Subject>>map(open -> subject -> subject.isOf(open))
                        .orElse(subject -> true))
                .toList();
        if (meant.size() != 1) {
            throw UserException.cannot(
                    "choose what to evaluate in " + warehouse,
                    all.isEmpty()
                            ? "it has no inspection"
                            : meant.isEmpty() ? "no inspection is meant; there are " + listed(all) : listed(meant),
                    all.isEmpty() ? "Run blemish inspect first" : "Name one with --encoder ID and --knowledge ID");
        }
        return meant.get(0);
    }

    private static List<Subject> all(Warehouse warehouse) {
        List<Subject> subjects = new ArrayList<>();
        for (Row pair : warehouse
                .read(InspectionsTable.DEFINITION)
                .select("encoder_id", "kb_id")
                .distinct()
                .orderBy("encoder_id", "kb_id")
                .collectAsList()) {
            Row bundle = warehouse
                    .read(BundlesTable.DEFINITION)
                    .where(col("bundle_id").equalTo(pair.getString(0)))
                    .select("name", "card")
                    .first();
            String base = warehouse
                    .read(KnowledgeBasesTable.DEFINITION)
                    .where(col("kb_id").equalTo(pair.getString(1)))
                    .select("content")
                    .first()
                    .getString(0);
            subjects.add(new Subject(
                    pair.getString(0),
                    bundle.getString(0),
                    EncoderCard.parse(bundle.getString(1)),
                    KnowledgeBase.parse(base)));
        }
        return subjects;
    }

    private boolean isOf(Clip clip) {
        return clip.fingerprint(card.precision(), card.orientation(), card.decode())
                .equals(encoderId);
    }

    private static String listed(List<Subject> subjects) {
        return subjects.stream()
                .map(subject -> "encoder " + subject.encoderId.substring(0, SHORT_ID) + " (" + subject.encoder
                        + ") with knowledge " + subject.base.id().substring(0, SHORT_ID) + " (" + subject.base.name()
                        + ")")
                .collect(Collectors.joining(", "));
    }

    /** Of inspections of every captioner one for each image: they hold the same label. */
    public static Dataset<Row> oneForEachImage(Dataset<Row> ofEveryCaptioner) {
        long captioners = ofEveryCaptioner
                .agg(count_distinct(col("captioner_id")))
                .first()
                .getLong(0);
        return captioners > 1 ? ofEveryCaptioner.dropDuplicates("image_id") : ofEveryCaptioner;
    }

    /**
     * The inspections that succeeded, of every captioner: an image may have several. Rows that {@code relabel} made have
     * the embedding of the inspection that they were made from.
     */
    public Dataset<Row> ofEveryCaptioner(Dataset<Row> inspections) {
        Dataset<Row> mine = inspections.where(col("encoder_id")
                .equalTo(encoderId)
                .and(col("kb_id").equalTo(base.id()))
                .and(col("status").equalTo(InspectionsTable.OK)));
        // What the model saw is in each row but those of relabel, and takes far less to read than embeddings do.
        return mine.where(col("region").isNull()).isEmpty() ? mine : embedded(mine, inspections);
    }

    private Dataset<Row> embedded(Dataset<Row> mine, Dataset<Row> inspections) {
        Dataset<Row> stored = inspections
                .where(col("encoder_id").equalTo(encoderId).and(col(EMBEDDING).isNotNull()))
                .groupBy("image_id")
                .agg(any_value(col(EMBEDDING)).as("stored"));
        return mine.join(stored, new String[] {"image_id"}, "left")
                .withColumn(EMBEDDING, coalesce(col(EMBEDDING), col("stored")))
                .drop("stored");
    }

    /** The subject in one phrase. */
    @Override
    public String toString() {
        return encoder + " with " + base.name();
    }
}
