package io.blemish.jobs.evaluate;

import static io.blemish.jobs.evaluate.LabelFacts.defective;
import static io.blemish.jobs.evaluate.LabelFacts.isTrueDefect;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.blemish.metrics.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How often labels are right: shares with Wilson's interval, counted by Spark.
 *
 * <p>An inspection calls one defect, an image may have several: a call is right when it names one of them, and recall
 * of a defect asks how often an image that has it is called by it.
 */
final class LabelMetrics {
    private final Dataset<Row> facts;
    private final Findings findings;

    /**
     * Metrics of the facts.
     *
     * @param facts of {@link LabelFacts}, persisted
     */
    LabelMetrics(Dataset<Row> facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    /** Adds everything; how many images there are. */
    long add() {
        long images = addShares();
        addDefects();
        addConfusion();
        return images;
    }

    private long addShares() {
        Column named = size(col("defects")).gt(0);
        Column labelRight = when(col("sound"), not(col("called_defective"))).otherwise(isTrueDefect("called"));
        Row counts = facts.agg(
                        count(lit(1)),
                        count_if(col("sound")),
                        count_if(named),
                        count_if(named.and(isTrueDefect("first_defect"))),
                        count_if(named.and(isTrueDefect("called"))),
                        count_if(col("known")),
                        count_if(col("known").and(labelRight)),
                        count_if(col("called_defective").equalTo(defective())))
                .first();
        long images = counts.getLong(0);
        addCount(Findings.ALL, images);
        addCount(Findings.label("sound"), counts.getLong(1));
        addCount(Findings.label("defective"), images - counts.getLong(1));
        findings.add("top_defect_accuracy", Findings.ALL, Estimate.share(counts.getLong(3), counts.getLong(2)));
        findings.add("defect_accuracy", Findings.ALL, Estimate.share(counts.getLong(4), counts.getLong(2)));
        findings.add("label_accuracy", Findings.ALL, Estimate.share(counts.getLong(6), counts.getLong(5)));
        findings.add("defective_accuracy", Findings.ALL, Estimate.share(counts.getLong(7), images));
        return images;
    }

    private void addCount(String slice, long images) {
        findings.add("images", slice, Estimate.bare(images, images));
    }

    /** How often a defect is there, is called, and both. */
    private static final class Tally {
        private long there;
        private long called;
        private long both;

        Estimate precision() {
            return Estimate.share(both, called);
        }

        Estimate recall() {
            return Estimate.share(both, there);
        }

        Estimate f1() {
            return there + called == 0 ? Estimate.nothing() : Estimate.bare(2.0 * both / (there + called), there);
        }
    }

    private void addDefects() {
        Map<String, Tally> tallies = new TreeMap<>();
        Dataset<Row> known = facts.where(col("known"));
        known.select(explode(col("defects")).as("defect"), col("called"))
                .groupBy("defect")
                .agg(count(lit(1)), count_if(col("called").equalTo(col("defect"))))
                .collectAsList()
                .forEach(row -> {
                    Tally tally = tallies.computeIfAbsent(row.getString(0), none -> new Tally());
                    tally.there = row.getLong(1);
                    tally.both = row.getLong(2);
                });
        known.where(col("called").isNotNull())
                .groupBy("called")
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> tallies.computeIfAbsent(row.getString(0), none -> new Tally()).called = row.getLong(1));
        List<Tally> there =
                tallies.values().stream().filter(tally -> tally.there > 0).toList();
        if (!there.isEmpty()) {
            findings.add(
                    "defect_precision",
                    Findings.MEAN,
                    mean(there.stream().map(Tally::precision).toList()));
            findings.add(
                    "defect_recall",
                    Findings.MEAN,
                    mean(there.stream().map(Tally::recall).toList()));
            findings.add(
                    "defect_f1",
                    Findings.MEAN,
                    mean(there.stream().map(Tally::f1).toList()));
        }
        tallies.forEach((defect, tally) -> {
            findings.add("defect_precision", Findings.defect(defect), tally.precision());
            findings.add("defect_recall", Findings.defect(defect), tally.recall());
            findings.add("defect_f1", Findings.defect(defect), tally.f1());
        });
    }

    private static Estimate mean(List<Estimate> estimates) {
        return Estimate.macro(new ArrayList<>(estimates)).withoutInterval();
    }

    /** Of images that are sound, or have exactly one defect: what they are, and what they were called. */
    private void addConfusion() {
        Column truth = when(col("sound"), lit(Vocabulary.SOUND)).otherwise(get(col("defects"), lit(0)));
        facts.where(col("sound").or(size(col("defects")).equalTo(1)))
                .groupBy(
                        truth.as("truth"),
                        coalesce(col("called"), lit(Vocabulary.SOUND)).as("called"))
                .agg(count(lit(1)).as("images"))
                .orderBy("truth", "called")
                .collectAsList()
                .forEach(row -> findings.add(
                        "confusion",
                        Findings.label(row.getString(0)),
                        row.getString(1),
                        null,
                        Estimate.bare(row.getLong(2), row.getLong(2))));
    }
}
