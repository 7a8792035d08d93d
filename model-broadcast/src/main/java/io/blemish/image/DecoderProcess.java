package io.blemish.image;

import static java.util.Objects.requireNonNull;

import io.blemish.error.InternalException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Decodes images in a child JVM, with the same results as {@link ImageDecoder} except that an image which kills its
 * decoder, or keeps it beyond all patience, is rejected as {@link RejectCode#CRASHED_DECODER} and takes nothing else
 * with it.
 *
 * <p>A process start and two copies of the pixels make it slower: it is for tasks that failed before, perhaps because
 * of an image. The child is started with the first image and again after each crash. Its class path holds this module
 * and the codecs, so no libtorch; its environment is empty, so no secrets. One thread uses an instance at a time. A
 * thread that waits for the child does not react to an interrupt, but waits no longer than its patience.
 */
public final class DecoderProcess implements AutoCloseable {
    /** One class of each jar that decoding needs. */
    private static final List<String> CODECS = List.of(
            "com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi",
            "com.twelvemonkeys.imageio.ImageReaderBase",
            "com.twelvemonkeys.imageio.metadata.Directory",
            "com.twelvemonkeys.image.ImageUtil",
            "com.twelvemonkeys.io.FastByteArrayOutputStream",
            "com.twelvemonkeys.lang.Validate");

    private static final Duration START_UP = Duration.ofSeconds(60);
    private static final int BUFFER_BYTES = 1 << 16;
    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final DecodeOptions options;
    private final Duration patience;
    private final long heapBytes;
    private Child child;

    /** A running process and the two ends of its pipes that are on this side. */
    private record Child(Process process, DataOutputStream requests, DataInputStream answers) {}

    /** For images of these options, in a heap that holds the largest image that their limits admit. */
    public DecoderProcess(DecodeOptions options) {
        this(options, options.limits().maxTime().multipliedBy(3), heapBytes(options.limits()));
    }

    DecoderProcess(DecodeOptions options, Duration patience, long heapBytes) {
        this.options = requireNonNull(options, "options is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.heapBytes = heapBytes;
    }

    /** The image, as {@link ImageDecoder#decode(byte[], int)} gives it. */
    public DecodedImage decode(byte[] content, int targetSide) throws ImageRejectedException {
        return decode(content, targetSide, Function.identity());
    }

    /** What {@code use} makes of the image, as {@link ImageDecoder#decode(byte[], int, Function)}. */
    public <T> T decode(byte[] content, int targetSide, Function<DecodedImage, T> use) throws ImageRejectedException {
        if (content.length == 0 || content.length > options.limits().maxBytes()) {
            // Rejected by its length alone: nothing is decoded, and the child's heap need not hold it.
            return new ImageDecoder(options).decode(content, targetSide, use);
        }

        Child running = child();
        try {
            DecoderMessages.Decoded decoded = patiently(running, patience, () -> {
                DecoderMessages.writeRequest(running.requests(), new DecoderMessages.Request(targetSide, content));
                return DecoderMessages.readAnswer(running.answers());
            });
            DecodeBudget.Share held = DecodeBudget.shared().acquire(decoded.bytes());
            try (held) {
                byte[] pixels = patiently(
                        running,
                        patience,
                        () -> DecoderMessages.readBytes(running.answers(), Math.toIntExact(decoded.bytes())));
                return use.apply(decoded.with(pixels));
            }
        } catch (IOException e) {
            close();
            throw new ImageRejectedException(
                    RejectCode.CRASHED_DECODER, "the decoder crashed, or did not end, on this image", e);
        }
    }

    /** Ends the child, if there is one. */
    @Override
    public void close() {
        if (child != null) {
            child.process().destroyForcibly();
            child = null;
        }
    }

    /** The child's process, started if none is running. */
    Process process() {
        return child().process();
    }

    /**
     * The largest heap: two copies of the file, and 10 bytes a pixel for four-channel samples, RGB and its turned copy.
     */
    static long heapBytes(DecodeLimits limits) {
        return (64L << 20) + 2 * limits.maxBytes() + 10 * limits.maxPixels();
    }

    private interface Exchange<T> {
        T run() throws IOException, ImageRejectedException;
    }

    /**
     * Runs an exchange with the child, and kills the child if it takes too long, which ends the exchange with an
     * exception.
     */
    private static <T> T patiently(Child running, Duration patience, Exchange<T> exchange)
            throws IOException, ImageRejectedException {
        Runnable end = running.process()::destroyForcibly;
        Future<?> kill = WATCH.schedule(end, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return exchange.run();
        } finally {
            kill.cancel(false);
        }
    }

    private Child child() {
        if (child == null || !child.process().isAlive()) {
            close();
            child = start();
        }

        return child;
    }

    private Child start() {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (heapBytes >> 10) + "k",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+ErrorFileToStderr",
                "-Djava.awt.headless=true",
                "-cp",
                classPath(),
                DecoderMain.class.getName());
        builder.environment().clear();
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            return greet(builder.start());
        } catch (IOException | ImageRejectedException e) {
            throw new InternalException(
                    "The process that decodes images did not start (its own words are on standard error)", e);
        }
    }

    /** Waits until the child serves, so that what keeps it from starting is not blamed on an image. */
    private Child greet(Process process) throws IOException, ImageRejectedException {
        Child started = new Child(
                process,
                new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER_BYTES)),
                new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER_BYTES)));
        return patiently(started, START_UP, () -> {
            DecoderMessages.writeOptions(started.requests(), options);
            started.requests().flush();
            DecoderMessages.readReady(started.answers());
            return started;
        });
    }

    private static String classPath() {
        Set<String> sources = new LinkedHashSet<>();
        sources.add(source(DecoderMain.class));
        for (String codec : CODECS) {
            try {
                sources.add(source(Class.forName(codec, false, DecoderProcess.class.getClassLoader())));
            } catch (ClassNotFoundException e) {
                throw new InternalException("A jar that decodes images is not on the class path", e);
            }
        }

        return String.join(File.pathSeparator, sources);
    }

    private static String source(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new InternalException(type + " was not loaded from a file: " + source, e);
        }
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "blemish-decoder-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }
}
