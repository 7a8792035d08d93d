package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.blemish.error.UserException;
import io.blemish.jobs.inspect.EncoderCard;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Warehouse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** The pairs of encoder and knowledge base that a warehouse holds inspections of, and the choice of one. */
public final class Subjects {
    private static final int SHORT_ID = 12;

    private final Warehouse warehouse;
    private final List<Pair> pairs;

    private Subjects(Warehouse warehouse, List<Pair> pairs) {
        this.warehouse = warehouse;
        this.pairs = pairs;
    }

    /** An encoder and a knowledge base, with the captioner that last followed them. */
    private record Pair(String encoderId, String encoderName, String captionerId, String kbId, String kbName) {
        boolean isOf(Optional<String> encoder, Optional<String> knowledge) {
            return encoder.map(text -> names(text, encoderId, encoderName)).orElse(true)
                    && knowledge.map(text -> names(text, kbId, kbName)).orElse(true);
        }

        /** A name, or the beginning of an identity. */
        private static boolean names(String text, String id, String name) {
            return !text.isEmpty() && (text.equals(name) || id.startsWith(text));
        }

        @Override
        public String toString() {
            return "--encoder " + encoderId.substring(0, Math.min(SHORT_ID, encoderId.length())) + " (" + encoderName
                    + ") --knowledge " + kbName;
        }
    }

    /**
     * What the warehouse holds.
     *
     * @throws UserException when nothing is inspected yet
     */
    public static Subjects of(Warehouse warehouse) {
        warehouse.require(
                "Run blemish inspect first",
                InspectionsTable.DEFINITION,
                BundlesTable.DEFINITION,
                KnowledgeBasesTable.DEFINITION);
        Map<String, String> encoders = names(warehouse, BundlesTable.DEFINITION, "bundle_id");
        Map<String, String> bases = names(warehouse, KnowledgeBasesTable.DEFINITION, "kb_id");
        Map<String, Pair> pairs = new HashMap<>();
        for (Row row : warehouse
                .read(InspectionsTable.DEFINITION)
                .groupBy("encoder_id", "captioner_id", "kb_id")
                .agg(max("inspected_at").as("newest"))
                .orderBy(col("newest").desc(), col("captioner_id"))
                .collectAsList()) {
            String encoderId = row.getString(0);
            String kbId = row.getString(2);
            pairs.putIfAbsent(
                    encoderId + kbId,
                    new Pair(encoderId, encoders.get(encoderId), row.getString(1), kbId, bases.get(kbId)));
        }
        if (pairs.isEmpty()) {
            throw UserException.cannot(
                    "report on " + warehouse, "nothing in it is inspected yet", "Run blemish inspect first");
        }
        return new Subjects(warehouse, new ArrayList<>(pairs.values()));
    }

    private static Map<String, String> names(Warehouse warehouse, TableDefinition table, String id) {
        Map<String, String> names = new HashMap<>();
        for (Row row : warehouse.read(table).select(id, "name").collectAsList()) {
            names.put(row.getString(0), row.getString(1));
        }
        return names;
    }

    /**
     * The one pair that is meant.
     *
     * @param encoder name of the checkpoint's folder, or the beginning of an encoder_id; empty where there is only one
     * @param knowledge name of the knowledge base, or the beginning of a kb_id; empty where there is only one
     * @throws UserException when none or several are meant, with a list of those that there are
     */
    public Subject choose(Optional<String> encoder, Optional<String> knowledge) {
        List<Pair> meant =
                pairs.stream().filter(pair -> pair.isOf(encoder, knowledge)).toList();
        if (meant.size() != 1) {
            String listed = (meant.isEmpty() ? pairs : meant)
                    .stream().map(Pair::toString).sorted().collect(Collectors.joining("; "));
            throw UserException.cannot(
                    "report on " + warehouse,
                    (meant.isEmpty() ? "it has no inspections of these, but of " : "it has inspections of several: ")
                            + listed,
                    "Name one with --encoder and --knowledge");
        }
        Pair pair = meant.get(0);
        String card = warehouse.only(BundlesTable.DEFINITION, "bundle_id", pair.encoderId(), "card");
        String content = warehouse.only(KnowledgeBasesTable.DEFINITION, "kb_id", pair.kbId(), "content");
        return new Subject(
                pair.encoderId(),
                pair.encoderName(),
                EncoderCard.parse(card),
                pair.captionerId(),
                KnowledgeBase.parse(content));
    }
}
