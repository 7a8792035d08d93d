package io.blemish.udfs;

import io.blemish.explain.Evidence;
import io.blemish.explain.HeatMap;
import io.blemish.explain.Method;
import io.blemish.explain.Overlay;
import io.blemish.explain.Png;
import io.blemish.image.CropGeometry;
import io.blemish.image.DecodedImage;
import io.blemish.image.ImageProcessor;
import io.blemish.image.ImageRejectedException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
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
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Draws the heat maps of an image over its photograph: for each method one tile a description, and one that combines
 * them. The photograph is decoded once, from the third attempt of a task on in a child JVM, since one may have killed
 * the executor; no model is needed.
 */
public final class TileDrawer implements MapPartitionsFunction<Row, Row> {
    /** The columns that are read: those of an image, and those of its inspection. */
    private static final List<String> INPUT =
            List.of("image_id", "uri", "content", "top", "maps", "map_rows", "map_cols");

    private static final int IMAGE_ID = INPUT.indexOf("image_id");
    private static final PhotographOpener.Columns PHOTOGRAPH =
            new PhotographOpener.Columns(IMAGE_ID, INPUT.indexOf("uri"), INPUT.indexOf("content"));
    private static final int TOP = INPUT.indexOf("top");
    private static final int MAPS = INPUT.indexOf("maps");
    private static final int MAP_ROWS = INPUT.indexOf("map_rows");
    private static final int MAP_COLS = INPUT.indexOf("map_cols");

    /** The columns that are written. {@code peak} and {@code png} as in the table {@code tiles}. */
    private static final StructType OUTPUT = new StructType()
            .add("image_id", DataTypes.StringType, false)
            .add("method", DataTypes.StringType, false)
            .add("rank", DataTypes.IntegerType, false)
            .add("description", DataTypes.StringType)
            .add("probability", DataTypes.DoubleType)
            .add("peak", new StructType().add("x", DataTypes.DoubleType).add("y", DataTypes.DoubleType))
            .add("png", DataTypes.BinaryType);

    /** Rank of the tile that combines the descriptions. */
    private static final int COMBINED = 0;

    private static final long serialVersionUID = 1L;

    private final TileSettings settings;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final LongAccumulator undrawn;

    /**
     * A drawer.
     *
     * @param hadoop how to reach images that are kept by reference
     * @param undrawn counts images whose photograph cannot be had, or decoded, any more
     */
    public TileDrawer(TileSettings settings, Broadcast<SerializableConfiguration> hadoop, LongAccumulator undrawn) {
        this.settings = settings;
        this.hadoop = hadoop;
        this.undrawn = undrawn;
    }

    /** The tiles of the inspected images, each row holding the columns of both. */
    public Dataset<Row> tiles(Dataset<Row> inspected) {
        Column[] columns = INPUT.stream().map(functions::col).toArray(Column[]::new);
        return inspected.select(columns).mapPartitions(this, Encoders.row(OUTPUT));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> inspected) {
        PhotographOpener opener = PhotographOpener.of(TaskContext.get(), settings.preparation(), hadoop);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(inspected, Spliterator.ORDERED), false)
                .flatMap(row -> tiles(row, opener).stream())
                .iterator();
    }

    private List<Row> tiles(Row inspected, PhotographOpener opener) {
        try {
            return opener.open(inspected, PHOTOGRAPH, settings.size(), photograph -> draw(inspected, photograph));
        } catch (ImageRejectedException e) {
            undrawn.add(1);
            return List.of();
        }
    }

    private List<Row> draw(Row inspected, DecodedImage photograph) {
        ImageProcessor processor = settings.preparation().processor();
        CropGeometry geometry = processor.geometry(photograph.sourceWidth(), photograph.sourceHeight());
        Overlay overlay = Overlay.of(photograph.pixels(), geometry, settings.style());
        String imageId = inspected.getString(IMAGE_ID);
        List<Row> tiles = new ArrayList<>();
        evidence(inspected).forEach((method, ranked) -> {
            byte[] combined = Png.encode(overlay.combined(ranked));
            tiles.add(RowFactory.create(imageId, method.label(), COMBINED, null, null, null, combined));
            for (Evidence one : ranked) {
                tiles.add(RowFactory.create(
                        imageId,
                        method.label(),
                        one.rank(),
                        one.map().description(),
                        one.probability(),
                        one.map()
                                .peak(geometry)
                                .map(peak -> RowFactory.create(peak.x(), peak.y()))
                                .orElse(null),
                        Png.encode(overlay.tile(one))));
            }
        });
        return tiles;
    }

    /** The heat maps of an inspection with the rank and probability of their descriptions, by method, best first. */
    private static Map<Method, List<Evidence>> evidence(Row inspected) {
        List<Row> top = inspected.getList(TOP);
        Map<String, Integer> ranks = new HashMap<>();
        for (int i = 0; i < top.size(); i++) {
            ranks.put(top.get(i).getString(0), i + 1);
        }
        Map<Method, List<Evidence>> evidence = new EnumMap<>(Method.class);
        for (Row map : inspected.<Row>getList(MAPS)) {
            Method method = Method.parse(map.getString(1));
            int rank = ranks.get(map.getString(0));
            HeatMap heat = new HeatMap(
                    map.getString(0),
                    method,
                    inspected.getInt(MAP_ROWS),
                    inspected.getInt(MAP_COLS),
                    FloatColumn.of(map.<Float>getList(2)));
            evidence.computeIfAbsent(method, first -> new ArrayList<>())
                    .add(new Evidence(rank, top.get(rank - 1).getDouble(2), heat));
        }
        return evidence;
    }
}
