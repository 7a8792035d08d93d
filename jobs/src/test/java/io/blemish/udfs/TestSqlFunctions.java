package io.blemish.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.StateDict;
import io.blemish.clip.Clip;
import io.blemish.explain.HeatMap;
import io.blemish.explain.Method;
import io.blemish.explain.Overlay;
import io.blemish.explain.Peak;
import io.blemish.explain.Png;
import io.blemish.explain.TileStyle;
import io.blemish.image.CropGeometry;
import io.blemish.image.CropRounding;
import io.blemish.image.DecodeMode;
import io.blemish.image.Orientation;
import io.blemish.image.Region;
import io.blemish.image.RgbImage;
import io.blemish.jobs.SparkTest;
import io.blemish.metrics.Estimate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL functions: what they compute, against transformers and against the classes that draw and measure elsewhere. */
class TestSqlFunctions extends SparkTest {
    private static final Path POCKET = Path.of(System.getProperty("blemish.home"), "model-broadcast/pocket/clip");
    private static final int WIDTH = 128;
    private static final CropGeometry GEOMETRY = CropGeometry.of(300, 200, 144, CropRounding.HF);
    private static final StructType EMBEDDINGS = new StructType()
            .add("id", DataTypes.IntegerType)
            .add("text", DataTypes.StringType)
            .add("image", InspectionSchema.EMBEDDING)
            .add("golden", InspectionSchema.EMBEDDING);

    private static SparkSession session;
    private static float[][] images;
    private static float[][] texts;
    private static List<String> words;

