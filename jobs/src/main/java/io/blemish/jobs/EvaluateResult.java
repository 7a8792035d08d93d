package io.blemish.jobs;

import io.blemish.jobs.evaluate.EvaluationText;
import io.blemish.jobs.evaluate.Findings;
import io.blemish.jobs.evaluate.LeftOut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found.
 *
 * @param subject what was evaluated, in one phrase
 * @param images images with a label and an inspection
 * @param pairs pairs of image and defect whose heat maps were held against a mask
 * @param captions captioned images that people have described too
 * @param leftOut what could not be evaluated: the reason, and how many
 * @param unmapped words of the truths that mean nothing in the knowledge base, the most frequent of them
 * @param findings the measures
 */
public record EvaluateResult(
        String subject,
        long images,
        long pairs,
        long captions,
        Map<LeftOut, Long> leftOut,
        Map<String, Long> unmapped,
        Findings findings) {
    public EvaluateResult {
        leftOut = new LinkedHashMap<>(leftOut);
        unmapped = new LinkedHashMap<>(unmapped);
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("images", images);
        run.count("pairs", pairs);
        run.count("captions", captions);
        run.count("measures", findings.all().size());
        leftOut.forEach((reason, number) -> run.count(reason.count(), number));
        run.imagesDone(images);
    }

    /** The measures as a person reads them. */
    String text() {
        List<String> lines = new ArrayList<>();
        for (EvaluationText.Table table : new EvaluationText(findings).tables()) {
            lines.add(table.title());
            TextTable text = new TextTable();
            for (List<String> row : table.rows()) {
                List<String> indented = new ArrayList<>(row);
                indented.set(0, "  " + row.get(0));
                text.row(indented);
            }
            lines.addAll(text.lines());
            lines.add("");
        }
        return String.join(System.lineSeparator(), lines);
    }

    /** What a person is told in the end. */
    Summary summary(String warehouse) {
        Summary summary = Summary.titled("Evaluated " + subject + " in " + warehouse)
                .with("images", images, "with a label and an inspection")
                .with("masks", pairs, "pairs of image and defect")
                .with("measures", findings.all().size(), "in the table evaluations");
        if (captions > 0) {
            summary = summary.with("captions", captions, "images with a caption and references");
        }
        for (Map.Entry<LeftOut, Long> entry : leftOut.entrySet()) {
            if (entry.getValue() > 0) {
                String words = entry.getKey() == LeftOut.UNMAPPED ? String.join(", ", unmapped.keySet()) + ": " : "";
                summary = summary.with(
                        entry.getKey().what(),
                        entry.getValue(),
                        words + entry.getKey().remark());
            }
        }
        return summary.next("blemish sql 'SELECT * FROM current_evaluations' --warehouse " + warehouse);
    }
}
