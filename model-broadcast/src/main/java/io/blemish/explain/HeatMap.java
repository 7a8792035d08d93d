package io.blemish.explain;

import static java.util.Objects.requireNonNull;

import io.blemish.image.CropGeometry;
import io.blemish.image.Region;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much each patch of the model's crop speaks for one description.
 *
 * @param description in the words of the knowledge base
 * @param method that made the map; it decides how the map is drawn
 * @param rows of patches, at least 1
 * @param cols of patches, at least 1
 * @param grid {@code rows × cols} finite values by rows, in the unit of the method; not copied
 */
public record HeatMap(String description, Method method, int rows, int cols, float[] grid) {
    /** CLIPCap-XAI divides by the range only above this, and shows nothing below. */
    private static final float CLIPCAP_XAI_SMALLEST_RANGE = 1e-8f;

    /** Checks that the values fill the grid and that each is finite. */
    public HeatMap {
        requireNonNull(description, "description is null");
        requireNonNull(method, "method is null");
        requireNonNull(grid, "grid is null");
        if (rows < 1 || cols < 1 || (long) rows * cols != grid.length) {
            throw new IllegalArgumentException(grid.length + " values do not fill a grid of " + rows + " x " + cols);
        }

        for (float value : grid) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("the heat map of \"" + description + "\" contains " + value);
            }
        }
    }

    /** The grid stretched to [0, 1]: the smallest value becomes 0, the largest 1; a flat map becomes zeros. */
    public float[] normalised() {
        float min = grid[0];
        float max = grid[0];
        for (float value : grid) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        float[] stretched = new float[grid.length];
        // In double, because the range of two finite floats may exceed a float's.
        double range = (double) max - min;
        if (range > (method == Method.CLIPCAP_XAI ? CLIPCAP_XAI_SMALLEST_RANGE : 0)) {
            for (int i = 0; i < grid.length; i++) {
                stretched[i] = (float) ((grid[i] - (double) min) / range);
            }
        }
        return stretched;
    }

    /**
     * The normalised map at another size, by {@link Bilinear}.
     *
     * @return {@code height × width} values in [0, 1], by rows
     */
    public float[] upsampled(int width, int height) {
        return Bilinear.resize(normalised(), rows, cols, width, height);
    }

    /** The patch with the largest value, counted by rows, the first one of equals; empty for a flat map, which has none. */
    public OptionalInt strongest() {
        float[] values = normalised();
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return values[best] == 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    /** The centre of the {@link #strongest} patch; empty for a flat map. */
    public Optional<Peak> peak(CropGeometry geometry) {
        return peak(geometry.region());
    }

    /** The centre of the {@link #strongest} patch of a map that covers the region; empty for a flat map. */
    public Optional<Peak> peak(Region seen) {
        OptionalInt strongest = strongest();
        if (strongest.isEmpty()) {
            return Optional.empty();
        }

        int best = strongest.getAsInt();
        Region patch = seen.cell(best / cols, best % cols, rows, cols);
        return Optional.of(new Peak(patch.x() + patch.width() / 2, patch.y() + patch.height() / 2));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeatMap map
                && description.equals(map.description)
                && method == map.method
                && rows == map.rows
                && cols == map.cols
                && Arrays.equals(grid, map.grid);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * description.hashCode() + method.hashCode()) + Arrays.hashCode(grid);
    }

    @Override
    public String toString() {
        return "HeatMap[" + description + ", " + method + ", " + rows + " x " + cols + "]";
    }
}