    /** What transformers computes from the pocket CLIP, as a table: texts with their embeddings, and some images'. */
    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        session = spark.newSession();
        session.conf().set(SqlFunctions.CLIP, POCKET.toString());
        SqlFunctions.register(session);
        Path numbers = folder.resolve("clip.safetensors");
        try (InputStream tensors = TestSqlFunctions.class.getResourceAsStream("/pocket/clip.safetensors");
                InputStream json = TestSqlFunctions.class.getResourceAsStream("/pocket/clip.json")) {
            Files.copy(tensors, numbers);
            words = new ArrayList<>();
            new ObjectMapper().readTree(json).get("texts").forEach(text -> words.add(text.asText()));
        }
        texts = rows(StateDict.read(numbers).tensor("text_embeds").toFloats());
        images = rows(StateDict.read(numbers).tensor("image_embeds").toFloats());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            rows.add(RowFactory.create(
                    i, words.get(i), FloatColumn.boxed(images[i % images.length]), FloatColumn.boxed(texts[i])));
        }
        session.createDataFrame(rows, EMBEDDINGS).createOrReplaceTempView("pairs");
    }

    private static float[][] rows(float[] values) {
        float[][] rows = new float[values.length / WIDTH][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(values, row * WIDTH, (row + 1) * WIDTH));
        return rows;
    }

    private static Row one(String expressions) {
        return session.sql("SELECT " + expressions).first();
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot / Math.sqrt(squares(a) * squares(b));
    }

    private static double squares(float[] a) {
        double squares = 0;
        for (float value : a) {
            squares += (double) value * value;
        }
        return squares;
    }

    @Test
    void textsAreEmbeddedAsTransformersDoes() {
        List<Row> rows = session.sql("SELECT id, embed_text(text) FROM pairs").collectAsList();
        assertThat(rows)
                .hasSize(texts.length)
                .allSatisfy(row -> assertThat(FloatColumn.of(row.<Float>getList(1)))
                        .containsExactly(texts[row.getInt(0)], within(1e-3f)));
    }

    @Test
    void similarityIsTheCosineOfBothEmbeddings() {
        List<Row> rows = session.sql(
                        "SELECT id, clip_similarity(image, text), cosine_similarity(image, golden) FROM pairs")
                .collectAsList();
        assertThat(rows).allSatisfy(row -> {
            double expected = cosine(images[row.getInt(0) % images.length], texts[row.getInt(0)]);
            assertThat(row.getDouble(1)).isCloseTo(expected, within(1e-3)).isBetween(-1.0, 1.0);
            assertThat(row.getDouble(2)).isCloseTo(expected, within(1e-6));
        });
    }

    /** The plan that runs holds the embedding of a literal, and nothing that would embed it again for each row. */
    @Test
    void literalIsEmbeddedBeforeAnyRowIsRead() {
        Dataset<Row> answer =
                session.sql("SELECT id, clip_similarity(image, 'a red apple with green mould') AS s FROM pairs");
        assertThat(answer.queryExecution().analyzed().toString()).contains("embed_text(");
        assertThat(answer.queryExecution().optimizedPlan().toString()).doesNotContain("embed_text(");
        assertThat(answer.collectAsList())
                .allSatisfy(row -> assertThat(row.getDouble(1))
                        .isCloseTo(cosine(images[row.getInt(0) % images.length], texts[0]), within(1e-3)));
    }

    @Test
    void columnsShowTheNamesOfFunctions() {
        Dataset<Row> answer = session.sql("SELECT cosine_similarity(image, golden), embed_text(text) FROM pairs");
        assertThat(answer.columns()).containsExactly("cosine_similarity(image, golden)", "embed_text(text)");
    }

    @Test
    void nullsGiveNull() {
        Row row = one(
                "clip_similarity(NULL, 'x'), clip_similarity(array(1F), NULL), embed_text(NULL),"
                        + " cosine_similarity(NULL, array(1F)), cosine_similarity(array(1F, NULL), array(1F, 2F)),"
                        + " cosine_similarity(array(0F, 0F), array(1F, 2F)), heatmap_tile(NULL, array(1F), NULL),"
                        + " heatmap_peak(NULL, NULL), wilson_interval(NULL, 1), wilson_interval(0, 0), matches_clip(CAST(NULL AS STRING))");
        for (int i = 0; i < row.size(); i++) {
            assertThat(row.isNullAt(i)).as("value " + i).isTrue();
        }
    }

    @Test
    void cosineOfKnownVectors() {
        Row row = one(
                "cosine_similarity(array(1F, 0F), array(0F, 2F)), cosine_similarity(array(3F, 4F), array(6F, 8F)),"
                        + " cosine_similarity(array(3F, 4F), array(-3F, -4F)), cosine_similarity(array(3F, 4F), array(4F, 3F))");
        assertThat(List.of(row.getDouble(0), row.getDouble(1), row.getDouble(2), row.getDouble(3)))
                .containsExactly(0.0, 1.0, -1.0, 24.0 / 25);
    }

    /** As outside of tests, where plans are compiled: vectors of a file, and of a literal. */
    @Test
    void compiledPlansGiveTheSame(@TempDir Path folder) {
        String file = folder.resolve("vectors").toString();
        session.sql(
                        "SELECT 1 AS id, array(3F, 4F) AS a, array(4F, 3F) AS b UNION ALL SELECT 2, array(1F, NULL), array(1F, 2F)"
                                + " UNION ALL SELECT 3, NULL, array(1F, 2F) UNION ALL SELECT 4, array(-3F, -4F), array(3F, 4F)")
                .coalesce(1)
                .write()
                .parquet(file);
        SparkSession compiling = session.newSession();
        compiling.conf().set("spark.sql.codegen.wholeStage", "true");
        compiling.conf().set("spark.sql.codegen.factoryMode", "CODEGEN_ONLY");
        SqlFunctions.register(compiling);
        Dataset<Row> answer =
                compiling.sql("SELECT cosine_similarity(a, b), cosine_similarity(a, array(3F, 4F)) FROM parquet.`"
                        + file + "` ORDER BY id");
        assertThat(answer.collectAsList().toString()).isEqualTo("[[0.96,1.0], [null,null], [null,null], [-1.0,-1.0]]");
    }

    @Test
    void widthsThatDifferAreTold() {
        assertThatThrownBy(() -> one("clip_similarity(array(1F, 2F), 'an apple')"))
                .hasStackTraceContaining("the embedding has 2 numbers, that of the text has 128")
                .hasStackTraceContaining("Set spark.blemish.clip");
        assertThatThrownBy(() -> one("cosine_similarity(array(1F, 2F), array(1F))"))
                .hasStackTraceContaining("they have different widths (2 and 1)");
    }

    @Test
    void wrongCallsAreTold() {
        assertThatThrownBy(() -> one("clip_similarity(array(1F))"))
                .hasMessageContaining("Cannot call clip_similarity with 1 arguments: it takes (embedding, text).");
        assertThatThrownBy(() -> one("clip_similarity('an apple', array(1F))"))
                .hasMessageContaining("DATATYPE_MISMATCH");
        SparkSession other = spark.newSession();
        SqlFunctions.register(other);
        assertThatThrownBy(() -> other.sql("SELECT embed_text('x')"))
                .hasMessage(
                        "Cannot embed a text: no CLIP is named. Set spark.blemish.clip to the folder of the checkpoint"
                                + " that the images were embedded with.");
        other.conf().set(SqlFunctions.CLIP, "/nowhere");
        assertThatThrownBy(() -> other.sql("SELECT embed_text('x')").collectAsList())
                .hasMessageContaining("/nowhere");
    }

    @Test
    void everyFunctionDescribesItself() {
        for (String name : SqlFunctions.names()) {
            List<Row> lines = session.sql("DESCRIBE FUNCTION EXTENDED " + name).collectAsList();
            assertThat(lines.toString()).contains(name + "(", " - ", "Examples:");
        }
    }

    @Test
    void encodersOfTheCheckpointAreKnown() {
        try (Clip clip = Clip.open(POCKET)) {
            String id = clip.fingerprint(Precision.BF16, Orientation.IGNORE, DecodeMode.FAST);
            Row row = one("matches_clip('" + id + "'), matches_clip('" + "0".repeat(64) + "')");
            assertThat(row.getBoolean(0)).isTrue();
            assertThat(row.getBoolean(1)).isFalse();
        }
    }

    /** As PySpark's {@code registerJavaFunction} does. */
    @Test
    void functionsAreFoundByTheNamesOfTheirClasses() {
        SparkSession named = session.newSession();
        named.conf().set(SqlFunctions.CLIP, POCKET.toString());
        for (Class<?> type : List.of(
                ClipSimilarity.class,
                CosineSimilarity.class,
                EmbedText.class,
                MatchesClip.class,
                HeatmapTile.class,
                HeatmapPeak.class,
                WilsonInterval.class)) {
            named.udf().registerJava("my" + type.getSimpleName(), type.getName(), returned(type));
        }
        named.createDataFrame(session.table("pairs").collectAsList(), EMBEDDINGS)
                .createOrReplaceTempView("pairs");
        List<Row> rows = named.sql("SELECT id, myClipSimilarity(image, text), myCosineSimilarity(image, golden),"
                        + " myEmbedText(text), myWilsonInterval(5L, 10L).low FROM pairs")
                .collectAsList();
        assertThat(rows).hasSize(texts.length).allSatisfy(row -> {
            double expected = cosine(images[row.getInt(0) % images.length], texts[row.getInt(0)]);
            assertThat(row.getDouble(1)).isCloseTo(expected, within(1e-3));
            assertThat(row.getDouble(2)).isCloseTo(expected, within(1e-6));
            assertThat(FloatColumn.of(row.<Float>getList(3))).containsExactly(texts[row.getInt(0)], within(1e-3f));
            assertThat(row.getDouble(4)).isCloseTo(0.2366, within(1e-4));
        });
        try (Clip clip = Clip.open(POCKET)) {
            String id = clip.fingerprint(Precision.FP32, Orientation.APPLY, DecodeMode.EXACT);
            Row known = named.sql("SELECT myMatchesClip('" + id + "'), myMatchesClip('other'), myMatchesClip(NULL)")
                    .first();
            assertThat(known.getBoolean(0)).isTrue();
            assertThat(known.getBoolean(1)).isFalse();
            assertThat(known.isNullAt(2)).isTrue();
        }
        Row drawn = photograph(named)
                .selectExpr("myHeatmapTile(content, grid, region)", "myHeatmapPeak(grid, region)")
                .first();
        assertThat(drawn.<byte[]>getAs(0)).isEqualTo(expectedTile());
        assertThat(drawn.getStruct(1).getDouble(0)).isCloseTo(expectedPeak().x(), within(1e-9));
    }

    private static org.apache.spark.sql.types.DataType returned(Class<?> type) {
        StructType point = new StructType().add("x", DataTypes.DoubleType).add("y", DataTypes.DoubleType);
        StructType interval = new StructType().add("low", DataTypes.DoubleType).add("high", DataTypes.DoubleType);
        return type == HeatmapPeak.class ? point : type == WilsonInterval.class ? interval : null;
    }

    private static float[] grid() {
        float[] grid = new float[12];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = i == 9 ? 1 : 0.01f * i;
        }
        return grid;
    }

    /** A square of 3 × 3 of it. */
    private static float[] square() {
        float[] square = Arrays.copyOf(grid(), 9);
        square[5] = 2;
        return square;
    }

    private static RgbImage noise() {
        byte[] rgb = new byte[3 * GEOMETRY.sourceWidth() * GEOMETRY.sourceHeight()];
        new Random(4).nextBytes(rgb);
        return new RgbImage(GEOMETRY.sourceWidth(), GEOMETRY.sourceHeight(), rgb);
    }

    private static Dataset<Row> photograph(SparkSession in) {
        Region crop = GEOMETRY.region();
        Row region = RowFactory.create(crop.x(), crop.y(), crop.width(), crop.height());
        StructType schema = new StructType()
                .add("content", DataTypes.BinaryType)
                .add("grid", InspectionSchema.EMBEDDING)
                .add("wide", InspectionSchema.EMBEDDING)
                .add("region", InspectionSchema.REGION);
        Row row =
                RowFactory.create(Png.encode(noise()), FloatColumn.boxed(square()), FloatColumn.boxed(grid()), region);
        return in.createDataFrame(List.of(row), schema);
    }

    private static byte[] tile(int rows, int cols, float[] grid) {
        Overlay overlay = Overlay.of(noise(), GEOMETRY, TileStyle.defaults());
        return Png.encode(overlay.picture(new HeatMap("", Method.RELEVANCE, rows, cols, grid)));
    }

    private static byte[] expectedTile() {
        return tile(3, 3, square());
    }

    private static Peak expectedPeak() {
        return new HeatMap("", Method.RELEVANCE, 3, 3, square()).peak(GEOMETRY).orElseThrow();
    }

    @Test
    void tilesAndPeaksAreThoseOfTheCropsGeometry() {
        Row row = photograph(session)
                .selectExpr(
                        "heatmap_tile(content, grid, region)",
                        "heatmap_tile(content, wide, region, 3, 4)",
                        "heatmap_tile(encode('no picture', 'UTF-8'), grid, region)",
                        "heatmap_peak(grid, region)",
                        "heatmap_peak(wide, region, 3, 4)",
                        "heatmap_peak(array_repeat(1F, 9), region)")
                .first();
        assertThat(row.<byte[]>getAs(0)).isEqualTo(expectedTile());
        assertThat(row.<byte[]>getAs(1)).isEqualTo(tile(3, 4, grid())).isNotEqualTo(row.<byte[]>getAs(0));
        assertThat(row.isNullAt(2)).isTrue();
        assertThat(row.getStruct(3).getDouble(0)).isCloseTo(expectedPeak().x(), within(1e-9));
        assertThat(row.getStruct(3).getDouble(1)).isCloseTo(expectedPeak().y(), within(1e-9));
        Region cell = GEOMETRY.region().cell(2, 1, 3, 4);
        assertThat(row.getStruct(4).getDouble(0)).isCloseTo(cell.x() + cell.width() / 2, within(1e-9));
        assertThat(row.isNullAt(5)).as("flat").isTrue();
        assertThatThrownBy(() -> photograph(session)
                        .selectExpr("heatmap_tile(content, wide, region)")
                        .first())
                .hasStackTraceContaining("12 values fill no square");
    }

    @Test
    void intervalsAreWilsons() {
        Row row = one("wilson_interval(5, 10) AS few, wilson_interval(300, 1000) AS many");
        Estimate many = Estimate.share(300, 1000);
        assertThat(row.getStruct(0).getDouble(0)).isCloseTo(0.2366, within(1e-4));
        assertThat(row.getStruct(0).getDouble(1)).isCloseTo(0.7634, within(1e-4));
        assertThat(row.getStruct(1).getDouble(0)).isEqualTo(many.low());
        assertThat(row.getStruct(1).getDouble(1)).isEqualTo(many.high());
        assertThatThrownBy(() -> one("wilson_interval(3, 2)")).hasStackTraceContaining("3 of 2 is none");
    }
}
