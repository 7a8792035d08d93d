package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import io.blemish.jobs.ingest.FaultyFileSystem;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.TilesTable;
import io.delta.tables.DeltaTable;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTiles extends SparkTest {
    @TempDir
    Path folder;

    @Test
    void everyMapIsDrawnOnce() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder)
                .set("heatmap.methods", "relevance,gradcam")
                .part(1, 2);
        fixture.inspect();

        TilesResult result = draw(fixture, TilesOptions.Which.ALL, Optional.empty());

        // Two images, two methods, three descriptions and what combines them.
        assertThat(result).isEqualTo(new TilesResult(2, 16, 0));
        Dataset<Row> tiles = fixture.warehouse().read(TilesTable.DEFINITION);
        assertThat(tiles.dropDuplicates("image_id", "encoder_id", "kb_id", "method", "rank")
                        .count())
                .isEqualTo(16);
        Row first = tiles.where("rank = 1 AND method = 'relevance'").first();
        assertThat(first.<String>getAs("description")).isIn("fresh", "mould", "bruise");
        assertThat(first.<Double>getAs("probability")).isBetween(0.3, 1.0);
        Row peak = first.getAs("peak");
        assertThat(peak.getDouble(0)).isBetween(0.0, 70.0);
        assertThat(picture(first).getWidth()).isGreaterThanOrEqualTo(64);
        Row combined = tiles.where("rank = 0").first();
        assertThat(combined.<String>getAs("description")).isNull();
        assertThat(picture(combined).getHeight()).isPositive();
        assertThat(draw(fixture, TilesOptions.Which.ALL, Optional.empty())).isEqualTo(TilesResult.nothing());
    }

    @Test
    void conditionChoosesTheImages() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder).part(1, 6);
        fixture.inspect();
        Dataset<Row> inspections = fixture.warehouse().read(InspectionsTable.DEFINITION);
        long wide = inspections.where("margin > 0.001").count();

        TilesResult some = draw(fixture, TilesOptions.Which.ALL, Optional.of("margin > 0.001"));
        TilesResult defective = draw(fixture, TilesOptions.Which.DEFECTIVE, Optional.empty());
        TilesResult rest = draw(fixture, TilesOptions.Which.ALL, Optional.empty());

        assertThat(some.images()).isEqualTo(wide);
        assertThat(defective.images())
                .isEqualTo(inspections.where("defective AND NOT margin > 0.001").count());
        assertThat(some.images() + defective.images() + rest.images()).isEqualTo(6);
    }

    @Test
    void conditionMayNotDoAnything() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder).part(1, 1);
        fixture.inspect();

        assertThatThrownBy(() -> draw(fixture, TilesOptions.Which.ALL, Optional.of("java_method('a', 'b') = 'c'")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--where")
                .hasMessageContaining("java_method");
    }

    @Test
    void photographThatIsGoneHasNoTiles() throws Exception {
        Path photograph = Files.write(folder.resolve("a.png"), ImageRows.png(5, 50, 50));
        String id = ImageRows.sha256(Files.readAllBytes(photograph));
        InspectFixture fixture = new InspectFixture(spark, folder.resolve("warehouse"))
                .part(1, 1)
                .rows(List.of(ImageRows.row(id, photograph.toUri().toString(), 2, null)));
        fixture.inspect();
        Files.delete(photograph);

        assertThat(draw(fixture, TilesOptions.Which.ALL, Optional.empty())).isEqualTo(new TilesResult(1, 4, 1));
    }

    @Test
    void thirdAttemptDecodesInAnotherProcess() throws Exception {
        FaultyFileSystem.install(spark.sparkContext().hadoopConfiguration());
        Path photograph = Files.write(folder.resolve("odd.png"), ImageRows.png(5, 50, 50));
        String id = ImageRows.sha256(Files.readAllBytes(photograph));
        InspectFixture fixture = new InspectFixture(spark, folder.resolve("warehouse"))
                .rows(List.of(ImageRows.row(id, "faulty:" + photograph, 1, null)));
        fixture.inspect();
        FaultyFileSystem.install(spark.sparkContext().hadoopConfiguration());
        FaultyFileSystem.breakFile("odd.png", (file, opening) -> {
            if (opening < 3) {
                throw new IllegalStateException("the decoder took its process with it");
            }
        });

        assertThat(draw(fixture, TilesOptions.Which.ALL, Optional.empty())).isEqualTo(new TilesResult(1, 4, 0));
        assertThat(FaultyFileSystem.opened()).hasSize(3);
    }

    @Test
    void redoDeletesTilesWhoseInspectionsAreGone() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder).part(1, 1);
        fixture.inspect();
        draw(fixture, TilesOptions.Which.ALL, Optional.empty());
        DeltaTable.forPath(spark, fixture.warehouse().path(InspectionsTable.DEFINITION))
                .delete();

        fixture.redo().inspect();

        assertThat(fixture.warehouse().read(TilesTable.DEFINITION).isEmpty()).isTrue();
    }

    private static TilesResult draw(InspectFixture fixture, TilesOptions.Which which, Optional<String> where)
            throws Exception {
        JobContext context = fixture.set("tiles.size", "64").context();
        List<TilesResult> results = new ArrayList<>();
        JobRun.execute(context, fixture.warehouse(), "tiles", "Drawing", run -> {
            TilesOptions options = TilesOptions.of(context.configuration(), which, where, Claim.TakeOver.ALWAYS);
            TilesResult result = new Tiles(fixture.warehouse(), options, run, owner -> true).run();
            result.report(run);
            results.add(result);
            return result.summary("W");
        });
        return results.get(0);
    }

    private static BufferedImage picture(Row tile) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(tile.<byte[]>getAs("png")));
    }
}
