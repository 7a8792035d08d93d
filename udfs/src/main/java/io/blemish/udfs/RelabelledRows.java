package io.blemish.udfs;

import io.blemish.knowledge.Label;
import io.blemish.knowledge.Scored;
import io.blemish.udfs.InspectorMeasures.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/** Makes rows of {@link InspectionSchema#OUTPUT} of rows of {@link InspectionSchema#STORED}. Not thread-safe; one for each task. */
final class RelabelledRows {
    private static final StructField[] STORED = InspectionSchema.STORED.fields();
    private static final int IMAGE_ID = InspectionSchema.STORED.fieldIndex("image_id");
    private static final int EMBEDDING = InspectionSchema.STORED.fieldIndex("embedding");
    private static final int CAPTION = InspectionSchema.STORED.fieldIndex("caption");
    private static final int WIDTH = InspectionSchema.OUTPUT.length();
    private static final int[] KEPT = placesOfStored();
    private static final int STATUS = place("status");
    private static final int ERROR = place("error");
    private static final UTF8String FAILED = UTF8String.fromString("failed");

    private final EmbeddingLabeller labeller;
    private final Optional<CaptionModel> captions;
    private final StageClock clock;

    /** Names of descriptions and severities: there are few, and each would be encoded for every image. */
    private final Map<String, UTF8String> names = new HashMap<>();

    RelabelledRows(EmbeddingLabeller labeller, Optional<CaptionModel> captions, StageClock clock) {
        this.labeller = labeller;
        this.captions = captions;
        this.clock = clock;
    }

    private static int place(String column) {
        return InspectionSchema.OUTPUT.fieldIndex(column);
    }

    /** Where each stored column but the embedding, which is the last, goes. */
    private static int[] placesOfStored() {
        int[] places = new int[EMBEDDING];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(STORED[i].name());
        }
        return places;
    }

    /** A row for each of a batch, in order. */
    List<InternalRow> of(List<InternalRow> stored) throws InterruptedException {
        List<InternalRow> seen =
                stored.stream().filter(row -> !row.isNullAt(EMBEDDING)).toList();
        float[][] embeddings =
                seen.stream().map(row -> row.getArray(EMBEDDING).toFloatArray()).toArray(float[][]::new);
        clock.enter(Stage.LABEL);
        List<EmbeddingLabeller.Result> results = labeller.label(embeddings);
        Optional<Iterator<Captioned>> written = captioned(seen, embeddings, results);
        clock.enter(Stage.LABEL);
        Iterator<EmbeddingLabeller.Result> labels = results.iterator();
        List<InternalRow> rows = new ArrayList<>(stored.size());
        int failed = 0;
        for (InternalRow row : stored) {
            Object[] values = kept(row);
            if (!row.isNullAt(EMBEDDING)) {
                put(values, labels.next(), written.map(Iterator::next));
            }
            failed += FAILED.equals(values[STATUS]) ? 1 : 0;
            rows.add(new GenericInternalRow(values));
        }
        clock.measures().add(Count.FAILED, failed);
        clock.measures().add(Count.OK, (long) rows.size() - failed);
        return rows;
    }

    /** What is written about each image; of one without a label nothing is used, and it must not fail the batch. */
    private Optional<Iterator<Captioned>> captioned(
            List<InternalRow> seen, float[][] embeddings, List<EmbeddingLabeller.Result> results)
            throws InterruptedException {
        if (captions.isEmpty()) {
            return Optional.empty();
        }
        for (int image = 0; image < embeddings.length; image++) {
            if (!results.get(image).isLabelled()) {
                embeddings[image] = new float[embeddings[image].length];
            }
        }
        return Optional.of(captions.get().caption(ids(seen), embeddings).iterator());
    }

    private static List<String> ids(List<InternalRow> rows) {
        return rows.stream().map(row -> row.getUTF8String(IMAGE_ID).toString()).toList();
    }

    private static Object[] kept(InternalRow stored) {
        Object[] values = new Object[WIDTH];
        for (int i = 0; i < KEPT.length; i++) {
            values[KEPT[i]] = stored.isNullAt(i) ? null : stored.get(i, STORED[i].dataType());
        }
        return values;
    }

    private void put(Object[] values, EmbeddingLabeller.Result result, Optional<Captioned> written) {
        if (!result.isLabelled()) {
            values[STATUS] = FAILED;
            values[ERROR] = UTF8String.fromString(result.error());
            for (int i = CAPTION; i < KEPT.length; i++) {
                values[KEPT[i]] = null;
            }
            return;
        }
        put(values, result.label());
        if (written.isPresent()) {
            put(values, written.get());
            clock.measures().add(Count.CAPTIONED, 1);
        }
    }

    private void put(Object[] values, Label label) {
        values[Place.DEFECTIVE] = label.defective();
        values[Place.DEFECT] = name(label.defect());
        values[Place.SEVERITY] = name(label.severity());
        values[Place.MARGIN] = label.margin();
        values[Place.VERDICT] = name(label.verdict());
        values[Place.SUMMARY] = UTF8String.fromString(label.summary());
        values[Place.TOP] = top(label.top());
    }

    private ArrayData top(List<Scored> top) {
        Object[] rows = new Object[top.size()];
        for (int rank = 0; rank < rows.length; rank++) {
            Scored scored = top.get(rank);
            rows[rank] = new GenericInternalRow(new Object[] {
                name(scored.name()),
                scored.isDefect(),
                scored.probability(),
                scored.similarity(),
                name(scored.severity())
            });
        }
        return new GenericArrayData(rows);
    }

    private static void put(Object[] values, Captioned written) {
        values[Place.CAPTION] = UTF8String.fromString(written.best().text());
        values[Place.CAPTION_LOGPROB] = written.best().logProbability();
        values[Place.CLIP_SCORE] = written.clipScore();
        values[Place.CAPTIONS] = new GenericArrayData(written.captions().stream()
                .map(caption -> new GenericInternalRow(
                        new Object[] {UTF8String.fromString(caption.text()), caption.logProbability()}))
                .toArray());
    }

    private UTF8String name(String text) {
        return text == null ? null : names.computeIfAbsent(text, UTF8String::fromString);
    }

    /** Columns that are made anew. */
    private static final class Place {
        private static final int DEFECTIVE = place("defective");
        private static final int DEFECT = place("defect");
        private static final int SEVERITY = place("severity");
        private static final int MARGIN = place("margin");
        private static final int VERDICT = place("verdict");
        private static final int SUMMARY = place("summary");
        private static final int TOP = place("top");
        private static final int CAPTION = place("caption");
        private static final int CAPTION_LOGPROB = place("caption_logprob");
        private static final int CLIP_SCORE = place("clip_score");
        private static final int CAPTIONS = place("captions");
    }
}
