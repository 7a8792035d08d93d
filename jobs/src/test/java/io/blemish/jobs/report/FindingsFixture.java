package io.blemish.jobs.report;

import io.blemish.checkpoint.Precision;
import io.blemish.explain.HeatMap;
import io.blemish.explain.Jpeg;
import io.blemish.explain.Method;
import io.blemish.image.CropRounding;
import io.blemish.image.DecodeMode;
import io.blemish.image.Orientation;
import io.blemish.image.RgbImage;
import io.blemish.jobs.TimeWindow;
import io.blemish.jobs.inspect.EncoderCard;
import io.blemish.jobs.report.Breakdown.Line;
import io.blemish.jobs.report.Breakdown.Place;
import io.blemish.jobs.report.Exhibit.Described;
import io.blemish.jobs.report.Exhibit.Finding;
import io.blemish.jobs.report.Exhibit.Origin;
import io.blemish.jobs.report.Exhibit.Picture;
import io.blemish.jobs.report.Exhibit.State;
import io.blemish.jobs.report.Exhibit.Truth;
import io.blemish.jobs.report.Exhibit.Word;
import io.blemish.jobs.report.Findings.Provenance;
import io.blemish.jobs.report.Overview.Files;
import io.blemish.jobs.report.Overview.Period;
import io.blemish.jobs.report.Overview.Run;
import io.blemish.jobs.report.Timeline.Point;
import io.blemish.jobs.report.Timeline.Series;
import io.blemish.knowledge.KnowledgeBase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Findings as a survey brings them, without a warehouse: for pages with everything, with little, and with hostile text. */
final class FindingsFixture {
    private static final List<String> DEFECTS = List.of("green mould", "bruise", "cut", "scab");
    private static final List<String> METHODS = List.of("relevance", "gradcam", "centre", "random");

    private final UnaryOperator<String> spelling;
    private final Random random = new Random(5);

    private FindingsFixture(UnaryOperator<String> spelling) {
        this.spelling = spelling;
    }

    /** Everything that a report can hold. */
    static Findings everything() {
        return spelled(UnaryOperator.identity());
    }

    /** The same, in which every text that comes from a file or a table has gone through the function. */
    static Findings spelled(UnaryOperator<String> spelling) {
        return new FindingsFixture(spelling).findings();
    }

