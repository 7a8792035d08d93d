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
 * Inspects images group by group: decodes each into its slot of one reused buffer, runs the model once for each full buffer of those that
 * could be decoded, has the whole group captioned at once, and makes a row of each, in the order in which they came. An image that fails
 * leaves no slot behind: every other image's results are found by its own slot number.
 *
 * <p>Not thread-safe; one for each task.
 */
final class BatchInspector {
    private final int batchSize;
    private final int group;
    private final int cropBytes;
    private final CropSource crops;
    private final ImageModel model;
    private final Optional<CaptionModel> captions;
    private final InspectionRows rows;
    private final StageClock clock;
    private final byte[] pixels;

    private final List<Pending> pending = new ArrayList<>();
    private final List<ImageModel.Findings> findings = new ArrayList<>();
    private int unseen;

    BatchInspector(
            Shape shape,
            CropSource crops,
            ImageModel model,
            Optional<CaptionModel> captions,
            InspectionRows rows,
            StageClock clock) {
        this.batchSize = shape.images();
        this.group =
                Math.max(batchSize, captions.map(CaptionModel::imagesAtOnce).orElse(batchSize));
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

    /** An image of the group: its slot and geometry, or why it has none. */
    private record Pending(Row metadata, int slot, CropGeometry geometry, ImageRejectedException rejection) {}

    /** True when the next image belongs to the next group. */
    boolean full() {
        return pending.size() >= group;
    }

    /** Decodes an image into the group, and runs the model when a batch is full; the image's bytes are not kept. */
    void add(Row image) throws Exception {
        Row metadata = InspectionRows.metadata(image);
        try {
            CropGeometry geometry = crops.crop(image, pixels, unseen * cropBytes);
            pending.add(new Pending(metadata, findings.size() + unseen, geometry, null));
            unseen++;
        } catch (ImageRejectedException e) {
            pending.add(new Pending(metadata, -1, null, e));
        }
        if (unseen == batchSize) {
            look();
        }
    }

    /** Runs the models on what is left of the group, and returns a row for each of its images. The group is empty afterwards. */
    List<Row> finish() throws Exception {
        if (unseen > 0) {
            look();
        }
        List<Captioned> captioned = captioned();
        clock.enter(Stage.LABEL);
        clock.measures().add(Count.FORWARDS, findings.size());
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
        findings.clear();
        return finished;
    }

    private void look() throws Exception {
        List<ImageModel.Findings> seen = model.inspect(pixels, unseen);
        if (seen.size() != unseen) {
            throw new InternalException(seen.size() + " results came back for " + unseen + " images");
        }
        findings.addAll(seen);
        unseen = 0;
    }

    /** What is written about each image in a slot; nothing without a captioner. */
    private List<Captioned> captioned() throws InterruptedException {
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
        String error = InspectionRows.error(findings.similarities());
        if (error != null) {
            return failed(image, error);
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
