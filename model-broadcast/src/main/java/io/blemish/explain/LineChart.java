package io.blemish.explain;

import io.blemish.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart of lines over a common horizontal axis, in one or more panels below each other. It needs no fonts of the
 * machine.
 *
 * @param title above all
 * @param across what the horizontal axis counts
 * @param panels from the top
 */
public record LineChart(String title, String across, List<Panel> panels) {
    private static final int WIDTH = 900;
    private static final int PANEL = 300;
    private static final int LEFT = 76;
    private static final int RIGHT = 24;
    private static final int TOP = 44;
    private static final int GAP = 40;
    private static final int BOTTOM = 52;
    private static final int TEXT = 0x303030;
    private static final int GRID = 0xE0E0E0;
    private static final int FRAME = 0x909090;
    private static final double STROKE = 2;

    /**
     * One panel.
     *
     * @param name what its vertical axis shows
     * @param lines drawn one over the other
     */
    public record Panel(String name, List<Line> lines) {}

    /**
     * One line; points whose value is no number are left out.
     *
     * @param name for the legend
     * @param colour {@code 0xRRGGBB}
     * @param x ascending
     * @param y as many
     */
    public record Line(String name, int colour, double[] x, double[] y) {}

    /** Draws the chart. */
    public RgbImage draw() {
        int height = TOP + panels.size() * (PANEL + GAP) - GAP + BOTTOM;
        Canvas canvas = new Canvas(WIDTH, height, 0xFFFFFF);
        GlyphSheet heading = GlyphSheet.bold(20);
        heading.draw(canvas, title, LEFT, 8 + heading.ascent(), TEXT);
        Scale columns = columns();
        for (int i = 0; i < panels.size(); i++) {
            int top = TOP + i * (PANEL + GAP);
            panel(canvas, panels.get(i), columns, top);
        }
        GlyphSheet small = GlyphSheet.regular(14);
        int bottom = height - BOTTOM;
        for (double tick : columns.ticks()) {
            String label = label(tick);
            int x = (int) Math.round(columns.place(tick));
            small.draw(canvas, label, x - small.width(label) / 2, bottom + 6 + small.ascent(), TEXT);
        }
        int middle = (LEFT + WIDTH - RIGHT - small.width(across)) / 2;
        small.draw(canvas, across, middle, bottom + 26 + small.ascent(), TEXT);
        return canvas.image();
    }

    private void panel(Canvas canvas, Panel panel, Scale columns, int top) {
        GlyphSheet small = GlyphSheet.regular(14);
        Scale rows = rows(panel, top);
        for (double tick : rows.ticks()) {
            int y = (int) Math.round(rows.place(tick));
            canvas.fill(LEFT, y, WIDTH - LEFT - RIGHT, 1, GRID);
            String label = label(tick);
            small.draw(canvas, label, LEFT - 8 - small.width(label), y + small.ascent() / 2 - 1, TEXT);
        }
        for (double tick : columns.ticks()) {
            canvas.fill((int) Math.round(columns.place(tick)), top, 1, PANEL, GRID);
        }
        canvas.fill(LEFT, top, 1, PANEL, FRAME);
        canvas.fill(LEFT, top + PANEL, WIDTH - LEFT - RIGHT, 1, FRAME);
        int legend = LEFT + 12;
        for (Line line : panel.lines) {
            draw(canvas, line, columns, rows);
            canvas.fill(legend, top + 14, 22, 3, line.colour);
            String label = panel.name + ", " + line.name;
            small.draw(canvas, label, legend + 28, top + 10 + small.ascent() - 2, TEXT);
            legend += 28 + small.width(label) + 24;
        }
    }

    private static void draw(Canvas canvas, Line line, Scale columns, Scale rows) {
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (int i = 0; i < line.x.length; i++) {
            if (!Double.isFinite(line.y[i])) {
                continue;
            }
            double x = columns.place(line.x[i]);
            double y = rows.place(line.y[i]);
            if (Double.isFinite(lastX)) {
                segment(canvas, lastX, lastY, x, y, line.colour);
            }
            canvas.ring(x, y, STROKE / 2, STROKE, line.colour, 1);
            lastX = x;
            lastY = y;
        }
    }

    private static void segment(Canvas canvas, double x0, double y0, double x1, double y1, int colour) {
        double length = Math.hypot(x1 - x0, y1 - y0);
        if (length == 0) {
            return;
        }

        for (int y = (int) Math.floor(Math.min(y0, y1)) - 2; y <= Math.max(y0, y1) + 2; y++) {
            for (int x = (int) Math.floor(Math.min(x0, x1)) - 2; x <= Math.max(x0, x1) + 2; x++) {
                double dx = x + 0.5 - x0;
                double dy = y + 0.5 - y0;
                double along = (dx * (x1 - x0) + dy * (y1 - y0)) / length;
                if (along >= 0 && along <= length) {
                    double distance = Math.abs(dx * (y1 - y0) - dy * (x1 - x0)) / length;
                    canvas.blend(x, y, colour, Canvas.coverage(STROKE, distance));
                }
            }
        }
    }

    private Scale columns() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Panel panel : panels) {
            for (Line line : panel.lines) {
                for (double x : line.x) {
                    low = Math.min(low, x);
                    high = Math.max(high, x);
                }
            }
        }
        return Scale.of(low, high, LEFT, WIDTH - RIGHT);
    }

    private static Scale rows(Panel panel, int top) {
        double low = 0;
        double high = Double.NEGATIVE_INFINITY;
        for (Line line : panel.lines) {
            for (double y : line.y) {
                if (Double.isFinite(y)) {
                    low = Math.min(low, y);
                    high = Math.max(high, y);
                }
            }
        }
        // Room for the legend above the highest point.
        return Scale.of(low, low + (high - low) * 1.12, top + PANEL, top);
    }

    private static String label(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    /** From values to pixels. */
    private record Scale(double low, double high, double from, double to) {
        static Scale of(double low, double high, double from, double to) {
            boolean empty = !(low < high);
            double bottom = Double.isFinite(low) ? low : 0;
            return new Scale(bottom, empty ? bottom + 1 : high, from, to);
        }

        double place(double value) {
            return from + (value - low) / (high - low) * (to - from);
        }

        /** Round values, about six of them. */
        List<Double> ticks() {
            double rough = (high - low) / 6;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double share = rough / power;
            double step = power * (share > 5 ? 10 : share > 2 ? 5 : share > 1 ? 2 : 1);
            List<Double> ticks = new ArrayList<>();
            for (double tick = Math.ceil(low / step) * step; tick <= high + step * 1e-9; tick += step) {
                ticks.add(tick);
            }
            return ticks;
        }
    }
}
