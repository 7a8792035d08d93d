package io.blemish.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.jobs.SparkTest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promises of a run on a cluster: the command that a user gives, a master and two workers in processes of their own, weights that
 * arrive by broadcast alone, and an executor that is killed in mid-run without a trace in the rows.
 */
class ITStandaloneCluster extends SparkTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path DIST = Path.of("target", "dist").toAbsolutePath();
    private static final int PHOTOGRAPHS = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** What differs from run to run, and may. */
    private static final String[] TIMES = {"run_id", "inspected_at"};

    @TempDir
    private Path folder;

    @Test
    void killedExecutorLeavesNoTrace() throws IOException, InterruptedException {
        drawPhotographs(folder.resolve("photos"));
        run(Map.of(), "ingest", "--from", folder.resolve("photos"), "--warehouse", folder.resolve("undisturbed"))
                .requireDone();
        FileUtils.copyDirectory(
                folder.resolve("undisturbed").toFile(),
                folder.resolve("disturbed").toFile());
        run(Map.of(), inspect("undisturbed", "local[2]")).requireDone();

        Path clip = checkpoint();
        try (StandaloneCluster cluster = StandaloneCluster.start(DIST, folder.resolve("cluster"), 2)) {
            Running inspection = run(Map.of("BLEMISH_CLUSTER_CONF", properties()), inspect("disturbed", cluster.url()));
            awaitFirstFile(inspection);
            assertThat(inspection.process().isAlive()).isTrue();
            Files.move(clip, folder.resolve("out-of-reach"));
            ProcessHandle executor = cluster.executors().get(0);
            executor.destroyForcibly();
            executor.onExit().join();
            assertThat(inspection.process().isAlive()).isTrue();
            inspection.requireDone();
            assertThat(inspection.output()).containsIgnoringCase("lost executor");
        }

        Dataset<Row> undisturbed = inspections("undisturbed");
        assertThat(undisturbed.count()).isEqualTo(PHOTOGRAPHS);
        assertThat(undisturbed.filter("status = 'ok'").count()).isEqualTo(PHOTOGRAPHS);
        Dataset<Row> disturbed = inspections("disturbed");
        assertThat(disturbed.count()).isEqualTo(PHOTOGRAPHS);
        assertThat(disturbed.select("image_id").distinct().count()).isEqualTo(PHOTOGRAPHS);
        assertThat(rows(disturbed)).isEqualTo(rows(undisturbed));
    }

    /** A command under way, and the file that its output goes to. */
    private record Running(Process process, Path log) {
        void requireDone() throws IOException, InterruptedException {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(output())
                    .isTrue();
            assertThat(process.exitValue()).as(output()).isZero();
        }

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                return e.toString();
            }
        }
    }

    private Running run(Map<String, String> environment, Object... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(HOME.resolve("bin/blemish").toString()));
        Stream.of(command).map(Object::toString).forEach(line::add);
        Path log = Files.createTempFile(folder, "command", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("BLEMISH_MEMORY", "1500m");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("SPARK_HOME");
        return new Running(builder.start(), log);
    }

    private Object[] inspect(String warehouse, String master) throws IOException {
        // One part a task, so that much is left to do when the first is done.
        return new Object[] {
            "inspect",
            "--warehouse",
            folder.resolve(warehouse),
            "--clip",
            checkpoint(),
            "--knowledge",
            HOME.resolve("conf/knowledge/fruit.yaml"),
            "--master",
            master,
            "--set",
            "precision=fp32",
            "--set",
            "spark.sql.files.maxPartitionBytes=1m",
            "--set",
            "spark.sql.files.openCostInBytes=1m"
        };
    }

    private Path checkpoint() throws IOException {
        Path clip = folder.resolve("clip");
        if (!Files.exists(clip)) {
            FileUtils.copyDirectory(Path.of("src/test/resources/tiny-clip").toFile(), clip.toFile());
        }
        return clip;
    }

    private String properties() throws IOException {
        List<String> lines = List.of(
                "spark.sql.extensions io.delta.sql.DeltaSparkSessionExtension",
                "spark.sql.catalog.spark_catalog org.apache.spark.sql.delta.catalog.DeltaCatalog",
                "spark.driver.host 127.0.0.1",
                "spark.driver.bindAddress 127.0.0.1",
                "spark.ui.enabled false",
                "spark.executor.cores 1",
                "spark.executor.memory 1g",
                "spark.sql.shuffle.partitions 3",
                "spark.databricks.delta.snapshotPartitions 2",
                "spark.executorEnv.DJL_OFFLINE true",
                "spark.executorEnv.OPT_OUT_TRACKING true",
                "spark.executorEnv.MALLOC_ARENA_MAX 2");
        return Files.write(folder.resolve("cluster.conf"), lines).toString();
    }

    /** A data file beyond the empty one of the claim appears when a task has ended and the others have not. */
    private void awaitFirstFile(Running inspection) throws IOException, InterruptedException {
        Path table = folder.resolve("disturbed/inspections");
        Instant deadline = Instant.now().plus(PATIENCE);
        Set<String> ofTheClaim = null;
        while (Instant.now().isBefore(deadline) && inspection.process().isAlive()) {
            if (ofTheClaim == null && isClaimed(table)) {
                ofTheClaim = dataFiles(table);
            } else if (ofTheClaim != null && !ofTheClaim.containsAll(dataFiles(table))) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("No file of inspections was written:\n" + inspection.output());
    }

    private static boolean isClaimed(Path table) throws IOException {
        Path log = table.resolve("_delta_log");
        if (!Files.isDirectory(log)) {
            return false;
        }
        try (Stream<Path> commits = Files.list(log)) {
            for (Path commit :
                    commits.filter(file -> file.toString().endsWith(".json")).toList()) {
                if (Files.readString(commit).contains("\"txn\"")) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Set<String> dataFiles(Path table) throws IOException {
        try (Stream<Path> files = Files.list(table)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".parquet"))
                    .collect(Collectors.toSet());
        }
    }

    private Dataset<Row> inspections(String warehouse) {
        return spark.read()
                .format("delta")
                .load(folder.resolve(warehouse + "/inspections").toString());
    }

    private static List<String> rows(Dataset<Row> inspections) {
        return inspections.drop(TIMES).toJSON().collectAsList().stream()
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static void drawPhotographs(Path photographs) throws IOException {
        Random random = new Random(20260101);
        Files.createDirectories(photographs);
        for (int i = 0; i < PHOTOGRAPHS; i++) {
            BufferedImage photograph =
                    new BufferedImage(60 + random.nextInt(60), 60 + random.nextInt(60), BufferedImage.TYPE_INT_RGB);
            int base = random.nextInt(0x1000000);
            for (int y = 0; y < photograph.getHeight(); y++) {
                for (int x = 0; x < photograph.getWidth(); x++) {
                    photograph.setRGB(x, y, base + ((x * y) << 8) + (x + y) * 3);
                }
            }
            ImageIO.write(
                    photograph,
                    "jpg",
                    photographs.resolve("photo-" + i + ".jpg").toFile());
        }
    }
}
