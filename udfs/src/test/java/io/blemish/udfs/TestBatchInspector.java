package io.blemish.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.InternalException;
import io.blemish.explain.Method;
import io.blemish.image.CropGeometry;
import io.blemish.image.CropRounding;
import io.blemish.image.ImageRejectedException;
import io.blemish.image.RejectCode;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.LabelOptions;
import io.blemish.knowledge.Labeller;
import io.blemish.udfs.InspectorMeasures.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

/** The bookkeeping around the model, with a model whose answers tell which crop they belong to. */
class TestBatchInspector {
    private static final int SIDE = 2;
    private static final int BATCH = 4;
    private static final KnowledgeBase BASE = KnowledgeBase.parse("""
        {"name": "fruit", "subject": "orange", "templates": ["a photo of {}"],
         "sound": [{"name": "fresh", "phrase": "fresh", "prompts": ["a fresh orange"]}],
         "defects": [{"name": "mould", "phrase": "mould", "prompts": ["a mouldy orange"]}]}
        """);

    private final InspectorMeasures measures = new InspectorMeasures(name -> new LongAccumulator());
    private final StageClock clock = new StageClock(measures);
    private final List<Integer> batches = new ArrayList<>();

    // Law: whatever images fail, every other image has the results that it has alone.
    @Test
    void holesDoNotShiftTheNeighbours() {
        Random random = new Random(11);
        for (int trial = 0; trial < 200; trial++) {
            List<Row> images = IntStream.range(0, random.nextInt(3 * BATCH))
                    .mapToObj(i -> image((byte) i, random.nextInt(3) == 0))
                    .toList();

            List<Row> rows = inspect(images);

            assertThat(rows).hasSameSizeAs(images);
            for (int i = 0; i < images.size(); i++) {
                assertThat(text(rows.get(i)))
                        .isEqualTo(text(inspect(List.of(images.get(i))).get(0)));
                assertThat(imageId(rows.get(i))).isEqualTo(imageId(images.get(i)));
            }
        }
    }

    @Test
    void imageIsDescribedByItsOwnResults() {
        Row row =
                inspect(List.of(image((byte) 1, true), image((byte) 2, false))).get(1);

        assertThat(value(row, "status")).isEqualTo("ok");
        assertThat((float[]) value(row, "embedding")).containsExactly(2);
        assertThat(value(row, "defective")).isEqualTo(true);
        assertThat(value(row, "defect")).isEqualTo("mould");
        assertThat(((Row[]) value(row, "top"))[0].getString(0)).isEqualTo("mould");
        Row map = ((Row[]) value(row, "maps"))[0];
        assertThat(map.getString(0)).isEqualTo("mould");
        assertThat(map.getString(1)).isEqualTo("relevance");
        assertThat((float[]) map.get(2)).containsExactly(2, 0, 0, 0);
        assertThat(value(row, "map_rows")).isEqualTo(2);
        assertThat(value(row, "region")).isEqualTo(RowFactory.create(0.0, 0.0, 4.0, 4.0));
    }

    @Test
    void failedImageHasItsReasonAndNothingElse() {
        Row row = inspect(List.of(image((byte) 1, true))).get(0);

        assertThat(value(row, "status")).isEqualTo("failed");
        assertThat(value(row, "error")).isEqualTo("truncated: it ends in the middle");
        for (String column : List.of("defective", "verdict", "summary", "top", "maps", "region", "embedding")) {
            assertThat(value(row, column)).as(column).isNull();
        }
        assertThat(batches).isEmpty();
    }

    @Test
    void scoresThatAreNotNumbersFailTheImageAlone() {
        List<Row> rows = inspect(List.of(image((byte) 1, false), image((byte) 99, false)));

        assertThat(value(rows.get(0), "status")).isEqualTo("ok");
        assertThat(value(rows.get(1), "error")).isEqualTo("not_finite: the model computed NaN for this image");
    }

