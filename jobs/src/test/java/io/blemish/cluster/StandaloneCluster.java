package io.blemish.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Spark standalone cluster on loopback: one master and several workers, each a process of its own, started from the jars that the
 * build has put together. Its {@code SPARK_HOME} holds Spark and nothing of Blemish, so that whatever an executor knows of Blemish has
 * travelled with the job.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern MASTER_URL = Pattern.compile("Starting Spark master at (spark://[0-9.:]+)");
    private static final Pattern NOT_SPARK =
            Pattern.compile("(blemish-|pytorch-|tokenizers-|api-\\d|imageio-|common-|delta-).*");

    private final Path home;
    private final Path work;
    private final List<Process> processes = new ArrayList<>();
    private String url;

    private StandaloneCluster(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    /** Starts a master and workers of one core each; {@code dist} holds the folders lib and spark of the build. */
    static StandaloneCluster start(Path dist, Path work, int workers) throws IOException, InterruptedException {
        StandaloneCluster cluster = new StandaloneCluster(sparkHome(dist, work), work);
        try {
            cluster.startMaster();
            for (int i = 0; i < workers; i++) {
                cluster.startWorker(i);
            }
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The master's address, what {@code --master} takes. */
    String url() {
        return url;
    }

    Path home() {
        return home;
    }

    /** The executors that the workers have started and that are alive. */
    List<ProcessHandle> executors() {
        return processes.stream()
                .flatMap(process -> process.descendants())
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).toString().contains("CoarseGrainedExecutorBackend"))
                        .orElse(false))
                .toList();
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Path sparkHome(Path dist, Path work) throws IOException {
        Path jars = Files.createDirectories(work.resolve("spark-home/jars"));
        for (String folder : List.of("spark", "lib")) {
            try (Stream<Path> files = Files.list(dist.resolve(folder))) {
                for (Path jar : files.toList()) {
                    Path link = jars.resolve(jar.getFileName().toString());
                    if (!NOT_SPARK.matcher(jar.getFileName().toString()).matches() && !Files.exists(link)) {
                        Files.createSymbolicLink(link, jar.toAbsolutePath());
                    }
                }
            }
        }
        return jars.getParent();
    }

    private void startMaster() throws IOException, InterruptedException {
        Path log = work.resolve("master.log");
        launch(log, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
        url = await(log, MASTER_URL).group(1);
    }

    private void startWorker(int index) throws IOException, InterruptedException {
        Path log = work.resolve("worker-" + index + ".log");
        Path folder = Files.createDirectories(work.resolve("worker-" + index));
        launch(
                log,
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                "2g",
                "--work-dir",
                folder.toString(),
                url);
        await(log, Pattern.compile("Successfully registered with master"));
    }

    private void launch(Path log, String... command) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-Xmx512m");
        line.addAll(SparkOpens.ARGUMENTS);
        line.addAll(List.of("-cp", home.resolve("jars") + "/*"));
        line.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        processes.add(builder.start());
    }

    private Matcher await(Path log, Pattern pattern) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            Matcher matcher = pattern.matcher(Files.exists(log) ? Files.readString(log) : "");
            if (matcher.find()) {
                return matcher;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException("No \"" + pattern + "\" in " + log + ":\n" + Files.readString(log));
    }
}