    /** What is left when photographs are neither dated nor explained, and no truth is known. */
    static Findings little() {
        Findings all = everything();
        Overview overview = new Overview(
                1, 1, 0, 0, 0, Optional.empty(), List.of(), List.of(), List.of(), new Files(1, List.of()), List.of());
        Exhibit plain = new Exhibit(
                "0".repeat(64),
                "file:/a.png",
                new Origin(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                new Finding(
                        State.SOUND, Optional.empty(), Optional.empty(), "pass", "It is.", Optional.empty(), List.of()),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Breakdown nothing = new Breakdown("site", List.of(), List.of());
        return new Findings(
                all.provenance(),
                overview,
                nothing,
                nothing,
                Optional.empty(),
                Optional.empty(),
                List.of(plain),
                Optional.empty(),
                new Scores(List.of()),
                new Lineage(Optional.empty(), Optional.empty(), List.of(), List.of()));
    }

    private Findings findings() {
        return new Findings(
                provenance(),
                overview(),
                breakdown("site", "north", "south", "harbour"),
                breakdown("product", "apple", "orange"),
                Optional.of(timeline()),
                Optional.of(new TrendsFixture(spelling).trends(exhibits())),
                exhibits(),
                Optional.of(spelled("relevance")),
                new Scores(scores()),
                lineage());
    }

    private String spelled(String text) {
        return spelling.apply(text);
    }

    private Provenance provenance() {
        EncoderCard card =
                new EncoderCard(Precision.FP32, 224, CropRounding.values()[0], Orientation.APPLY, DecodeMode.EXACT);
        Subject subject = new Subject("c9c7".repeat(16), spelled("tiny-clip"), card, "none", base());
        return new Provenance(
                spelled("/warehouse"), 3, subject, TimeWindow.always(), Instant.parse("2026-07-01T12:00:00Z"), "0.1.0");
    }

    private KnowledgeBase base() {
        String name = spelled("fruit").replace("\\", "\\\\").replace("\"", "\\\"");
        return KnowledgeBase.parse(
                "{\"name\": \"" + name + "\", \"subject\": \"fruit\", \"sound\": [{\"name\": \"fresh\","
                        + " \"prompts\": [\"a fresh fruit\"]}], \"defects\": [{\"name\": \"bruise\", \"prompts\": [\"a bruise\"]}]}");
    }

    private Overview overview() {
        return new Overview(
                300,
                297,
                2,
                178,
                21,
                Optional.of(new Period(Instant.parse("2026-05-02T06:00:00Z"), Instant.parse("2026-06-30T21:00:00Z"))),
                counts("reject", "pass", "review", "second class"),
                counts("severe", "moderate", "minor"),
                counts("changed", "corrupt"),
                new Files(300, counts("truncated", "not_an_image")),
                List.of(
                        new Run("ingest", Instant.parse("2026-07-01T11:00:00Z"), 120.5, spelled("2 task slots, Spark")),
                        new Run("inspect", Instant.parse("2026-07-01T11:01:00Z"), 61.25, spelled("2 task slots"))));
    }

    private Lineage lineage() {
        Instant at = Instant.parse("2026-07-01T11:02:00Z");
        return new Lineage(
                Optional.of(spelled("tiny-mapper")),
                Optional.of(new Lineage.Promotion(at, spelled("Ada"))),
                List.of(new Lineage.TableVersion("inspections", 3), new Lineage.TableVersion("defect_trends", 1)),
                List.of(new Lineage.JobRun("trends", "0b5e9b1c-7c1e-4c55-9f44-3a1f8e1d2c60", at)));
    }

    /** The same without trends, as a warehouse has it before they are computed. */
    static Findings withoutTrends() {
        Findings all = everything();
        return new Findings(
                all.provenance(),
                all.overview(),
                all.sites(),
                all.products(),
                all.timeline(),
                Optional.empty(),
                all.exhibits(),
                all.tiles(),
                all.scores(),
                all.lineage());
    }

    private List<Count> counts(String... names) {
        List<Count> counts = new ArrayList<>();
        for (String name : names) {
            counts.add(new Count(spelled(name), 100 / (counts.size() + 1)));
        }
        return counts;
    }

    private Breakdown breakdown(String column, String... names) {
        List<Place> places = new ArrayList<>();
        for (String name : names) {
            places.add(new Place(spelled(name), 100, 60));
        }
        List<Line> lines = new ArrayList<>();
        for (String defect : DEFECTS) {
            List<Long> counts = new ArrayList<>();
            places.forEach(place -> counts.add((long) random.nextInt(30)));
            lines.add(new Line(spelled(defect), counts));
        }
        return new Breakdown(column, places, lines);
    }

    private Timeline timeline() {
        List<String> sites = List.of(spelled("north"), spelled("south"), spelled("harbour"));
        List<Timeline.Line> lines = new ArrayList<>();
        for (String defect : DEFECTS) {
            List<Series> series = new ArrayList<>();
            for (int site = 0; site < sites.size(); site++) {
                List<Point> points = new ArrayList<>();
                for (int week = 0; week < 9; week++) {
                    long inspected = week == 4 ? 0 : 12;
                    points.add(new Point(inspected, Math.min(inspected, random.nextInt(6))));
                }
                series.add(new Series(points));
            }
            lines.add(new Timeline.Line(spelled(defect), series));
        }
        return new Timeline(LocalDate.parse("2026-05-02"), 7, sites, lines);
    }

    private List<Exhibit> exhibits() {
        List<Exhibit> exhibits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            exhibits.add(exhibit(i));
        }
        return exhibits;
    }

    private Exhibit exhibit(int number) {
        State state = State.values()[number % 3];
        boolean sound = state == State.SOUND;
        String defect = DEFECTS.get(number % DEFECTS.size());
        List<Described> top = new ArrayList<>();
        for (String name : DEFECTS) {
            top.add(new Described(spelled(name), true, 0.5 / (top.size() + 1)));
        }
        Finding finding = new Finding(
                state,
                sound ? Optional.empty() : Optional.of(spelled(defect)),
                sound ? Optional.empty() : Optional.of(spelled("severe")),
                spelled(sound ? "pass" : "reject"),
                spelled("The fruit shows severe green mould and a cut."),
                Optional.of(spelled("a red apple with a cut")),
                top);
        Truth truth = new Truth(List.of(spelled(defect), spelled("cut")), Optional.of(spelled("minor")));
        boolean wide = number % 2 == 0;
        return new Exhibit(
                "%064x".formatted(number),
                spelled("file:/photographs/" + number + ".jpg"),
                origin(),
                finding,
                number == 3 ? List.of() : words(),
                number == 5 ? Optional.empty() : Optional.of(truth),
                Optional.of(wide ? picture(480, 300) : picture(240, 480)),
                Optional.of(wide ? picture(192, 120) : picture(96, 192)),
                Optional.of(wide ? picture(448, 400) : picture(280, 560)),
                number == 4 ? Optional.empty() : Optional.of(picture(448, 400)));
    }

    private List<Word> words() {
        float[] grid = new float[12];
        grid[3] = 1;
        HeatMap lit = new HeatMap("red", Method.RELEVANCE, 3, 4, grid);
        HeatMap flat = new HeatMap("a", Method.RELEVANCE, 3, 4, new float[12]);
        return List.of(new Word(spelled("a"), 0.9, flat), new Word(spelled("red"), 0.25, lit));
    }

    private Origin origin() {
        return new Origin(
                Optional.of(spelled("apple")),
                Optional.of(spelled("north")),
                Optional.of(spelled("north-1")),
                Optional.of(spelled("N1-0612-B")),
                Optional.of(Instant.parse("2026-06-12T15:30:00Z")));
    }

    private Picture picture(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (80 * (i % 3) + i / 3 % width * 90 / width);
        }
        return new Picture(width, height, Jpeg.encode(new RgbImage(width, height, rgb), 0.8f));
    }

