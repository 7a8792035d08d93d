package io.blemish.samples;

/**
 * What is seen of one fruit, point by point over the box around it: where the surface faces, where a point is on the skin, and
 * what painters have made of it. Kept from one photograph to the next.
 *
 * <p>Skin coordinates {@code (u, v)} are distances along the surface from the point nearest to the camera, in radii, in the
 * fruit's own directions (stem at negative v): what is painted by them is foreshortened towards the rim as it should be.
 */
final class Surface {
    private static final int MARGIN = 3;
    private static final float[] STRETCH = stretch();

    private Pose pose;
    private int left;
    private int top;
    private int width;
    private int height;
    private float[] level = new float[0];
    float[] alpha;
    float[] nx;
    float[] ny;
    float[] nz;
    float[] u;
    float[] v;
    float[] red;
    float[] green;
    float[] blue;
    /** Height of small things above the skin, in radii. */
    float[] bump;
    /** What the highlight is multiplied with. */
    float[] gloss;
    /** Which defect shows at a point: its number from 1, or 0. */
    byte[] owner;

    /** Lays the shape on a photograph of a size. */
    void lay(Shape shape, Pose newPose, int photographWidth, int photographHeight) {
        pose = newPose;
        float reach = pose.radius() * (float) Math.hypot(shape.halfWidth(), shape.halfHeight()) * 1.02f;
        reach = Math.min(reach, pose.radius() * 1.16f) + MARGIN;
        left = Math.max((int) (pose.x() - reach), -MARGIN);
        top = Math.max((int) (pose.y() - reach), -MARGIN);
        width = Math.min((int) (pose.x() + reach), photographWidth + MARGIN) - left;
        height = Math.min((int) (pose.y() + reach), photographHeight + MARGIN) - top;
        reserve(Math.max(width, 0) * Math.max(height, 0));
        measure(shape);
        face();
    }

    private void reserve(int size) {
        if (level.length < size) {
            level = new float[size];
            alpha = new float[size];
            nx = new float[size];
            ny = new float[size];
            nz = new float[size];
            u = new float[size];
            v = new float[size];
            red = new float[size];
            green = new float[size];
            blue = new float[size];
            bump = new float[size];
            gloss = new float[size];
            owner = new byte[size];
        }
    }

    private void measure(Shape shape) {
        float c = (float) Math.cos(pose.turn()) / pose.radius();
        float s = (float) Math.sin(pose.turn()) / pose.radius();
        for (int row = 0; row < height; row++) {
            float dy = top + row - pose.y();
            for (int column = 0; column < width; column++) {
                float dx = left + column - pose.x();
                int i = row * width + column;
                u[i] = c * dx + s * dy;
                v[i] = c * dy - s * dx;
                level[i] = shape.height(u[i], v[i]);
                alpha[i] = 0;
                bump[i] = 0;
                gloss[i] = 1;
                owner[i] = 0;
            }
        }
    }

    private void face() {
        float half = 0.5f * pose.radius();
        for (int row = 1; row < height - 1; row++) {
            for (int i = row * width + 1; i < (row + 1) * width - 1; i++) {
                float square = level[i];
                if (square < -0.25f) {
                    continue;
                }
                float gx = (level[i + 1] - level[i - 1]) * half;
                float gy = (level[i + width] - level[i - width]) * half;
                float steep = gx * gx + gy * gy;
                float share = 0.5f + square * pose.radius() / (float) Math.sqrt(steep + 1e-9f);
                if (share <= 0) {
                    continue;
                }
                alpha[i] = Math.min(1, share);
                float z = Math.max(square, 1e-4f);
                float scale = 1 / (float) Math.sqrt(0.25f * steep + z);
                nx[i] = -0.5f * gx * scale;
                ny[i] = -0.5f * gy * scale;
                nz[i] = (float) Math.sqrt(z) * scale;
                float k = STRETCH[(int) (nz[i] * 1023)];
                u[i] *= k;
                v[i] *= k;
            }
        }
    }

    /** θ / sin θ by cos θ: how much longer the way along a sphere is than it looks. */
    private static float[] stretch() {
        float[] table = new float[1025];
        for (int i = 0; i <= 1024; i++) {
            double angle = Math.acos(i / 1024.0);
            table[i] = (float) (angle < 1e-6 ? 1 : angle / Math.sin(angle));
        }
        return table;
    }

    Pose pose() {
        return pose;
    }

    int left() {
        return left;
    }

    int top() {
        return top;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Pixels of the fruit on a photograph of a size. */
    int pixels(int photographWidth, int photographHeight) {
        int count = 0;
        for (int row = Math.max(0, -top); row < Math.min(height, photographHeight - top); row++) {
            for (int column = Math.max(0, -left); column < Math.min(width, photographWidth - left); column++) {
                if (alpha[row * width + column] > 0.5f) {
                    count++;
                }
            }
        }
        return count;
    }

    void paint(int i, Colour colour, float share) {
        red[i] += share * (colour.red() - red[i]);
        green[i] += share * (colour.green() - green[i]);
        blue[i] += share * (colour.blue() - blue[i]);
    }

    void set(int i, float r, float g, float b) {
        red[i] = r;
        green[i] = g;
        blue[i] = b;
    }

    void darken(int i, float factor) {
        red[i] *= factor;
        green[i] *= factor;
        blue[i] *= factor;
    }

    /** Paints points of the skin. */
    interface Brush {
        /** {@code du, dv}: from the middle of the brush, along the skin. */
        void touch(int i, float du, float dv);
    }

    /** Touches every point of the fruit; its middle is (0, 0). */
    void everywhere(Brush brush) {
        for (int i = 0; i < width * height; i++) {
            if (alpha[i] > 0) {
                brush.touch(i, u[i], v[i]);
            }
        }
    }

    /** Touches the points within a reach of a place on the skin. */
    void around(float u0, float v0, float reach, Brush brush) {
        float square = reach * reach;
        for (int i = 0; i < width * height; i++) {
            float du = u[i] - u0;
            float dv = v[i] - v0;
            if (du * du + dv * dv < square && alpha[i] > 0) {
                brush.touch(i, du, dv);
            }
        }
    }
}
