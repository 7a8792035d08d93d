package io.blemish.jobs.release;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.blemish.error.UserException;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.ReleasesTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Warehouse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** The releases of a warehouse: those that were promoted, and those that its inspections allow for. */
public final class Releases {
    private final Warehouse warehouse;
    private final String act;

    /**
     * The releases of the warehouse.
     *
     * @param act what they are asked for, for messages: {@code report on}
     */
    public Releases(Warehouse warehouse, String act) {
        this.warehouse = warehouse;
        this.act = act;
    }

    /** Every promotion, the newest first. */
    public List<Promotion> promotions() {
        if (!warehouse.exists(ReleasesTable.DEFINITION)) {
            return List.of();
        }
        List<Promotion> promotions = new ArrayList<>();
        for (Row row : warehouse
                .read(ReleasesTable.DEFINITION)
                .orderBy(col("promoted_at").desc(), col("run_id").desc())
                .select("promoted_at", "encoder_id", "captioner_id", "kb_id")
                .collectAsList()) {
            promotions.add(new Promotion(
                    row.getInstant(0), new Release(row.getString(1), row.getString(2), row.getString(3))));
        }
        return promotions;
    }

    /**
     * The release that counts: the newest promotion; before any, the only pair of encoder and knowledge base.
     *
     * @throws UserException when nothing is inspected, or there are several pairs and none was promoted
     */
    public Release current() {
        return current("Run blemish promote with one of them");
    }

    /**
     * Requires that it is clear which release counts, as far as there are any inspections.
     *
     * @throws UserException when there are several pairs of encoder and knowledge base, and none was promoted
     */
    public void requireOne() {
        if (mayBeSeveral() && promotions().isEmpty() && hasInspections()) {
            current();
        }
    }

    /** Told by the small tables: where they allow for one pair, nobody has to look through the inspections. */
    private boolean mayBeSeveral() {
        return hasSeveral(KnowledgeBasesTable.DEFINITION, lit(true))
                || hasSeveral(BundlesTable.DEFINITION, col("kind").equalTo(BundlesTable.ENCODER));
    }

    private boolean hasSeveral(TableDefinition table, Column which) {
        return warehouse.exists(table)
                && warehouse.read(table).where(which).limit(2).count() > 1;
    }

    private boolean hasInspections() {
        return warehouse.exists(InspectionsTable.DEFINITION)
                && !warehouse.read(InspectionsTable.DEFINITION).isEmpty();
    }

    /**
     * The release that is meant; where nothing is said, the one that counts.
     *
     * @throws UserException when none or several pairs of encoder and knowledge base are meant, with a list of those that
     *     there are
     */
    public Release choose(Wanted wanted) {
        String cure = "Name one with --encoder and --knowledge";
        return wanted.isAnything() ? current(cure) : only(wanted, cure);
    }

    /**
     * The release that is meant, whatever counts now.
     *
     * @throws UserException as {@link #choose}
     */
    public Release find(Wanted wanted) {
        return only(wanted, "Name one with --encoder and --knowledge");
    }

    private Release current(String cure) {
        List<Promotion> promotions = promotions();
        return promotions.isEmpty()
                ? only(Wanted.anything(), cure)
                : promotions.get(0).release();
    }

    private Release only(Wanted wanted, String cure) {
        List<Candidate> candidates = candidates();
        List<Candidate> meant =
                candidates.stream().filter(candidate -> candidate.isOf(wanted)).toList();
        long pairs = meant.stream().map(Candidate::pair).distinct().count();
        if (pairs != 1) {
            String listed = (meant.isEmpty() ? candidates : meant)
                    .stream().map(Candidate::pair).distinct().sorted().collect(Collectors.joining("; "));
            throw UserException.cannot(
                    act + " " + warehouse,
                    (meant.isEmpty() ? "it has no inspections of these, but of " : "it has inspections of several: ")
                            + listed,
                    cure);
        }
        return meant.get(0).release();
    }

    /** What inspections were made with, what inspected last first. */
    private List<Candidate> candidates() {
        warehouse.require(
                "Run blemish inspect first",
                InspectionsTable.DEFINITION,
                BundlesTable.DEFINITION,
                KnowledgeBasesTable.DEFINITION);
        Map<String, String> bundles = names(BundlesTable.DEFINITION, "bundle_id");
        Map<String, String> bases = names(KnowledgeBasesTable.DEFINITION, "kb_id");
        List<Candidate> candidates = new ArrayList<>();
        for (Row row : warehouse
                .read(InspectionsTable.DEFINITION)
                .groupBy("encoder_id", "captioner_id", "kb_id")
                .agg(max("inspected_at").as("newest"))
                .orderBy(col("newest").desc(), col("encoder_id"), col("captioner_id"), col("kb_id"))
                .collectAsList()) {
            Release release = new Release(row.getString(0), row.getString(1), row.getString(2));
            candidates.add(new Candidate(
                    release,
                    bundles.get(release.encoderId()),
                    bundles.get(release.captionerId()),
                    bases.get(release.kbId())));
        }
        if (candidates.isEmpty()) {
            throw UserException.cannot(
                    act + " " + warehouse, "nothing in it is inspected yet", "Run blemish inspect first");
        }
        return candidates;
    }

    private Map<String, String> names(TableDefinition table, String id) {
        Map<String, String> names = new HashMap<>();
        for (Row row : warehouse.read(table).select(id, "name").collectAsList()) {
            names.put(row.getString(0), row.getString(1));
        }
        return names;
    }
}
