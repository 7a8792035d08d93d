package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.arrays_overlap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.blemish.metrics.Estimate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Whether captions name what is wrong. A caption of an image with defects is right when it names at least one of them,
 * and none that is not there; one of a sound image when it names none.
 */
final class CaptionNaming {
    private final CaptionVocabulary words;
    private final Findings findings;

    CaptionNaming(CaptionVocabulary words, Findings findings) {
        this.words = words;
        this.findings = findings;
    }

    /**
     * Adds the shares of right captions.
     *
     * @param images of {@link Captions#withCandidates}
     * @param labels of {@link Truths#labels}, without contradictory ones
     */
    void add(Dataset<Row> images, Dataset<Row> labels) {
        Column defective = size(col("defects")).gt(0);
        Column truth = transform(col("defects"), defect -> concat(lit(Vocabulary.DEFECT), defect));
        Column named = col("named");
        // That something is wrong is true of every image with a defect.
        Column right = when(
                        defective,
                        arrays_overlap(named, truth)
                                .and(forall(
                                        named,
                                        meaning -> array_contains(truth, meaning)
                                                .or(meaning.equalTo(Vocabulary.DEFECTIVE)))))
                .otherwise(size(named).equalTo(0));
        images.join(labels, "image_id")
                .where(defective.or(col("sound")))
                .select(col("defects"), explode(col("candidates")).as("candidate"))
                .select(
                        col("defects"),
                        col("candidate.captioner").as("captioner"),
                        col("candidate.method").as("method"),
                        udf(words, DataTypes.createArrayType(DataTypes.StringType))
                                .apply(col("candidate.text"))
                                .as("named"))
                .groupBy("captioner", "method")
                .agg(count_if(defective), count_if(defective.and(right)), count_if(lit(true)), count_if(right))
                .orderBy("captioner", "method")
                .collectAsList()
                .forEach(row -> {
                    String slice = Findings.captioner(row.getString(0));
                    Estimate defects = Estimate.share(row.getLong(3), row.getLong(2));
                    findings.add("caption_defect_accuracy", slice, null, row.getString(1), defects);
                    Estimate all = Estimate.share(row.getLong(5), row.getLong(4));
                    findings.add("caption_label_accuracy", slice, null, row.getString(1), all);
                });
    }
}
