package io.blemish.udfs;

import io.blemish.error.InternalException;
import io.blemish.image.CropGeometry;
import io.blemish.image.ImageRejectedException;
import io.blemish.udfs.InspectorMeasures.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Inspects images batch by batch: decodes each into its slot of one reused buffer, runs the model once for those that
 * could be decoded, and makes a row of each, in the order in which they came. An image that fails leaves no slot
 * behind: every other image's results are found by its own slot number.
 *
 * <p>Not thread-safe; one for each task.
 */
final class BatchInspector {
    private final int batchSize;
    private final int cropBytes;
    private final CropSource crops;
    private final ImageModel model;
    private final Optional<CaptionModel> captions;
    private final InspectionRows rows;
    private final StageClock clock;
    private final byte[] pixels;

    private final List<Pending> pending = new ArrayList<>();
    private int slots;

    BatchInspector(
            Shape shape,
            CropSource crops,
            ImageModel model,
            Optional<CaptionModel> captions,
            InspectionRows rows,
            StageClock clock) {
        this.batchSize = shape.images();
        this.cropBytes = 3 * shape.side() * shape.side();
        this.crops = crops;
        this.model = model;
        this.captions = captions;
        this.rows = rows;
        this.clock = clock;
        this.pixels = new byte[batchSize * cropBytes];
    }

    /** A batch: so many crops of so many pixels a side. */
    record Shape(int images, int side) {}

    /** An image of the batch: its slot and geometry, or why it has none. */
    private record Pending(Row metadata, int slot, CropGeometry geometry, ImageRejectedException rejection) {}

    /** True when the next image belongs to the next batch. */
    boolean full() {
        return pending.size() == batchSize;
    }

    /** Decodes an image into the batch; its bytes are not kept. */
    void add(Row image) {
        Row metadata = InspectionRows.metadata(image);
        try {
            pending.add(new Pending(metadata, slots, crops.crop(image, pixels, slots * cropBytes), null));
            slots++;
        } catch (ImageRejectedException e) {
            pending.add(new Pending(metadata, -1, null, e));
        }
    }

    /** Runs the model on the batch, and returns a row for each of its images. The batch is empty afterwards. */
    List<Row> finish() throws Exception {
        List<ImageModel.Findings> findings = slots == 0 ? List.of() : model.inspect(pixels, slots);
        if (findings.size() != slots) {
            throw new InternalException(findings.size() + " results came back for " + slots + " images");
        }
        List<Captioned> captioned = captioned(findings);
        clock.enter(Stage.LABEL);
        clock.measures().add(Count.FORWARDS, slots);
        List<Row> finished = new ArrayList<>(pending.size());
        for (Pending image : pending) {
            if (image.rejection() != null) {
                finished.add(rejected(image));
                continue;
            }
            Optional<Captioned> written =
                    captions.isPresent() ? Optional.of(captioned.get(image.slot())) : Optional.empty();
            finished.add(inspected(image, findings.get(image.slot()), written));
        }
        pending.clear();
        slots = 0;
        return finished;
    }

    /** What is written about each image in a slot; nothing without a captioner. */
    private List<Captioned> captioned(List<ImageModel.Findings> findings) throws InterruptedException {
        if (captions.isEmpty()) {
            return List.of();
        }
        List<String> ids = pending.stream()
                .filter(image -> image.rejection() == null)
                .map(image -> InspectionRows.imageId(image.metadata()))
                .toList();
        float[][] embeddings = findings.stream().map(BatchInspector::finite).toArray(float[][]::new);
        return captions.get().caption(ids, embeddings);
    }

    /** The embedding; nothing where it is not finite, since one image that will fail must not fail the batch. */
    private static float[] finite(ImageModel.Findings findings) {
        float[] embedding = findings.embedding();
        for (float value : embedding) {
            if (!Float.isFinite(value)) {
                return new float[embedding.length];
            }
        }
        return embedding;
    }

    private Row inspected(Pending image, ImageModel.Findings findings, Optional<Captioned> captioned) {
        for (float similarity : findings.similarities()) {
            if (!Float.isFinite(similarity)) {
                return failed(image, "not_finite: the model computed " + similarity + " for this image");
            }
        }
        clock.measures().add(Count.OK, 1);
        return rows.inspected(image.metadata(), findings, image.geometry().region(), captioned);
    }

    private Row rejected(Pending image) {
        return failed(
                image,
                image.rejection().code().code() + ": " + image.rejection().getMessage());
    }

    private Row failed(Pending image, String error) {
        clock.measures().add(Count.FAILED, 1);
        return rows.failed(image.metadata(), error);
    }
}