    private List<Score> scores() {
        List<Score> scores = new ArrayList<>();
        scores.add(score("images", "all", null, null, 297));
        for (String metric : List.of("top_defect_accuracy", "label_accuracy", "defective_accuracy", "auroc_margin")) {
            scores.add(score(metric, "all", null, null, 0.93));
        }
        scores.add(score("label_ece", "all", null, null, 0.031));
        for (String metric : List.of("defect_precision", "defect_recall", "defect_f1")) {
            scores.add(score(metric, "mean", null, null, 0.88));
            DEFECTS.forEach(defect -> scores.add(score(metric, "defect:" + spelled(defect), null, null, 0.9)));
        }
        for (String truth : DEFECTS) {
            for (String called : DEFECTS) {
                double count = truth.equals(called) ? 40 : 2;
                scores.add(score("confusion", "label:" + spelled(truth), spelled(called), null, count));
            }
        }
        for (int bin = 0; bin < 15; bin++) {
            double middle = (bin + 0.5) / 15;
            scores.add(score("label_reliability", "bin:%02d".formatted(bin), "range", null, middle * middle));
            scores.add(score("label_confidence", "bin:%02d".formatted(bin), "range", null, middle));
        }
        for (String metric : List.of("pointing_game", "energy_inside", "iou_half", "pixel_auroc", "sanity_float64")) {
            for (String method : METHODS) {
                scores.add(score(metric, "all", null, method, 0.2 + 0.6 * random.nextDouble()));
                scores.add(score(metric, "defect:" + spelled("scab"), null, method, 0.5));
            }
        }
        return scores;
    }

    private static Score score(String metric, String slice, String detail, String method, double value) {
        boolean share = value <= 1;
        return new Score(
                metric,
                slice,
                Optional.ofNullable(detail),
                Optional.ofNullable(method),
                OptionalDouble.of(value),
                share ? OptionalDouble.of(Math.max(0, value - 0.05)) : OptionalDouble.empty(),
                share ? OptionalDouble.of(Math.min(1, value + 0.05)) : OptionalDouble.empty(),
                share ? 40 : (long) value);
    }
}
