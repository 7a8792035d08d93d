package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Says of an image what people say of the other image whose embedding is closest: as good as a captioner can be that has
 * learned its examples by heart. Looks among at most {@link #POOL} images: those with the smallest image_ids, which are
 * as good as drawn by lot. Null for an image without an embedding, or without another beside it.
 */
final class NearestCaption implements UDF2<String, Seq<Float>, String> {
    /** Images to look among. */
    static final int POOL = 2_000;

    private static final long serialVersionUID = 1L;

    private final Broadcast<Known[]> pool;

    private NearestCaption(Broadcast<Known[]> pool) {
        this.pool = pool;
    }

    /** An image, its embedding of length 1, and the first of its references. */
    private record Known(String imageId, float[] embedding, String caption) implements Serializable {}

    /** Looks among these images, which have references; empty when none has an embedding. */
    static Optional<NearestCaption> of(Dataset<Row> images) {
        Known[] known = images
                .where(col("embedding").isNotNull())
                .select(
                        col("image_id"),
                        col("embedding"),
                        get(col("references"), lit(0)).as("caption"))
                .orderBy("image_id")
                .limit(POOL)
                .collectAsList()
                .stream()
                .map(row -> new Known(row.getString(0), unit(row.getList(1)), row.getString(2)))
                .toArray(Known[]::new);
        return known.length == 0
                ? Optional.empty()
                : Optional.of(new NearestCaption(
                        JavaSparkContext.fromSparkContext(images.sparkSession().sparkContext())
                                .broadcast(known)));
    }

    @Override
    public String call(String imageId, Seq<Float> embedding) {
        if (embedding == null) {
            return null;
        }
        float[] image = unit(CollectionConverters.asJava(embedding));
        double best = Double.NEGATIVE_INFINITY;
        String caption = null;
        for (Known known : pool.value()) {
            double cosine = dot(known.embedding, image);
            if (cosine > best && !known.imageId.equals(imageId)) {
                best = cosine;
                caption = known.caption;
            }
        }
        return caption;
    }

    private static double dot(float[] one, float[] other) {
        float product = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
        }
        return product;
    }

    private static float[] unit(List<Float> values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        float[] unit = new float[values.size()];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (values.get(i) / Math.sqrt(squares));
        }
        return unit;
    }
}
