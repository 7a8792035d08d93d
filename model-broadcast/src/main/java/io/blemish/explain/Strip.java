package io.blemish.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words below a photograph: laid out from the top for a given width, drawn once the tile's height is known. */
final class Strip {
    private static final int INK = 0x1A1A1A;
    private static final int PALE_INK = 0x555555;

    private static final int LINES_OF_DESCRIPTION = 3;
    /** Sizes of tiles from which the next of {@link GlyphSheet#SIZES} is used. */
    private static final int[] LARGER_FONT_FROM = {400, 700, 1000};

    /** Something that stands on a line of text. */
    record Item(int width, Painter painter) {}

    /** Draws an item with its left end on a baseline. */
    interface Painter {
        void paint(Canvas canvas, int left, int baseline);
    }

    private record Placed(int left, int baseline, Item item) {}

    private final int width;
    private final int margin;
    private final GlyphSheet heading;
    private final GlyphSheet text;
    private final GlyphSheet small;
    private final List<Placed> placed = new ArrayList<>();
    private int bottom;

    /** @param width of the tile */
    Strip(int width, int tileSize) {
        int step = 0;
        while (step < LARGER_FONT_FROM.length && tileSize >= LARGER_FONT_FROM[step]) {
            step++;
        }
        this.width = width;
        this.heading = GlyphSheet.bold(GlyphSheet.SIZES[step]);
        this.text = GlyphSheet.regular(GlyphSheet.SIZES[step]);
        this.small = GlyphSheet.regular(GlyphSheet.SIZES[Math.max(0, step - 1)]);
        this.margin = text.lineHeight() / 2;
        this.bottom = margin;
    }

    GlyphSheet badgeFont() {
        return heading;
    }

    int height() {
        return bottom + margin;
    }

    /** A badge, a probability and a description, which wraps beside them. */
    void entry(int rank, int badgeColour, double probability, String description) {
        int diameter = Badge.diameter(heading);
        int line = Math.max(text.lineHeight(), diameter + 2);
        int baseline = bottom + heading.ascent();
        Painter badge = (canvas, x, y) ->
                Badge.draw(canvas, x + diameter / 2.0, y - 0.38 * heading.ascent(), rank, badgeColour, heading);
        place(margin, baseline, new Item(diameter, badge));
        String percent = percent(probability);
        int percentEnd = margin + diameter + margin + heading.width("100.0 %");
        place(percentEnd - heading.width(percent), baseline, word(heading, percent, INK));
        int left = percentEnd + margin;
        for (String words : TextLines.wrapped(description, text, width - left - margin, LINES_OF_DESCRIPTION)) {
            place(left, baseline, word(text, words, INK));
            baseline += line;
            bottom += line;
        }
    }

    /** Items side by side, as many on a line as fit. */
    void flow(List<Item> items) {
        int gap = 2 * margin;
        int left = margin;
        bottom += margin / 2;
        for (Item item : items) {
            if (left > margin && left + item.width() > width - margin) {
                left = margin;
                bottom += small.lineHeight() + 2;
            }
            place(left, bottom + small.ascent(), item);
            left += item.width() + gap;
        }
        bottom += small.lineHeight();
    }

    /** Small words, shortened to the width of the strip. */
    Item note(String words) {
        return word(
                small, TextLines.wrapped(words, small, width - 2 * margin, 1).get(0), PALE_INK);
    }

    /** The colours from low to high relevance. */
    Item bar(ColourMap colours) {
        int space = small.width(" ");
        int low = small.width("low") + space;
        int length = 6 * small.lineHeight();
        return new Item(low + length + space + small.width("high"), (canvas, left, baseline) -> {
            small.draw(canvas, "low", left, baseline, PALE_INK);
            int height = small.ascent() * 3 / 4;
            for (int x = 0; x < length; x++) {
                canvas.fill(left + low + x, baseline - height, 1, height, colours.rgb((x + 0.5) / length));
            }
            small.draw(canvas, "high", left + low + length + space, baseline, PALE_INK);
        });
    }

    /** What the hatched part of the photograph means. */
    Item unseen(int line) {
        String words = "not seen by the model";
        int height = small.ascent() * 3 / 4;
        int length = 2 * height;
        int space = small.width(" ");
        return new Item(length + space + small.width(words), (canvas, left, baseline) -> {
            canvas.fill(left, baseline - height, length, height, 0x000000);
            for (int y = 1; y < height - 1; y++) {
                for (int x = 1; x < length - 1; x++) {
                    canvas.set(left + x, baseline - height + y, Backdrop.unseen(0x808080, x, y, line));
                }
            }
            small.draw(canvas, words, left + length + space, baseline, PALE_INK);
        });
    }

    void draw(Canvas canvas, int top) {
        for (Placed each : placed) {
            each.item().painter().paint(canvas, each.left(), top + each.baseline());
        }
    }

    private void place(int left, int baseline, Item item) {
        placed.add(new Placed(left, baseline, item));
    }

    private static Item word(GlyphSheet font, String words, int colour) {
        return new Item(
                font.width(words), (canvas, left, baseline) -> font.draw(canvas, words, left, baseline, colour));
    }

    private static String percent(double probability) {
        double percent = 100 * probability;
        return percent > 0 && percent < 0.05 ? "<0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }
}
