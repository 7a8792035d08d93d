package io.blemish.udfs;

import io.blemish.explain.HeatMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * {@code heatmap_peak(grid, region[, rows, cols])}: where a heat map is largest, as {@code x} and {@code y} in pixels of
 * the upright photograph. Null for a flat map, and when an argument is null.
 */
public final class HeatmapPeak extends SqlFunction<InternalRow> implements UDF2<Seq<Float>, Row, Row> {
    private static final StructType PEAK =
            new StructType().add("x", DataTypes.DoubleType, false).add("y", DataTypes.DoubleType, false);

    private static final long serialVersionUID = 1L;

    private final HeatmapShape shape;

    /** Of square grids. */
    public HeatmapPeak() {
        this(HeatmapShape.SQUARE);
    }

    HeatmapPeak(HeatmapShape shape) {
        super("heatmap_peak", shape.name(), PEAK, shape.after(FloatColumn.TYPE, InspectionSchema.REGION));
        this.shape = shape;
    }

    @Override
    public InternalRow produceResult(InternalRow row) {
        if (row.anyNull()) {
            return null;
        }
        return shape.map(row, 0, 2)
                .flatMap(map -> map.peak(HeatmapShape.region(row, 1)))
                .map(peak -> new GenericInternalRow(new Object[] {peak.x(), peak.y()}))
                .orElse(null);
    }

    @Override
    public Row call(Seq<Float> grid, Row region) {
        if (grid == null || region == null || grid.contains(null)) {
            return null;
        }
        HeatMap map = HeatmapShape.square(FloatColumn.of(grid));
        return map.peak(HeatmapShape.region(region))
                .map(peak -> RowFactory.create(peak.x(), peak.y()))
                .orElse(null);
    }
}
