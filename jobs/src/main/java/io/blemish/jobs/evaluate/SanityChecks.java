package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import io.blemish.broadcast.ModelBroadcast;
import io.blemish.broadcast.ModelWriter;
import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.knowledge.Description;
import io.blemish.metrics.Correlation;
import io.blemish.metrics.Estimate;
import io.blemish.udfs.Explainer;
import io.blemish.udfs.FloatColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import scala.collection.Seq;

/**
 * Whether heat maps depend on what they should depend on (Adebayo et al. 2018): they must change when the weights
 * of the blocks that they are made from are shuffled and when another description is asked for, and must not change with the precision of the
 * arithmetic. Measured by the correlation of the two maps; pairs of which one is flat are left out.
 */
final class SanityChecks {
    /** Shuffles the blocks in the same way in every run. */
    private static final long SEED = 1810_03292;

    private final SparkSession spark;
    private final Clip clip;
    private final Subject subject;
    private final ModelBroadcast vision;
    private final Explainer.Means means;

    SanityChecks(SparkSession spark, Clip clip, Subject subject, ModelBroadcast vision, Explainer.Means means) {
        this.spark = spark;
        this.clip = clip;
        this.subject = subject;
        this.vision = vision;
        this.means = means;
    }

    /** How many models explain each photograph: as it is, shuffled, in double precision, and, if it is another, in fp32. */
    static int models(Subject subject) {
        return subject.card().precision() == Precision.FP32 ? 3 : 4;
    }

    /**
     * Checks the pairs.
     *
     * @param pairs {@code image_id, defect}
     * @param images the rows of {@code images}
     */
    void add(Dataset<Row> pairs, Dataset<Row> images, Findings findings) {
        Dataset<Row> asked = asked(pairs).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> photographs = photographs(asked, images);
        Dataset<Row> maps = grids(vision, photographs);
        try {
            Dataset<Row> own = named(maps, asked, "defect");
            compare("sanity_shuffled_prompt", own, named(maps, asked, "other"), findings);
            with(
                    "randomised",
                    target -> clip.writeShuffled(target, subject.card().precision(), SEED),
                    photographs,
                    shuffled -> compare("sanity_randomised_block", own, named(shuffled, asked, "defect"), findings));
            addPrecision(own, asked, photographs, findings);
        } finally {
            maps.unpersist();
            asked.unpersist();
        }
    }

    private void addPrecision(Dataset<Row> own, Dataset<Row> asked, Dataset<Row> photographs, Findings findings) {
        with("float64", clip::writeDouble, photographs, exact -> {
            Dataset<Row> reference = named(exact, asked, "defect");
            if (subject.card().precision() == Precision.FP32) {
                compare("sanity_float64", own, reference, findings);
            } else {
                with(
                        "float32",
                        target -> clip.writeVision(target, Precision.FP32),
                        photographs,
                        single -> compare("sanity_float64", named(single, asked, "defect"), reference, findings));
            }
        });
    }

    /** The pairs with {@code other}: a defect that the image does not have, the next in the knowledge base. */
    private Dataset<Row> asked(Dataset<Row> pairs) {
        List<String> defects = subject.base().descriptions().stream()
                .filter(Description::isDefect)
                .map(Description::name)
                .toList();
        Dataset<Row> own = pairs.groupBy(col("image_id").as("own_id"))
                .agg(collect_set("defect").as("own"));
        return pairs.join(own, col("image_id").equalTo(col("own_id")))
                .withColumn(
                        "other",
                        udf(new NextDefect(defects), DataTypes.StringType).apply(col("defect"), col("own")))
                .select("image_id", "defect", "other");
    }

    /** Chooses another defect. */
    private record NextDefect(ArrayList<String> defects) implements UDF2<String, Seq<String>, String> {
        NextDefect(List<String> defects) {
            this(new ArrayList<>(defects));
        }

        @Override
        public String call(String defect, Seq<String> own) {
            int at = defects.indexOf(defect);
            for (int i = 1; i < defects.size(); i++) {
                String other = defects.get((at + i) % defects.size());
                if (!own.contains(other)) {
                    return other;
                }
            }
            return null;
        }
    }

    private static Dataset<Row> photographs(Dataset<Row> asked, Dataset<Row> images) {
        Dataset<Row> wanted = asked.select(
                        col("image_id"),
                        explode(array(col("defect"), col("other"))).as("name"))
                .where(col("name").isNotNull())
                .groupBy("image_id")
                .agg(collect_set("name").as(Explainer.WANTED));
        return images.join(broadcast(wanted), "image_id");
    }

    private Dataset<Row> grids(ModelBroadcast model, Dataset<Row> photographs) {
        return Explainer.grids(model, means)
                .rows(photographs)
                .where(col("description").isNotNull())
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** Uses the maps of another model. */
    @FunctionalInterface
    private interface Use {
        void maps(Dataset<Row> maps);
    }

    private void with(String kind, ModelWriter writer, Dataset<Row> photographs, Use use) {
        try (ModelBroadcast model = ModelBroadcast.publish(spark, subject.encoderId() + "-" + kind, writer)) {
            Dataset<Row> maps = grids(model, photographs);
            try {
                use.maps(maps);
            } finally {
                maps.unpersist();
            }
        }
    }

    /** The maps of the descriptions that a column of the pairs names. */
    private static Dataset<Row> named(Dataset<Row> maps, Dataset<Row> asked, String column) {
        Dataset<Row> names = asked.select(
                col("image_id").as("asked_id"), col("defect"), col(column).as("name"));
        return maps.join(
                        names,
                        col("image_id")
                                .equalTo(col("asked_id"))
                                .and(col("description").equalTo(col("name"))))
                .select("image_id", "defect", "method", "grid");
    }

    private static void compare(String metric, Dataset<Row> own, Dataset<Row> other, Findings findings) {
        Dataset<Row> others = other.select(
                struct(col("image_id"), col("defect"), col("method")).as("key"),
                col("grid").as("other_grid"));
        Dataset<Row> correlations = own.withColumn("key", struct(col("image_id"), col("defect"), col("method")))
                .join(others, "key")
                .select(
                        col("method"),
                        udf(new Correlate(), DataTypes.DoubleType)
                                .apply(col("grid"), col("other_grid"))
                                .as("correlation"))
                .where(col("correlation").isNotNull());
        for (Row row : correlations
                .groupBy("method")
                .agg(count(lit(1)), sum("correlation"), sum(col("correlation").multiply(col("correlation"))))
                .orderBy("method")
                .collectAsList()) {
            Estimate mean = Estimate.mean(row.getDouble(2), row.getDouble(3), row.getLong(1));
            findings.add(metric, Findings.ALL, null, row.getString(0), mean);
        }
    }

    /** The correlation of two maps; null when one of them is flat. */
    private static final class Correlate implements UDF2<Seq<Float>, Seq<Float>, Double> {
        private static final long serialVersionUID = 1L;

        @Override
        public Double call(Seq<Float> a, Seq<Float> b) {
            double correlation = Correlation.of(FloatColumn.of(a), FloatColumn.of(b));
            return Double.isNaN(correlation) ? null : correlation;
        }
    }
}
