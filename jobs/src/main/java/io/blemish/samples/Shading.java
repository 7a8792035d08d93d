package io.blemish.samples;

/**
 * Lights a painted surface and lays it over a canvas: diffuse light that wraps around the edge, a highlight after Blinn and
 * Phong, light from the sky and from the ground, a little more reflection where the surface is seen at a low angle.
 */
final class Shading {
    private static final int LOBE = 1024;

    private final float keyRed;
    private final float keyGreen;
    private final float keyBlue;
    private final float skyRed;
    private final float skyGreen;
    private final float skyBlue;
    private final float groundRed;
    private final float groundGreen;
    private final float groundBlue;
    private final float lx;
    private final float ly;
    private final float lz;
    private final float wrap;
    private final float gloss;
    private final float[] lobe = new float[LOBE + 1];
    private final float[] wet = new float[LOBE + 1];
    private final float hx;
    private final float hy;
    private final float hz;

    /**
     * @param ground the light that the ground throws back
     * @param gloss strength of the highlight
     * @param polish its exponent
     */
    Shading(Light light, Colour ground, float gloss, float polish) {
        keyRed = light.key().red();
        keyGreen = light.key().green();
        keyBlue = light.key().blue();
        skyRed = light.sky().red();
        skyGreen = light.sky().green();
        skyBlue = light.sky().blue();
        groundRed = ground.red();
        groundGreen = ground.green();
        groundBlue = ground.blue();
        lx = light.x();
        ly = light.y();
        lz = light.z();
        wrap = light.wrap();
        this.gloss = gloss;
        for (int i = 0; i <= LOBE; i++) {
            lobe[i] = (float) Math.pow((double) i / LOBE, polish);
            wet[i] = (float) Math.pow((double) i / LOBE, 60);
        }
        float length =
                (float) Math.sqrt(light.x() * light.x() + light.y() * light.y() + (light.z() + 1) * (light.z() + 1));
        hx = light.x() / length;
        hy = light.y() / length;
        hz = (light.z() + 1) / length;
    }

    void lay(Surface surface, Canvas canvas) {
        int first = Math.max(1, -surface.left());
        int last = Math.min(surface.width() - 1, canvas.width() - surface.left());
        for (int row = 1; row < surface.height() - 1; row++) {
            int y = surface.top() + row;
            if (y >= 0 && y < canvas.height()) {
                int start = row * surface.width();
                layRow(surface, start + first, start + last, canvas, y * canvas.width() + surface.left() - start);
            }
        }
    }

    /** Point i of the surface goes to point {@code i + shift} of the canvas. */
    private void layRow(Surface surface, int first, int last, Canvas canvas, int shift) {
        int width = surface.width();
        float slope = 0.5f * surface.pose().radius();
        float sheen = 0.5f * Math.min(gloss, 0.3f);
        float[] alpha = surface.alpha;
        float[] bump = surface.bump;
        for (int i = first; i < last; i++) {
            if (alpha[i] <= 0) {
                continue;
            }
            float z = surface.nz[i];
            float grazing = 1 - z;
            grazing = sheen * grazing * grazing * grazing;
            float steep = z * slope;
            float x = surface.nx[i] - limited((bump[i + 1] - bump[i - 1]) * steep);
            float y = surface.ny[i] - limited((bump[i + width] - bump[i - width]) * steep);
            float scale = 1 / (float) Math.sqrt(x * x + y * y + z * z);
            x *= scale;
            y *= scale;
            z *= scale;
            float diffuse = Math.max(0, (x * lx + y * ly + z * lz + wrap) / (1 + wrap));
            float above = 0.5f - 0.5f * y;
            float below = 1 - above;
            float highlight = highlight(surface.gloss[i], Math.max(0, x * hx + y * hy + z * hz));
            canvas.blend(
                    i + shift,
                    surface.red[i] * (diffuse * keyRed + above * skyRed + below * groundRed)
                            + highlight * keyRed
                            + grazing * skyRed,
                    surface.green[i] * (diffuse * keyGreen + above * skyGreen + below * groundGreen)
                            + highlight * keyGreen
                            + grazing * skyGreen,
                    surface.blue[i] * (diffuse * keyBlue + above * skyBlue + below * groundBlue)
                            + highlight * keyBlue
                            + grazing * skyBlue,
                    alpha[i]);
        }
    }

    /** A negative shine marks a film of water, which gleams whatever the skin does. */
    private float highlight(float shine, float cosine) {
        return shine >= 0 ? gloss * shine * lookUp(lobe, cosine) : -1.1f * shine * lookUp(wet, cosine);
    }

    private static float lookUp(float[] table, float cosine) {
        float p = Math.min(cosine, 1) * LOBE;
        int i = Math.min((int) p, LOBE - 1);
        return table[i] + (p - i) * (table[i + 1] - table[i]);
    }

    /** Where the skin is coarser than the pixels a difference may be anything: steeper than this it only sparkles. */
    private static float limited(float slope) {
        return Math.min(1.1f, Math.max(-1.1f, slope));
    }
}
