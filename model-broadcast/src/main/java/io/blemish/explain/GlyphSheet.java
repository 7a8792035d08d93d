package io.blemish.explain;

import io.blemish.error.InternalException;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/**
 * A font as a picture of its glyphs: DejaVu Sans Condensed with Latin, Greek and Cyrillic letters, at a fixed size.
 *
 * <p>Text drawn from it comes out, with the same pixels, on machines without fonts or font configuration too. A
 * character that it lacks is drawn as a box.
 */
final class GlyphSheet {
    /** The sizes there are, in pixels of the em square, ascending. */
    static final int[] SIZES = {11, 14, 20, 28};

    private static final int COLUMNS = 32;
    private static final int BOX = 0x25A1;
    private static final Map<String, GlyphSheet> LOADED = new ConcurrentHashMap<>();

    private final Raster sheet;
    private final int cellWidth;
    private final int cellHeight;
    private final int ascent;
    private final int pad;
    private final int[] advances;
    private final Map<Integer, Integer> indices;

    /** @param metrics cell width, cell height, ascent, pad, then the advance of each character */
    private GlyphSheet(Raster sheet, String characters, String[] metrics) {
        this.sheet = sheet;
        this.cellWidth = Integer.parseInt(metrics[1]);
        this.cellHeight = Integer.parseInt(metrics[2]);
        this.ascent = Integer.parseInt(metrics[3]);
        this.pad = Integer.parseInt(metrics[4]);
        this.advances = new int[characters.length()];
        this.indices = new HashMap<>();
        for (int i = 0; i < advances.length; i++) {
            advances[i] = Integer.parseInt(metrics[5 + i]);
            indices.put((int) characters.charAt(i), i);
        }
    }

    static GlyphSheet regular(int size) {
        return LOADED.computeIfAbsent("regular-" + size, GlyphSheet::load);
    }

    static GlyphSheet bold(int size) {
        return LOADED.computeIfAbsent("bold-" + size, GlyphSheet::load);
    }

    /** Pixels from the top of the tallest glyph to the baseline. */
    int ascent() {
        return ascent;
    }

    /** Pixels from one line of text to the next. */
    int lineHeight() {
        return cellHeight;
    }

    /** How far the text reaches to the right, in pixels. */
    int width(String text) {
        return text.codePoints().map(character -> advances[index(character)]).sum();
    }

    /** Draws one line of text with its baseline's left end at the given place. */
    void draw(Canvas canvas, String text, int left, int baseline, int colour) {
        int x = left;
        for (int character : text.codePoints().toArray()) {
            int index = index(character);
            drawGlyph(canvas, index, x - pad, baseline - ascent, colour);
            x += advances[index];
        }
    }

    private void drawGlyph(Canvas canvas, int index, int left, int top, int colour) {
        int sheetX = index % COLUMNS * cellWidth;
        int sheetY = index / COLUMNS * cellHeight;
        for (int y = 0; y < cellHeight; y++) {
            for (int x = 0; x < cellWidth; x++) {
                canvas.blend(left + x, top + y, colour, sheet.getSample(sheetX + x, sheetY + y, 0) / 255.0);
            }
        }
    }

    private int index(int character) {
        Integer index = indices.get(character);
        return index == null ? indices.get(BOX) : index;
    }

    private static GlyphSheet load(String name) {
        try (InputStream picture = GlyphSheet.class.getResourceAsStream(name + ".png");
                InputStream text = GlyphSheet.class.getResourceAsStream("glyphs.txt")) {
            Raster sheet = ImageIO.read(picture).getRaster();
            String[] lines = new String(text.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1);
            for (String line : lines) {
                if (line.startsWith(name + " ")) {
                    return new GlyphSheet(sheet, lines[0], line.split(" ", -1));
                }
            }
            throw new InternalException("glyphs.txt describes no sheet " + name);
        } catch (IOException e) {
            throw new InternalException("the glyph sheet " + name + " is missing from the jar", e);
        }
    }
}