    @Test
    void everyImageIsForwardedOnce() {
        inspect(IntStream.range(0, 10).mapToObj(i -> image((byte) i, i == 3)).toList());

        assertThat(batches).containsExactly(3, 4, 2);
        assertThat(measures.count(Count.FORWARDS)).isEqualTo(9);
        assertThat(measures.count(Count.OK)).isEqualTo(9);
        assertThat(measures.count(Count.FAILED)).isEqualTo(1);
    }

    @Test
    void missingResultsAreAFault() throws Exception {
        BatchInspector inspector = inspector((pixels, images) -> List.of());
        inspector.add(image((byte) 1, false));

        assertThatThrownBy(inspector::finish)
                .isInstanceOf(InternalException.class)
                .hasMessage("0 results came back for 1 images");
    }

    @Test
    void nextBatchIsNotBegunWhenTheTaskIsToStop() {
        Iterator<Row> images =
                IntStream.range(0, 10).mapToObj(i -> image((byte) i, false)).iterator();
        InspectionIterator rows =
                new InspectionIterator(images, inspector(this::answer), clock, () -> batches.size() == 1);

        for (int i = 0; i < BATCH; i++) {
            rows.next();
        }

        assertThatThrownBy(rows::next).isInstanceOf(TaskKilledException.class);
        assertThat(batches).containsExactly(BATCH);
    }

    private List<Row> inspect(List<Row> images) {
        batches.clear();
        List<Row> rows = new ArrayList<>();
        new InspectionIterator(images.iterator(), inspector(this::answer), clock, () -> false)
                .forEachRemaining(rows::add);
        return rows;
    }

    private BatchInspector inspector(ImageModel model) {
        InspectionRows rows = new InspectionRows(BASE, new Labeller(BASE, 100, LabelOptions.DEFAULT));
        return new BatchInspector(
                new BatchInspector.Shape(BATCH, SIDE), TestBatchInspector::crop, model, Optional.empty(), rows, clock);
    }

    /** Fills the crop with the image's only byte, or scribbles on it and fails. */
    private static CropGeometry crop(Row image, byte[] target, int offset) throws ImageRejectedException {
        byte[] content = InspectionRows.content(image);
        Arrays.fill(target, offset, offset + 3 * SIDE * SIDE, content[0]);
        if (content.length > 1) {
            throw new ImageRejectedException(RejectCode.TRUNCATED, "it ends in the middle");
        }
        return CropGeometry.of(4, 4, SIDE, CropRounding.TORCHVISION);
    }

    private List<ImageModel.Findings> answer(byte[] pixels, int images) {
        batches.add(images);
        List<ImageModel.Findings> findings = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            float pixel = pixels[i * 3 * SIDE * SIDE];
            float similarity = pixel == 99 ? Float.NaN : pixel / 100;
            float[][] grids = {{pixel, 0, 0, 0}, {0, pixel, 0, 0}};
            findings.add(new ImageModel.Findings(
                    new float[] {pixel},
                    new float[] {-1, similarity},
                    new int[] {1, 0},
                    Map.of(Method.RELEVANCE, grids)));
        }
        return findings;
    }

    private static Row image(byte pixel, boolean broken) {
        byte[] content = broken ? new byte[] {pixel, 0} : new byte[] {pixel};
        String id = Arrays.toString(content);
        return RowFactory.create(id, "file:/" + id, "orange", null, null, null, null, 7L, content);
    }

    private static String imageId(Row row) {
        return row.getString(0);
    }

    /** Every value, that of nested rows and arrays too. */
    private static String text(Object value) {
        if (value instanceof Row row) {
            return IntStream.range(0, row.length())
                    .mapToObj(i -> text(row.get(i)))
                    .toList()
                    .toString();
        }
        if (value instanceof Row[] rows) {
            return Stream.of(rows).map(TestBatchInspector::text).toList().toString();
        }
        return value instanceof float[] numbers ? Arrays.toString(numbers) : String.valueOf(value);
    }

    private static Object value(Row row, String column) {
        return row.get(InspectionSchema.OUTPUT.fieldIndex(column));
    }
}
