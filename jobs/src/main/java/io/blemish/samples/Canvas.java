package io.blemish.samples;

/** A picture in linear light, row by row; its arrays are kept from one photograph to the next and may be longer than it. */
final class Canvas {
    private int width;
    private int height;
    private float[] red = new float[0];
    private float[] green = new float[0];
    private float[] blue = new float[0];
    private float[] spare = new float[0];

    void resize(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        int size = width * height;
        if (red.length < size) {
            red = new float[size];
            green = new float[size];
            blue = new float[size];
            spare = new float[size];
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    float[] red() {
        return red;
    }

    float[] green() {
        return green;
    }

    float[] blue() {
        return blue;
    }

    void set(int i, Colour colour) {
        red[i] = colour.red();
        green[i] = colour.green();
        blue[i] = colour.blue();
    }

    /** Lays a colour over the point. */
    void blend(int i, float r, float g, float b, float share) {
        red[i] += share * (r - red[i]);
        green[i] += share * (g - green[i]);
        blue[i] += share * (b - blue[i]);
    }

    void darken(int i, float factor) {
        red[i] *= factor;
        green[i] *= factor;
        blue[i] *= factor;
    }

    Colour mean() {
        double r = 0;
        double g = 0;
        double b = 0;
        int size = width * height;
        for (int i = 0; i < size; i += 7) {
            r += red[i];
            g += green[i];
            b += blue[i];
        }
        float count = (size + 6) / 7;
        return new Colour((float) r / count, (float) g / count, (float) b / count);
    }

    /** Blurs by the mean over a square of {@code 2 · radius + 1}, twice, which is close to a Gaussian. */
    void blur(int radius) {
        for (int pass = 0; pass < 2; pass++) {
            red = blurred(red, radius);
            green = blurred(green, radius);
            blue = blurred(blue, radius);
        }
    }

    private float[] blurred(float[] plane, int radius) {
        for (int y = 0; y < height; y++) {
            blurRow(plane, y * width, radius);
        }
        float[] sums = new float[width];
        for (int y = -radius; y <= radius; y++) {
            int row = clamp(y, height) * width;
            for (int x = 0; x < width; x++) {
                sums[x] += spare[row + x];
            }
        }
        float scale = 1f / (2 * radius + 1);
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int enter = clamp(y + radius + 1, height) * width;
            int leave = clamp(y - radius, height) * width;
            for (int x = 0; x < width; x++) {
                plane[row + x] = sums[x] * scale;
                sums[x] += spare[enter + x] - spare[leave + x];
            }
        }
        return plane;
    }

    /** From the plane to the spare one. */
    private void blurRow(float[] plane, int row, int radius) {
        float scale = 1f / (2 * radius + 1);
        float sum = 0;
        for (int x = -radius; x <= radius; x++) {
            sum += plane[row + clamp(x, width)];
        }
        int inner = Math.min(radius, width);
        int outer = Math.max(inner, width - radius - 1);
        for (int x = 0; x < inner; x++) {
            spare[row + x] = sum * scale;
            sum += plane[row + clamp(x + radius + 1, width)] - plane[row];
        }
        for (int x = row + inner; x < row + outer; x++) {
            spare[x] = sum * scale;
            sum += plane[x + radius + 1] - plane[x - radius];
        }
        for (int x = outer; x < width; x++) {
            spare[row + x] = sum * scale;
            sum += plane[row + width - 1] - plane[row + x - radius];
        }
    }

    /** Fills this canvas with another of half its size (rounded up), interpolated. */
    void enlarge(Canvas half) {
        enlarge(half.red, red, half);
        enlarge(half.green, green, half);
        enlarge(half.blue, blue, half);
    }

    private void enlarge(float[] from, float[] to, Canvas half) {
        float[] row = new float[half.width + 2];
        for (int y = 0; y < height; y++) {
            // Points of the larger canvas lie a quarter of a step to either side of those of the smaller.
            int near = (y >> 1) * half.width;
            int far = clamp((y >> 1) + ((y & 1) == 0 ? -1 : 1), half.height) * half.width;
            for (int x = 0; x < half.width; x++) {
                row[x + 1] = 0.75f * from[near + x] + 0.25f * from[far + x];
            }
            row[0] = row[1];
            row[half.width + 1] = row[half.width];
            int start = y * width;
            for (int x = 0; x < width >> 1; x++) {
                float middle = 0.75f * row[x + 1];
                to[start + 2 * x] = middle + 0.25f * row[x];
                to[start + 2 * x + 1] = middle + 0.25f * row[x + 2];
            }
            if ((width & 1) == 1) {
                to[start + width - 1] = 0.75f * row[half.width] + 0.25f * row[half.width - 1];
            }
        }
    }

    private static int clamp(int i, int length) {
        return Math.min(Math.max(i, 0), length - 1);
    }
}
