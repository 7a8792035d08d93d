package io.blemish.udfs;

import io.blemish.image.DecodeOptions;
import io.blemish.image.DecoderProcess;
import io.blemish.image.ImageDecoder;
import io.blemish.image.ImageRejectedException;
import io.blemish.image.Region;
import io.blemish.image.RejectCode;
import io.blemish.image.RgbImage;
import io.blemish.metrics.CropMask;
import io.blemish.metrics.Grid;
import io.blemish.metrics.MapScores;
import io.blemish.metrics.Mask;
import io.blemish.metrics.NullMaps;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
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
import org.apache.spark.util.TaskCompletionListener;

/**
 * Holds the stored heat maps of an image against the masks of its defects: for each pair of image and defect a row for
 * each method, and for the null maps {@link #RANDOM}, {@link #CENTRE} and, where it is given, {@link #ATTENTION}.
 *
 * <p>A pair whose defect has no stored map is not {@code covered}: by the methods it is a miss of the pointing game and
 * nothing else. A pair whose mask cannot be used is one row that says why.
 */
public final class MapScorer implements MapPartitionsFunction<Row, Row> {
    /** Method of maps of independent random values. */
    public static final String RANDOM = "random";

    /** Method of Gaussians around the centre of the crop. */
    public static final String CENTRE = "centre";

    /** Method of the class token's attention in the last block, mean over the heads. */
    public static final String ATTENTION = "attention";

    /** {@code status} of a pair that was measured. */
    public static final String OK = "ok";

    /** {@code status} of a pair whose mask lies outside of what the model saw. */
    public static final String OUTSIDE = "outside";

    /** {@code status} of a pair whose mask shows nothing. */
    public static final String EMPTY = "empty";

    /** {@code status} of a pair whose mask cannot be read, or has another size than its photograph. */
    public static final String UNUSABLE = "unusable";

    /** {@code defect} of a mask that says that something is wrong, not what: the most probable defect's map counts. */
    public static final String SOME_DEFECT = "defective";

    /** The columns that are read: {@code attention} may be null, {@code ranking} is of defects, most probable first. */
    private static final List<String> INPUT = List.of(
            "image_id",
            "defect",
            "masks",
            "width",
            "height",
            "region",
            "ranking",
            "maps",
            "map_rows",
            "map_cols",
            "attention");

    /** The columns that are written. */
    public static final StructType OUTPUT = new StructType()
            .add("image_id", DataTypes.StringType, false)
            .add("defect", DataTypes.StringType, false)
            .add("status", DataTypes.StringType, false)
            .add("covered", DataTypes.BooleanType, false)
            .add("mask_share", DataTypes.DoubleType)
            .add("method", DataTypes.StringType)
            .add("hit", DataTypes.BooleanType)
            .add("near", DataTypes.BooleanType)
            .add("energy", DataTypes.DoubleType)
            .add("iou_half", DataTypes.DoubleType)
            .add("iou_best", DataTypes.DoubleType)
            .add("auroc", DataTypes.DoubleType);

    /** The third attempt, counted from 0. */
    private static final int CAUTIOUS_ATTEMPT = 2;

    private static final long serialVersionUID = 1L;

    private final InspectorSettings.Preparation preparation;
    private final Broadcast<SerializableConfiguration> hadoop;

    /**
     * A scorer.
     *
     * @param preparation how the photographs became the crops that the maps cover
     * @param hadoop how to reach masks
     */
    public MapScorer(InspectorSettings.Preparation preparation, Broadcast<SerializableConfiguration> hadoop) {
        this.preparation = preparation;
        this.hadoop = hadoop;
    }

    /** The rows of the pairs. */
    public Dataset<Row> scores(Dataset<Row> pairs) {
        Column[] columns = INPUT.stream().map(functions::col).toArray(Column[]::new);
        return pairs.select(columns).mapPartitions(this, Encoders.row(OUTPUT));
    }

