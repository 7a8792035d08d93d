package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;

import io.blemish.clip.Clip;
import io.blemish.metrics.DistinctCaptions;
import io.blemish.metrics.NGrams;
import io.blemish.tables.Warehouse;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Everything that is measured of captions, for each captioner of a subject: how they agree with what people say of the
 * images, whether they name the right defect, whether CLIP finds that they fit, and how many are different. What a
 * captioner must beat is measured beside it, as {@code method}, on the same images.
 */
public final class CaptionEvaluation {
    private final Warehouse warehouse;
    private final Settings settings;
    private final Findings findings;

    /**
     * How captions are measured.
     *
     * @param source whose references count; empty for everybody's
     * @param frequencies file with fixed document frequencies for CIDEr-D; empty for those of the references
     * @param clipScores how many images CLIPScore is measured on, at most
     */
    public record Settings(Optional<String> source, Optional<Path> frequencies, int clipScores) {}

    /** Measures go to the findings. */
    public CaptionEvaluation(Warehouse warehouse, Settings settings, Findings findings) {
        this.warehouse = warehouse;
        this.settings = settings;
        this.findings = findings;
    }

    /**
     * Measures; finds nothing when nobody has captioned.
     *
     * @param inspections all rows of the subject that succeeded, of every captioner
     * @param labels of {@link Truths#labels}, without contradictory ones
     * @param words the captions' words for defects
     * @param clip the encoder, if it is at hand
     * @return how many captioned images have references
     */
    public long measure(Dataset<Row> inspections, Dataset<Row> labels, CaptionVocabulary words, Optional<Clip> clip) {
        if (!distinct(inspections.where(Captions.captioned()))) {
            return 0;
        }
        Dataset<Row> found = Captions.of(inspections, Captions.references(warehouse, settings.source()))
                .persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> images = Captions.withCandidates(found).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            new CaptionNaming(words, findings).add(images, labels);
            Dataset<Row> referenced = images.where(col("references").isNotNull());
            long number = referenced.count();
            if (number > 0) {
                agreement(referenced);
            }
            if (clip.isPresent() && settings.clipScores() > 0) {
                new CaptionClipScores(clip.get(), findings).add(images, settings.clipScores());
            }
            return number;
        } finally {
            images.unpersist();
            found.unpersist();
        }
    }

    /** Adds how many captions are different; whether there is any. */
    private boolean distinct(Dataset<Row> captioned) {
        var captioners = captioned
                .groupBy("captioner_id")
                .agg(count_distinct(col("caption")), count(lit(1)))
                .orderBy("captioner_id")
                .collectAsList();
        captioners.forEach(row -> findings.add(
                "distinct_captions",
                Findings.captioner(row.getString(0)),
                DistinctCaptions.ratio(row.getLong(1), row.getLong(2))));
        return !captioners.isEmpty();
    }

    private void agreement(Dataset<Row> referenced) {
        Optional<FrequencyFile> fixed = settings.frequencies().map(file -> FrequencyFile.read(warehouse.spark(), file));
        CaptionCorpus.tally(referenced, fixed).forEach((speaker, tally) -> {
            String slice = Findings.captioner(speaker.captioner());
            for (int k = 1; k <= NGrams.LONGEST; k++) {
                findings.add("bleu_" + k, slice, null, speaker.method(), tally.bleu(k));
            }
            findings.add("rouge_l", slice, null, speaker.method(), tally.rougeL());
            findings.add("cider_d", slice, null, speaker.method(), tally.ciderD());
        });
    }
}
