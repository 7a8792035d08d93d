package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.tables.ImagesTable;
import io.blemish.tables.Warehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestChunks extends SparkTest {
    private static final StructType SCHEMA =
            new StructType().add("image_id", DataTypes.StringType).add("part", DataTypes.LongType);
    private static final int PICTURE_BYTES = 1 << 20;

    @Test
    void partsAreCollectedUntilTheChunkIsLargeEnough() {
        Dataset<Row> images = rows("a1", "b1", "c2", "d3", "e3", "f4");

        List<Chunks.Chunk> chunks = Chunks.left(images, rows(), 3);

        assertThat(chunks)
                .containsExactly(
                        new Chunks.Chunk(1, 2, 3, Set.of(), Set.of()), new Chunks.Chunk(3, 4, 3, Set.of(), Set.of()));
        assertThat(ids(images, chunks.get(0))).containsExactly("a", "b", "c");
        assertThat(ids(images, chunks.get(1))).containsExactly("d", "e", "f");
    }

    @Test
    void finishedPartsAreLeftOut() {
        Dataset<Row> images = rows("a1", "b1", "c2", "d3");

        List<Chunks.Chunk> chunks = Chunks.left(images, rows("c2"), 100);

        assertThat(chunks).containsExactly(new Chunks.Chunk(1, 3, 3, Set.of(2L), Set.of()));
        assertThat(ids(images, chunks.get(0))).containsExactly("a", "b", "d");
    }

    @Test
    void finishedPartsAtTheEndsDoNotWidenTheRange() {
        List<Chunks.Chunk> chunks = Chunks.left(rows("a1", "b2", "c3"), rows("a1", "c3"), 100);

        assertThat(chunks).containsExactly(new Chunks.Chunk(2, 2, 1, Set.of(), Set.of()));
    }

    @Test
    void restOfAHalfFinishedPartIsFoundById() {
        Dataset<Row> images = rows("a1", "b1", "c1", "d2");

        List<Chunks.Chunk> chunks = Chunks.left(images, rows("b1"), 100);

        assertThat(chunks).containsExactly(new Chunks.Chunk(1, 2, 3, Set.of(1L), Set.of("a", "c")));
        assertThat(ids(images, chunks.get(0))).containsExactly("a", "c", "d");
    }

    @Test
    void nothingIsLeftWhenEverythingIsDone() {
        assertThat(Chunks.left(rows("a1", "b2"), rows("a1", "b2"), 1)).isEmpty();
    }

    @Test
    void inspectionsOfImagesThatAreGoneLeaveNothing() {
        assertThat(Chunks.left(rows("a1"), rows("a1", "b1"), 1)).isEmpty();
    }

    @Test
    void picturesAreReadForTheirOwnChunkOnlyAndNeverMoved(@TempDir Path folder) throws TimeoutException {
        Warehouse warehouse = pictures(folder);
        Dataset<Row> images = warehouse.read(ImagesTable.DEFINITION);
        Dataset<Row> half = images.where("image_id like '%0'").select("image_id", "part");

        List<Chunks.Chunk> chunks = new ArrayList<>();
        long planning = bytesRead(() -> chunks.addAll(Chunks.left(images, half, 1)));
        Dataset<Row> chunk = images.where(chunks.get(0).condition());
        long reading = bytesRead(() -> assertThat(chunk.collectAsList()).hasSize(2));

        assertThat(chunks).hasSize(2);
        assertThat(planning).isLessThan(PICTURE_BYTES);
        assertThat(reading).isBetween(2L * PICTURE_BYTES, 4L * PICTURE_BYTES);
        assertThat(chunk.queryExecution().executedPlan().toString())
                .contains("content")
                .doesNotContain("Exchange")
                .doesNotContain("Join");
    }

    /** Two parts of three pictures each. */
    private static Warehouse pictures(Path folder) {
        Warehouse warehouse = Warehouse.at(spark, folder.toString());
        warehouse.create(ImagesTable.DEFINITION);
        Random random = new Random(7);
        for (long part = 1; part <= 2; part++) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                byte[] content = new byte[PICTURE_BYTES];
                random.nextBytes(content);
                rows.add(ImageRows.row(part + "-" + i, part, content));
            }
            warehouse.append(
                    ImagesTable.DEFINITION,
                    spark.createDataFrame(rows, ImagesTable.DEFINITION.schema()).coalesce(1),
                    "run");
        }
        return warehouse;
    }

    /** Spark counts what the task's own thread reads, so the reader must not hand its reads to others. */
    private static long bytesRead(Runnable action) throws TimeoutException {
        spark.conf().set("parquet.hadoop.vectored.io.enabled", "false");
        AtomicLong bytes = new AtomicLong();
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd end) {
                bytes.addAndGet(end.taskMetrics().inputMetrics().bytesRead());
            }
        };
        spark.sparkContext().addSparkListener(listener);
        action.run();
        spark.sparkContext().listenerBus().waitUntilEmpty();
        spark.sparkContext().removeSparkListener(listener);
        spark.conf().unset("parquet.hadoop.vectored.io.enabled");
        return bytes.get();
    }

    /** Rows written as an id and the digit of its part. */
    private static Dataset<Row> rows(String... idsAndParts) {
        List<Row> rows = new ArrayList<>();
        for (String idAndPart : idsAndParts) {
            rows.add(RowFactory.create(idAndPart.substring(0, 1), Long.parseLong(idAndPart.substring(1))));
        }
        return spark.createDataFrame(rows, SCHEMA);
    }

    private static List<String> ids(Dataset<Row> images, Chunks.Chunk chunk) {
        return images.where(chunk.condition()).collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }
}
