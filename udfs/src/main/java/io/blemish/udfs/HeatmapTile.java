package io.blemish.udfs;

import io.blemish.explain.HeatMap;
import io.blemish.explain.Overlay;
import io.blemish.explain.Png;
import io.blemish.explain.TileStyle;
import io.blemish.explain.View;
import io.blemish.image.DecodeOptions;
import io.blemish.image.DecodedImage;
import io.blemish.image.ImageDecoder;
import io.blemish.image.ImageRejectedException;
import io.blemish.image.Region;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * {@code heatmap_tile(content, grid, region[, rows, cols])}: a heat map drawn over its photograph, as a PNG whose longer
 * side has 512 pixels. Heat lies over the region that the model saw, the rest is pale and hatched. Without rows and
 * columns the grid is a square. Null when an argument is null, and for a photograph that cannot be decoded.
 */
public final class HeatmapTile extends SqlFunction<byte[]> implements UDF3<byte[], Seq<Float>, Row, byte[]> {
    private static final TileStyle STYLE = TileStyle.defaults();
    private static final long serialVersionUID = 1L;

    private final HeatmapShape shape;

    /** Of square grids. */
    public HeatmapTile() {
        this(HeatmapShape.SQUARE);
    }

    HeatmapTile(HeatmapShape shape) {
        super(
                "heatmap_tile",
                shape.name(),
                DataTypes.BinaryType,
                shape.after(DataTypes.BinaryType, FloatColumn.TYPE, InspectionSchema.REGION));
        this.shape = shape;
    }

    @Override
    public byte[] produceResult(InternalRow row) {
        if (row.anyNull()) {
            return null;
        }
        Optional<HeatMap> map = shape.map(row, 1, 3);
        return map.isEmpty() ? null : tile(row.getBinary(0), map.get(), HeatmapShape.region(row, 2));
    }

    @Override
    public byte[] call(byte[] content, Seq<Float> grid, Row region) {
        return content == null || region == null || grid == null || grid.contains(null)
                ? null
                : tile(content, HeatmapShape.square(FloatColumn.of(grid)), HeatmapShape.region(region));
    }

    private static byte[] tile(byte[] content, HeatMap map, Region region) {
        try {
            return new ImageDecoder(DecodeOptions.defaults())
                    .decode(content, STYLE.size(), photograph -> draw(photograph, map, region));
        } catch (ImageRejectedException e) {
            return null;
        }
    }

    private static byte[] draw(DecodedImage photograph, HeatMap map, Region region) {
        View view = new View(photograph.sourceWidth(), photograph.sourceHeight(), region);
        return Png.encode(Overlay.of(photograph.pixels(), view, STYLE).picture(map));
    }
}
