package io.blemish.udfs;

import io.blemish.error.UserException;
import io.blemish.explain.HeatMap;
import io.blemish.explain.Method;
import io.blemish.image.Region;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** How a SQL function learns the shape of a grid, and what it makes of grid and region. */
enum HeatmapShape {
    /** Not at all: it has as many rows as columns. */
    SQUARE,
    /** From two arguments after all others: rows and columns. */
    GIVEN;

    /** The types of a function's arguments, of which the first ones are these. */
    DataType[] after(DataType... first) {
        return this == SQUARE
                ? first
                : Stream.concat(Stream.of(first), Stream.of(DataTypes.IntegerType, DataTypes.IntegerType))
                        .toArray(DataType[]::new);
    }

    /**
     * The heat map of a function's arguments; empty when the grid holds a null.
     *
     * @param grid which argument it is
     * @param rows which argument they are, if they are one; columns follow
     */
    Optional<HeatMap> map(InternalRow arguments, int grid, int rows) {
        return FloatColumn.of(arguments.getArray(grid))
                .map(values -> this == SQUARE
                        ? square(values)
                        : map(values, arguments.getInt(rows), arguments.getInt(rows + 1)));
    }

    /** A map with as many rows as columns. */
    static HeatMap square(float[] grid) {
        int side = (int) Math.round(Math.sqrt(grid.length));
        if (grid.length == 0 || side * side != grid.length) {
            throw UserException.cannot(
                    "use a heat map",
                    grid.length + " values fill no square",
                    "Give its rows and columns too: map_rows and map_cols");
        }
        return map(grid, side, side);
    }

    private static HeatMap map(float[] grid, int rows, int cols) {
        if (rows < 1 || cols < 1 || (long) rows * cols != grid.length) {
            throw UserException.cannot(
                    "use a heat map",
                    grid.length + " values fill no grid of " + rows + " x " + cols,
                    "Give map_rows and map_cols of the same inspection");
        }
        return new HeatMap("", Method.RELEVANCE, rows, cols, grid);
    }

    /** The region that an argument is. */
    static Region region(InternalRow arguments, int region) {
        InternalRow sides = arguments.getStruct(region, InspectionSchema.REGION.size());
        return new Region(sides.getDouble(0), sides.getDouble(1), sides.getDouble(2), sides.getDouble(3));
    }

    /** The region that a row of its four columns is. */
    static Region region(Row sides) {
        return new Region(sides.getDouble(0), sides.getDouble(1), sides.getDouble(2), sides.getDouble(3));
    }
}
