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

/** Measures of captions as a person reads them: for each captioner a table, with what it must beat below it. */
final class CaptionText {
    private static final String CAPTIONER = Findings.captioner("");
    private static final int SHORT_ID = 12;

    private static final Map<String, String> MEASURES = measures();

    private static final Map<String, String> METHODS = Map.of(
            Captions.SUMMARY, "composed summary",
            Captions.MOST_FREQUENT, "most frequent reference",
            Captions.NEAREST, "reference of the nearest image");

    private final Findings findings;

    CaptionText(Findings findings) {
        this.findings = findings;
    }

    private static Map<String, String> measures() {
        Map<String, String> measures = new LinkedHashMap<>();
        measures.put("bleu_1", "BLEU-1");
        measures.put("bleu_4", "BLEU-4");
        measures.put("rouge_l", "ROUGE-L");
        measures.put("cider_d", "CIDEr-D");
        measures.put("clip_score", "CLIPScore");
        measures.put("ref_clip_score", "RefCLIPScore");
        measures.put("caption_defect_accuracy", "defect named");
        measures.put("caption_label_accuracy", "or sound");
        measures.put("distinct_captions", "distinct");
        return measures;
    }

    List<EvaluationText.Table> tables() {
        List<EvaluationText.Table> tables = new ArrayList<>();
        for (Finding captioner : findings.of("distinct_captions")) {
            tables.add(new EvaluationText.Table(
                    "Captions of " + shortened(captioner.slice()) + ", and what they must beat",
                    rows(captioner.slice())));
        }
        return tables;
    }

    private static String shortened(String slice) {
        String id = slice.substring(CAPTIONER.length());
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    private List<List<String>> rows(String slice) {
        List<String> shown = new ArrayList<>();
        Set<String> methods = new LinkedHashSet<>();
        List<String> heading = new ArrayList<>(List.of(""));
        MEASURES.forEach((metric, words) -> findings.of(metric).stream()
                .filter(finding -> finding.slice().equals(slice))
                .forEach(finding -> {
                    methods.add(finding.method());
                    if (!shown.contains(metric)) {
                        shown.add(metric);
                        heading.add(words);
                    }
                }));
        List<List<String>> rows = new ArrayList<>(List.of(heading));
        for (String method : methods) {
            List<String> row =
                    new ArrayList<>(List.of(method == null ? "captions" : METHODS.getOrDefault(method, method)));
            for (String metric : shown) {
                Optional<Estimate> estimate = findings.find(metric, slice, method);
                row.add(estimate.map(known -> value(known.value())).orElse(""));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String value(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
