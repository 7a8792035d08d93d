package io.blemish.jobs.report;

import io.blemish.trends.Signal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The control chart of a series (Montgomery, Introduction to Statistical Quality Control, 7th ed., 7.3): the daily rates
 * with their intervals, the baseline, the limits of the p-chart and the moving average. Days that rise or fall have a
 * shape and a colour of their own.
 *
 * <p>Only numbers and dates go into the drawing: what is written in files never does.
 */
final class ControlChart {
    /** As the style sheet has it. */
    private static final int FONT = 14;

    private static final int ROUND = 16;
    private static final int TRIANGLE = 17;
    private static final int TRIANGLE_DOWN = 25;

    private final TrendSeries series;
    private final Size size;

    ControlChart(TrendSeries series, Size size) {
        this.series = series;
        this.size = size;
    }

    /** How much room a chart has; its text is 14 high. */
    enum Size {
        SMALL(340, 190),
        LARGE(460, 255);

        private final int width;
        private final int height;

        Size(int width, int height) {
            this.width = width;
            this.height = height;
        }

        int width() {
            return width;
        }

        int height() {
            return height;
        }
    }

    /** The chart; the sentence says what it shows to those who cannot see it. */
    Html html(String sentence) {
        return ChartSvg.drawn(plot(), size)
                .with("class", "control")
                .with("role", "img")
                .with("aria-label", "Control chart. " + sentence);
    }

    private Map<String, Object> plot() {
        return map("kind", "plot", "layers", layers(), "scales", scales(), "theme", theme());
    }

    /** From the back to the front. */
    private List<Object> layers() {
        List<Object> layers = new ArrayList<>();
        Predicate<TrendPoint> all = point -> true;
        layers.add(layer(
                        "linerange",
                        Ink.INTERVAL,
                        all,
                        Map.of("size", 0.6),
                        "ymin",
                        point -> point.rate().low())
                .and("ymax", point -> point.rate().high())
                .spec());
        layers.add(layer("vline", Ink.CHANGE, point -> point.change().isPresent(), dashed("dotted"), "y", point -> 0)
                .and("xintercept", point -> millis(point.day()))
                .spec());
        layers.add(line(
                "step", Ink.LIMIT, dashed("dashed"), point -> point.limits().high()));
        layers.add(line(
                "step", Ink.LIMIT, dashed("dashed"), point -> point.limits().low()));
        layers.add(line("line", Ink.BASELINE, Map.of("size", 0.8), TrendPoint::baseline));
        layers.add(line("line", Ink.AVERAGE, Map.of("size", 1.2), TrendPoint::average));
        layers.add(points(Ink.RATE, point -> !point.signal().isRaised(), ROUND, 1.7));
        layers.add(points(Ink.RISING, point -> point.signal() == Signal.RISING, TRIANGLE, 2.6));
        layers.add(points(Ink.FALLING, point -> point.signal() == Signal.FALLING, TRIANGLE_DOWN, 2.2));
        return layers;
    }

    private Map<String, Object> points(Ink ink, Predicate<TrendPoint> which, int shape, double width) {
        return layer(
                        "point",
                        ink,
                        which,
                        Map.of("shape", shape, "size", width, "fill", ink.colour()),
                        "y",
                        TrendPoint::share)
                .spec();
    }

    private Map<String, Object> line(
            String kind, Ink ink, Map<String, Object> look, ToDoubleFunction<TrendPoint> value) {
        return layer(kind, ink, point -> true, look, "y", value).spec();
    }

    private Layer layer(
            String kind,
            Ink ink,
            Predicate<TrendPoint> which,
            Map<String, Object> look,
            String name,
            ToDoubleFunction<TrendPoint> value) {
        List<TrendPoint> points = series.points().stream().filter(which).toList();
        Map<String, Object> spec = map("geom", kind, "color", ink.colour());
        spec.putAll(look);
        return new Layer(points, spec, new LinkedHashMap<>(), new LinkedHashMap<>())
                .and("x", point -> millis(point.day()))
                .and(name, value);
    }

    /** A layer whose data are yet to be completed. */
    private record Layer(
            List<TrendPoint> points, Map<String, Object> look, Map<String, Object> data, Map<String, Object> mapping) {
        /** With what another of its aesthetics shows. */
        Layer and(String name, ToDoubleFunction<TrendPoint> value) {
            List<Object> values = new ArrayList<>();
            for (TrendPoint point : points) {
                double number = value.applyAsDouble(point);
                values.add(Double.isNaN(number) ? null : number);
            }
            data.put(name, values);
            mapping.put(name, name);
            return this;
        }

        Map<String, Object> spec() {
            look.put("data", data);
            look.put("mapping", mapping);
            return look;
        }
    }

    private static Map<String, Object> dashed(String dashes) {
        return Map.of("linetype", dashes, "size", 0.7);
    }

    private List<Object> scales() {
        double highest = series.points().stream()
                .flatMapToDouble(point -> Arrays.stream(
                        new double[] {point.rate().high(), point.limits().high(), point.share(), point.average()}))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(1);
        double top = Math.max(highest, 0.001);
        return List.of(
                map("aesthetic", "x", "datetime", true, "format", "%e %b"),
                map("aesthetic", "y", "limits", List.of(0, top), "format", top < 0.045 ? ".1%" : ".0%"));
    }

    private static Map<String, Object> theme() {
        Map<String, Object> blank = map("blank", true);
        return map(
                "name", "minimal",
                "axis_title", blank,
                "plot_background", blank,
                "panel_grid_minor", blank,
                "panel_grid_major_x", blank,
                "panel_grid_major_y", map("color", Ink.GRID.colour(), "size", 0.7),
                "axis_text", map("size", FONT, "color", Ink.TEXT.colour()));
    }

    private static double millis(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}