    /** Decodes a mask, in this JVM or in a child. */
    @FunctionalInterface
    private interface Decoder {
        float[] decode(byte[] content, Function<RgbImage, float[]> use) throws ImageRejectedException;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> pairs) {
        Decoder decoder = decoder(TaskContext.get());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pairs, Spliterator.ORDERED), false)
                .flatMap(pair -> scores(pair, decoder).stream())
                .iterator();
    }

    /** Masks lie in the space of the upright photograph, whatever they say of themselves. */
    private Decoder decoder(TaskContext task) {
        DecodeOptions options = preparation.maskOptions();
        int side = preparation.side();
        if (task.attemptNumber() < CAUTIOUS_ATTEMPT) {
            ImageDecoder here = new ImageDecoder(options);
            return (content, use) -> here.decode(content, side, decoded -> use.apply(decoded.pixels()));
        }
        DecoderProcess child = new DecoderProcess(options);
        task.addTaskCompletionListener((TaskCompletionListener) completed -> child.close());
        return (content, use) -> child.decode(content, side, decoded -> use.apply(decoded.pixels()));
    }

    private List<Row> scores(Row pair, Decoder decoder) {
        float[] coverage;
        try {
            coverage = coverage(pair, decoder);
        } catch (ImageRejectedException e) {
            return List.of(leftOut(pair, UNUSABLE));
        }
        if (coverage.length == 0) {
            return List.of(leftOut(pair, EMPTY));
        }
        for (float share : coverage) {
            if (share > 0) {
                return scores(pair, CropMask.of(preparation.side(), coverage));
            }
        }
        return List.of(leftOut(pair, OUTSIDE));
    }

    /** How much of each pixel of the crop any of the masks covers; of length 0 when none of them shows anything. */
    private float[] coverage(Row pair, Decoder decoder) throws ImageRejectedException {
        PhotographReader reader = new PhotographReader(hadoop.value().value(), preparation.maxBytes());
        float[] all = new float[0];
        for (Row mask : pair.<Row>getList(INPUT.indexOf("masks"))) {
            Optional<Integer> colour = Optional.ofNullable(mask.getString(1)).map(Mask::colour);
            float[] one = decoder.decode(
                    reader.read(mask.getString(0)), picture -> coverage(pair, new Mask(picture, colour)));
            if (one == null) {
                throw new ImageRejectedException(RejectCode.CHANGED, "the mask has another size than its photograph");
            }
            all = all.length == 0 ? one : union(all, one);
        }
        return all;
    }

    private float[] coverage(Row pair, Mask mask) {
        if (mask.picture().width() != pair.getInt(INPUT.indexOf("width"))
                || mask.picture().height() != pair.getInt(INPUT.indexOf("height"))) {
            return null;
        }
        if (mask.isEmpty()) {
            return new float[0];
        }
        Row region = pair.getStruct(INPUT.indexOf("region"));
        return CropMask.coverage(
                mask,
                new Region(region.getDouble(0), region.getDouble(1), region.getDouble(2), region.getDouble(3)),
                preparation.side());
    }

    private static float[] union(float[] all, float[] one) {
        for (int i = 0; i < one.length; i++) {
            all[i] = Math.max(all[i], one[i]);
        }
        return all;
    }

    private List<Row> scores(Row pair, CropMask mask) {
        int rows = pair.getInt(INPUT.indexOf("map_rows"));
        int cols = pair.getInt(INPUT.indexOf("map_cols"));
        Set<String> methods = new LinkedHashSet<>();
        Map<String, Grid> grids = grids(pair, methods, rows, cols);
        boolean covered = !grids.isEmpty();
        String imageId = pair.getString(INPUT.indexOf("image_id"));
        grids.put(RANDOM, NullMaps.random(imageId, rows, cols));
        grids.put(CENTRE, NullMaps.centreGaussian(mask.side(), mask.side()));
        if (!pair.isNullAt(INPUT.indexOf("attention"))) {
            grids.put(ATTENTION, new Grid(rows, cols, FloatColumn.of(pair.<Float>getList(INPUT.indexOf("attention")))));
        }
        List<Row> scored = new ArrayList<>();
        if (!covered) {
            methods.forEach(method -> scored.add(missed(pair, mask, method)));
        }
        grids.forEach((method, grid) -> scored.add(scored(pair, mask, method, grid, covered)));
        return scored;
    }

    /** The maps of the pair's defect by method; {@code methods} gets all methods that the image has maps by. */
    private static Map<String, Grid> grids(Row pair, Set<String> methods, int rows, int cols) {
        List<Row> maps = pair.getList(INPUT.indexOf("maps"));
        String defect = pair.getString(INPUT.indexOf("defect"));
        String wanted = defect.equals(SOME_DEFECT) ? mostProbable(pair, maps).orElse(defect) : defect;
        Map<String, Grid> grids = new LinkedHashMap<>();
        for (Row map : maps) {
            methods.add(map.getString(1));
            if (map.getString(0).equals(wanted)) {
                grids.put(map.getString(1), new Grid(rows, cols, FloatColumn.of(map.<Float>getList(2))));
            }
        }
        return grids;
    }

    private static Optional<String> mostProbable(Row pair, List<Row> maps) {
        Set<String> explained = new LinkedHashSet<>();
        maps.forEach(map -> explained.add(map.getString(0)));
        return pair.<String>getList(INPUT.indexOf("ranking")).stream()
                .filter(explained::contains)
                .findFirst();
    }

    private static Row scored(Row pair, CropMask mask, String method, Grid grid, boolean covered) {
        MapScores scores = MapScores.of(grid, mask);
        return row(
                pair,
                OK,
                covered,
                mask.share(),
                method,
                scores.hit(),
                scores.near(),
                scores.energy(),
                scores.iouHalf(),
                scores.iouBest(),
                Double.isNaN(scores.auroc()) ? null : scores.auroc());
    }

    private static Row missed(Row pair, CropMask mask, String method) {
        return row(pair, OK, false, mask.share(), method, false, false, null, null, null, null);
    }

    private static Row leftOut(Row pair, String status) {
        return row(pair, status, false, null, null, null, null, null, null, null, null);
    }

    private static Row row(Row pair, Object... measured) {
        Object[] values = new Object[OUTPUT.length()];
        values[0] = pair.getString(INPUT.indexOf("image_id"));
        values[1] = pair.getString(INPUT.indexOf("defect"));
        System.arraycopy(measured, 0, values, 2, measured.length);
        return RowFactory.create(values);
    }
}
