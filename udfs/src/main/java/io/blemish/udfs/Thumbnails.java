package io.blemish.udfs;

import io.blemish.explain.Jpeg;
import io.blemish.image.Bicubic;
import io.blemish.image.DecodedImage;
import io.blemish.image.ImageRejectedException;
import io.blemish.image.RgbImage;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes pictures of a bounded size: JPEGs that fit into a square, never larger than their originals, upright when the
 * preparation says so. A picture that cannot be had, or decoded, any more has no row.
 */
public final class Thumbnails implements MapPartitionsFunction<Row, Row> {
    /** The columns that are read: {@code content} is null where the picture is kept by reference to {@code uri}. */
    private static final List<String> INPUT = List.of("image_id", "uri", "content");

    private static final PhotographOpener.Columns PHOTOGRAPH = new PhotographOpener.Columns(0, 1, 2);

    /** The columns that are written: the picture's sides in pixels, and its bytes. */
    private static final StructType OUTPUT = new StructType()
            .add("image_id", DataTypes.StringType, false)
            .add("width", DataTypes.IntegerType, false)
            .add("height", DataTypes.IntegerType, false)
            .add("jpeg", DataTypes.BinaryType, false);

    private static final long serialVersionUID = 1L;

    private final InspectorSettings.Preparation preparation;
    private final int side;
    private final float quality;
    private final Broadcast<SerializableConfiguration> hadoop;

    /**
     * A maker of pictures.
     *
     * @param preparation how photographs are decoded
     * @param side of the square in pixels, at least 1
     * @param quality as {@link Jpeg#encode}
     * @param hadoop how to reach pictures that are kept by reference
     */
    public Thumbnails(
            InspectorSettings.Preparation preparation,
            int side,
            float quality,
            Broadcast<SerializableConfiguration> hadoop) {
        if (side < 1) {
            throw new IllegalArgumentException("pictures of " + side + " pixels");
        }
        this.preparation = preparation;
        this.side = side;
        this.quality = quality;
        this.hadoop = hadoop;
    }

    /** The pictures of some rows of the columns {@code image_id}, {@code uri} and {@code content}. */
    public Dataset<Row> of(Dataset<Row> rows) {
        Column[] columns = INPUT.stream().map(functions::col).toArray(Column[]::new);
        return rows.select(columns).mapPartitions(this, Encoders.row(OUTPUT));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        PhotographOpener opener = PhotographOpener.of(TaskContext.get(), preparation, hadoop);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                .flatMap(row -> picture(row, opener))
                .iterator();
    }

    private Stream<Row> picture(Row row, PhotographOpener opener) {
        try {
            Row picture = opener.open(row, PHOTOGRAPH, side, decoded -> picture(row.getString(0), decoded));
            return Stream.of(picture);
        } catch (ImageRejectedException e) {
            return Stream.empty();
        }
    }

    private Row picture(String imageId, DecodedImage decoded) {
        RgbImage pixels = decoded.pixels();
        int longer = Math.max(pixels.width(), pixels.height());
        RgbImage fitted = longer <= side
                ? pixels
                : Bicubic.resize(pixels, scaled(pixels.width(), longer), scaled(pixels.height(), longer));
        return RowFactory.create(imageId, fitted.width(), fitted.height(), Jpeg.encode(fitted, quality));
    }

    private int scaled(int length, int longer) {
        return Math.max(1, Math.round((float) length * side / longer));
    }
}
