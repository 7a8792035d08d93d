package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.col;

import io.blemish.clip.Clip;
import io.blemish.jobs.evaluate.CaptionCorpus.Speaker;
import io.blemish.metrics.ClipScore;
import io.blemish.metrics.Estimate;
import io.blemish.udfs.FloatColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * CLIPScore and RefCLIPScore of some images, whose texts the text tower embeds on the driver: each different text once,
 * cut where the tower's positions end.
 */
final class CaptionClipScores {
    private final Clip clip;
    private final Findings findings;
    private final Map<Speaker, Means> means = new TreeMap<>();

    CaptionClipScores(Clip clip, Findings findings) {
        this.clip = clip;
        this.findings = findings;
    }

    /** Sums of both scores and of their squares, and of how many. */
    private static final class Means {
        private final double[] score = new double[3];
        private final double[] withReferences = new double[3];

        private static void add(double[] sums, double value) {
            sums[0] += value;
            sums[1] += value * value;
            sums[2]++;
        }

        private static Estimate mean(double[] sums) {
            return Estimate.mean(sums[0], sums[1], (long) sums[2]);
        }
    }

    /**
     * Adds the means.
     *
     * @param images of {@link Captions#withCandidates}
     * @param most how many are measured: those with the smallest image_ids, which are as good as drawn by lot
     */
    void add(Dataset<Row> images, int most) {
        List<Row> rows = images.where(col("embedding").isNotNull())
                .orderBy("image_id")
                .limit(most)
                .select("embedding", "references", "candidates")
                .collectAsList();
        Map<String, float[]> texts = embed(rows);
        rows.forEach(row -> measure(row, texts));
        means.forEach((speaker, sums) -> {
            String slice = Findings.captioner(speaker.captioner());
            findings.add("clip_score", slice, null, speaker.method(), Means.mean(sums.score));
            if (sums.withReferences[2] > 0) {
                findings.add("ref_clip_score", slice, null, speaker.method(), Means.mean(sums.withReferences));
            }
        });
    }

    private Map<String, float[]> embed(List<Row> rows) {
        Set<String> texts = new LinkedHashSet<>();
        for (Row row : rows) {
            texts.addAll(references(row));
            row.<Row>getList(2).forEach(candidate -> texts.add(candidate.getString(2)));
        }
        List<String> ordered = new ArrayList<>(texts);
        float[][] embeddings = clip.describe(
                ordered.stream().map(text -> List.of(ClipScore.PROMPT + text)).toList());
        Map<String, float[]> byText = new HashMap<>();
        for (int i = 0; i < embeddings.length; i++) {
            byText.put(ordered.get(i), embeddings[i]);
        }
        return byText;
    }

    private static List<String> references(Row row) {
        return row.isNullAt(1) ? List.of() : row.getList(1);
    }

    private void measure(Row row, Map<String, float[]> texts) {
        float[] image = FloatColumn.of(row.<Float>getList(0));
        List<float[]> references = references(row).stream().map(texts::get).toList();
        for (Row candidate : row.<Row>getList(2)) {
            float[] caption = texts.get(candidate.getString(2));
            Means sums = means.computeIfAbsent(
                    new Speaker(candidate.getString(0), candidate.getString(1)), none -> new Means());
            Means.add(sums.score, ClipScore.of(image, caption));
            if (!references.isEmpty()) {
                Means.add(sums.withReferences, ClipScore.withReferences(image, caption, references));
            }
        }
    }
}
