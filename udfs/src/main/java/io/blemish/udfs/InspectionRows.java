package io.blemish.udfs;

import io.blemish.explain.Method;
import io.blemish.image.Region;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.Label;
import io.blemish.knowledge.Labeller;
import io.blemish.knowledge.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Makes rows of {@link InspectionSchema#OUTPUT} of rows of {@link InspectionSchema#INPUT}. */
final class InspectionRows {
    private static final int IMAGE_ID = InspectionSchema.INPUT.fieldIndex("image_id");
    private static final int URI = InspectionSchema.INPUT.fieldIndex("uri");
    private static final int CONTENT = InspectionSchema.INPUT.fieldIndex("content");
    private static final int METADATA_COLUMNS = InspectionSchema.METADATA.length();

    private final KnowledgeBase base;
    private final Labeller labeller;

    InspectionRows(KnowledgeBase base, Labeller labeller) {
        this.base = base;
        this.labeller = labeller;
    }

    /** The image of a row of metadata, or of what is read. */
    static String imageId(Row image) {
        return image.getString(IMAGE_ID);
    }

    static String uri(Row image) {
        return image.getString(URI);
    }

    /** The bytes of the image; null when it is kept by reference. */
    static byte[] content(Row image) {
        return image.isNullAt(CONTENT) ? null : image.getAs(CONTENT);
    }

    /** The columns that are handed through. */
    static Row metadata(Row image) {
        Object[] values = new Object[METADATA_COLUMNS];
        for (int i = 0; i < METADATA_COLUMNS; i++) {
            values[i] = image.get(i);
        }
        return RowFactory.create(values);
    }

    /** Why an image cannot be labelled by its similarities; null when it can. */
    static String error(float[] similarities) {
        for (float similarity : similarities) {
            if (!Float.isFinite(similarity)) {
                return "not_finite: the model computed " + similarity + " for this image";
            }
        }
        return null;
    }

    /** The row of an image that could not be inspected. */
    Row failed(Row metadata, String error) {
        return row(metadata, "failed", error);
    }

    /**
     * The row of an inspected image.
     *
     * @param captioned what was written about it; empty without a captioner
     */
    Row inspected(Row metadata, ImageModel.Findings findings, Region region, Optional<Captioned> captioned) {
        Label label = labeller.label(findings.similarities());
        Integer side = mapSide(findings);
        return row(
                metadata,
                "ok",
                null,
                label.defective(),
                label.defect(),
                label.severity(),
                label.margin(),
                label.verdict(),
                label.summary(),
                top(label),
                maps(findings),
                side,
                side,
                RowFactory.create(region.x(), region.y(), region.width(), region.height()),
                findings.embedding(),
                captioned.map(written -> written.best().text()).orElse(null),
                captioned.map(written -> written.best().logProbability()).orElse(null),
                captioned.map(Captioned::clipScore).orElse(null),
                captioned.map(Captioned::rows).orElse(null));
    }

    private static Row row(Row metadata, Object... learned) {
        Object[] values = new Object[InspectionSchema.OUTPUT.length()];
        for (int i = 0; i < METADATA_COLUMNS; i++) {
            values[i] = metadata.get(i);
        }
        System.arraycopy(learned, 0, values, METADATA_COLUMNS, learned.length);
        return RowFactory.create(values);
    }

    private static Row[] top(Label label) {
        List<Scored> top = label.top();
        Row[] rows = new Row[top.size()];
        for (int rank = 0; rank < rows.length; rank++) {
            Scored scored = top.get(rank);
            rows[rank] = RowFactory.create(
                    scored.name(), scored.isDefect(), scored.probability(), scored.similarity(), scored.severity());
        }
        return rows;
    }

    private Row[] maps(ImageModel.Findings findings) {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<Method, float[][]> method : findings.maps().entrySet()) {
            for (int rank = 0; rank < findings.top().length; rank++) {
                String description =
                        base.descriptions().get(findings.top()[rank]).name();
                rows.add(RowFactory.create(description, method.getKey().label(), method.getValue()[rank]));
            }
        }
        return rows.toArray(new Row[0]);
    }

    /** Patches on a side of the square crop; null when no maps were made. */
    private static Integer mapSide(ImageModel.Findings findings) {
        for (float[][] grids : findings.maps().values()) {
            if (grids.length > 0) {
                return side(grids[0]);
            }
        }
        return null;
    }

    /** Patches on a side of the square crop that a grid covers. */
    static int side(float[] grid) {
        return (int) Math.round(Math.sqrt(grid.length));
    }
}
