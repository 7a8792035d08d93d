package io.blemish.jobs.evaluate;

import io.blemish.jobs.evaluate.Findings.Finding;
import io.blemish.metrics.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An evaluation as a person reads it: tables of its most telling measures; the rest is in {@code evaluations}. */
public final class EvaluationText {
    private static final Map<String, String> LABEL_MEASURES = inOrder(
            "top_defect_accuracy", "most probable defect is true",
            "defect_accuracy", "defect called is true",
            "label_accuracy", "label called is true",
            "defective_accuracy", "defective or sound is right",
            "auroc_probability", "AUROC of P(defective)",
            "auroc_margin", "AUROC of the margin",
            "best_threshold", "best threshold of P(defective)",
            "defective_brier", "Brier score of P(defective)",
            "defective_ece", "calibration error of P(defective)",
            "label_ece", "calibration error of the best label");

    private static final Map<String, String> MAP_MEASURES = inOrder(
            "pointing_game", "points right",
            "pointing_game_15px", "within 15 px",
            "energy_inside", "energy inside",
            "iou_half", "IoU at half",
            "iou_best", "best IoU",
            "pixel_auroc", "pixel AUROC",
            "insertion_auc", "insertion",
            "deletion_auc", "deletion");

    private static final Map<String, String> SANITY_MEASURES = inOrder(
            "sanity_randomised_block", "last blocks shuffled",
            "sanity_shuffled_prompt", "another description",
            "sanity_float64", "float32 against float64");

    private final Findings findings;

    /** The text of what was found. */
    public EvaluationText(Findings findings) {
        this.findings = findings;
    }

    /** The tables that have anything in them, each after a line that says what it shows. */
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        labels().ifPresent(tables::add);
        defects().ifPresent(tables::add);
        confusion().ifPresent(tables::add);
        byMethod(
                        "Heat maps against masks, over all pairs of image and defect (deletion: lower is better)",
                        MAP_MEASURES)
                .ifPresent(tables::add);
        pointing().ifPresent(tables::add);
        byMethod("Correlation of heat maps (low, low, 1: the map means something)", SANITY_MEASURES)
                .ifPresent(tables::add);
        tables.addAll(new CaptionText(findings).tables());
        return tables;
    }

    /**
     * One table.
     *
     * @param title what it shows
     * @param rows of cells, the first of them the heading
     */
    public record Table(String title, List<List<String>> rows) {}

    private Optional<Table> labels() {
        List<List<String>> rows = new ArrayList<>();
        LABEL_MEASURES.forEach((metric, words) -> findings.find(metric, Findings.ALL)
                .filter(estimate -> estimate.n() > 0)
                .ifPresent(estimate ->
                        rows.add(List.of(words, value(estimate), interval(estimate), Long.toString(estimate.n())))));
        String sound = count(Findings.label("sound"));
        String defective = count(Findings.label("defective"));
        return table(
                "Labels: " + sound + " sound and " + defective + " defective images",
                List.of("", "value", "95 % interval", "n"),
                rows);
    }

    private String count(String slice) {
        return findings.find("images", slice)
                .map(estimate -> String.format(Locale.ROOT, "%,d", estimate.n()))
                .orElse("0");
    }

    private Optional<Table> defects() {
        List<List<String>> rows = new ArrayList<>();
        for (Finding recall : findings.of("defect_recall")) {
            String name = name(recall.slice());
            rows.add(List.of(
                    name,
                    Long.toString(recall.estimate().n()),
                    value(findings.find("defect_precision", recall.slice()).orElseThrow()),
                    value(recall.estimate()),
                    value(findings.find("defect_f1", recall.slice()).orElseThrow())));
        }
        return table("Defects", List.of("", "images", "precision", "recall", "F1"), rows);
    }

    private Optional<Table> confusion() {
        Set<String> labels = new TreeSet<>();
        Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        for (Finding cell : findings.of("confusion")) {
            String truth = name(cell.slice());
            labels.add(truth);
            labels.add(cell.detail());
            counts.computeIfAbsent(truth, none -> new LinkedHashMap<>())
                    .put(cell.detail(), cell.estimate().n());
        }
        List<String> columns = List.copyOf(labels);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            List<String> row = new ArrayList<>(List.of((i + 1) + " " + columns.get(i)));
            for (String called : columns) {
                Long count = counts.getOrDefault(columns.get(i), Map.of()).get(called);
                row.add(count == null ? "." : count.toString());
            }
            rows.add(row);
        }
        List<String> heading = new ArrayList<>(List.of("true, and called"));
        for (int i = 0; i < columns.size(); i++) {
            heading.add(Integer.toString(i + 1));
        }
        return table("Confusion (sound images, and those with one defect)", heading, rows);
    }

    private Optional<Table> byMethod(String title, Map<String, String> measures) {
        List<String> heading = new ArrayList<>(List.of(""));
        List<String> shown = new ArrayList<>();
        Set<String> methods = new LinkedHashSet<>();
        measures.forEach((metric, words) -> {
            List<Finding> found = findings.of(metric);
            if (!found.isEmpty()) {
                heading.add(words);
                shown.add(metric);
                found.forEach(finding -> methods.add(finding.method()));
            }
        });
        heading.add("n");
        List<List<String>> rows = new ArrayList<>();
        for (String method : methods) {
            List<String> row = new ArrayList<>(List.of(method));
            long n = 0;
            for (String metric : shown) {
                Optional<Estimate> estimate = findings.find(metric, Findings.ALL, method);
                row.add(estimate.map(EvaluationText::value).orElse(""));
                n = Math.max(n, estimate.map(Estimate::n).orElse(0L));
            }
            row.add(Long.toString(n));
            rows.add(row);
        }
        return table(title, heading, rows);
    }

    /** The pointing game by defect: a column for each method. */
    private Optional<Table> pointing() {
        Set<String> methods = new LinkedHashSet<>();
        Set<String> slices = new LinkedHashSet<>();
        for (Finding finding : findings.of("pointing_game")) {
            methods.add(finding.method());
            if (!finding.slice().equals(Findings.ALL)) {
                slices.add(finding.slice());
            }
        }
        List<String> heading = new ArrayList<>(List.of("", "pairs"));
        heading.addAll(methods);
        List<List<String>> rows = new ArrayList<>();
        for (String slice : slices) {
            List<String> row = new ArrayList<>(List.of(name(slice), ""));
            for (String method : methods) {
                Optional<Estimate> estimate = findings.find("pointing_game", slice, method);
                estimate.ifPresent(known -> row.set(1, Long.toString(known.n())));
                row.add(estimate.map(EvaluationText::value).orElse(""));
            }
            rows.add(row);
        }
        return table("Pointing game by defect", heading, rows);
    }

    private static Optional<Table> table(String title, List<String> heading, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> all = new ArrayList<>(List.of(heading));
        all.addAll(rows);
        return Optional.of(new Table(title, all));
    }

    private static String name(String slice) {
        return slice.substring(slice.indexOf(':') + 1);
    }

    private static String value(Estimate estimate) {
        return Double.isNaN(estimate.value()) ? "-" : String.format(Locale.ROOT, "%.3f", estimate.value());
    }

    private static String interval(Estimate estimate) {
        return Double.isNaN(estimate.low())
                ? ""
                : String.format(Locale.ROOT, "%.3f to %.3f", estimate.low(), estimate.high());
    }

    private static Map<String, String> inOrder(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
