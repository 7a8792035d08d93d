package io.blemish.jobs.truth;

import static org.apache.spark.sql.functions.col;

import io.blemish.image.ImageDecoder;
import io.blemish.image.ImageHeader;
import io.blemish.image.ImageRejectedException;
import io.blemish.image.Orientation;
import io.blemish.jobs.ingest.ReadLimits;
import io.blemish.tables.TruthsTable;
import io.blemish.udfs.PhotographReader;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Looks at the header of every mask: it must be there, be a picture, and have the size of its photograph.
 *
 * @param limits what a mask may cost
 * @param orientation whether photographs are turned upright, and masks show them so
 */
public record MaskCheck(ReadLimits limits, Orientation orientation, Broadcast<SerializableConfiguration> hadoop)
        implements MapFunction<Row, Row> {
    private static final StructType SCHEMA =
            new StructType().add("row", DataTypes.LongType, false).add("problem", DataTypes.StringType);

    /** From this EXIF orientation on, width and height change places. */
    private static final int FIRST_ON_ITS_SIDE = 5;

    /** A check by these limits. */
    public static MaskCheck of(SparkSession spark, ReadLimits limits, Orientation orientation) {
        return new MaskCheck(
                limits,
                orientation,
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .broadcast(new SerializableConfiguration(
                                spark.sessionState().newHadoopConf())));
    }

    /**
     * For each mask of a known image its {@code row} and {@code problem}, null where there is none.
     *
     * @param truths as {@link ImageLookup} gives them
     */
    public Dataset<Row> check(Dataset<Row> truths) {
        Dataset<Row> masks = truths.where(col("kind")
                        .equalTo(TruthsTable.MASK)
                        .and(col("image_id").isNotNull()))
                .select("row", "mask_uri", "width", "height", "orientation");
        return masks.repartition(masks.sparkSession().sparkContext().defaultParallelism())
                .map(this, Encoders.row(SCHEMA));
    }

    @Override
    public Row call(Row mask) {
        String uri = mask.getString(1);
        try {
            byte[] content = new PhotographReader(hadoop.value().value(), limits.maxBytes()).read(uri);
            ImageHeader header = new ImageDecoder(limits.decodeOptions()).probe(content);
            boolean onItsSide = orientation == Orientation.APPLY && mask.getInt(4) >= FIRST_ON_ITS_SIDE;
            int width = mask.getInt(onItsSide ? 3 : 2);
            int height = mask.getInt(onItsSide ? 2 : 3);
            boolean fits = header.width() == width && header.height() == height;
            return RowFactory.create(mask.getLong(0), fits ? null : misfit(uri, header, width, height));
        } catch (ImageRejectedException e) {
            return RowFactory.create(mask.getLong(0), "the mask " + uri + " cannot be used: " + e.getMessage());
        }
    }

    private static String misfit(String uri, ImageHeader header, int width, int height) {
        return "the mask " + uri + " has " + header.width() + " x " + header.height() + " pixels, its photograph "
                + width + " x " + height;
    }
}
