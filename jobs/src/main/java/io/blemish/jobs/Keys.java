package io.blemish.jobs;

import java.time.Duration;
import java.util.List;

/** Every key of the configuration. {@code conf/blemish.yaml} says what each means; a test holds the two together. */
public final class Keys {
    public static final Key<String> IMAGE_ORIENTATION = Key.choice("image.orientation", "apply", "ignore");

    public static final Key<String> DECODE_MODE = Key.choice("decode.mode", "exact", "fast");
    public static final Key<Long> DECODE_MAX_BYTES = Key.bytes("decode.max-bytes", "64 MiB");
    public static final Key<Long> DECODE_MAX_PIXELS = Key.whole("decode.max-pixels", 50_000_000, 1, 2_000_000_000);
    public static final Key<Integer> DECODE_MAX_SIDE = Key.integer("decode.max-side", 65_535, 1, 1_000_000);
    public static final Key<Double> DECODE_MAX_ASPECT = Key.number("decode.max-aspect", 16, 1, 1000);
    public static final Key<Duration> DECODE_MAX_TIME = Key.duration("decode.max-time", "10 s");

    public static final Key<List<String>> INGEST_INCLUDE =
            Key.list("ingest.include", "jpg,jpeg,png,gif,bmp,tif,tiff,webp");
    public static final Key<Integer> INGEST_PARALLELISM = Key.integer("ingest.parallelism", 0, 0, 1_000_000);
    public static final Key<Double> INGEST_MAX_REJECTED = Key.number("ingest.max-rejected", 0.01, 0, 1);

    public static final Key<Integer> LABEL_TOP_K = Key.integer("label.top-k", 5, 1, 100);
    public static final Key<Double> LABEL_THRESHOLD = Key.number("label.threshold", 0.5, 0, 1);
    public static final Key<Double> LABEL_ABSTAIN = Key.number("label.abstain", 0.05, 0, 1);

    public static final Key<List<String>> HEATMAP_METHODS =
            Key.choices("heatmap.methods", "relevance", "relevance", "gradcam", "clipcap-xai");

    public static final Key<Integer> CAPTION_BEAMS = Key.integer("caption.beams", 5, 1, 64);
    public static final Key<Double> CAPTION_LENGTH_PENALTY = Key.number("caption.length-penalty", 1, -10, 10);
    public static final Key<Double> CAPTION_TEMPERATURE = Key.number("caption.temperature", 0, 0, 100);
    public static final Key<Integer> CAPTION_TOP_K = Key.integer("caption.top-k", 0, 0, 1_000_000);
    public static final Key<Double> CAPTION_TOP_P = Key.number("caption.top-p", 1, 0, 1);
    public static final Key<Long> CAPTION_SEED = Key.whole("caption.seed", 0, 0, Long.MAX_VALUE);
    public static final Key<Integer> CAPTION_BEST = Key.integer("caption.best", 1, 1, 64);
    public static final Key<Integer> CAPTION_MIN_TOKENS = Key.integer("caption.min-tokens", 0, 0, 1_000);
    public static final Key<Integer> CAPTION_MAX_TOKENS = Key.integer("caption.max-tokens", 40, 1, 1_000);
    public static final Key<Boolean> CAPTION_CLIP_SCORE = Key.flag("caption.clip-score", true);
    public static final Key<Double> CAPTION_CLIP_WEIGHT = Key.number("caption.clip-weight", 0, 0, 1_000);

    public static final Key<String> PRECISION = Key.choice("precision", "auto", "fp32", "bf16", "fp16");
    public static final Key<String> DEVICE = Key.choice("device", "auto", "cpu", "gpu");
    public static final Key<Integer> BATCH_SIZE = Key.integer("batch.size", 0, 0, 4096);
    public static final Key<Integer> CHUNK_IMAGES = Key.integer("chunk.images", 100_000, 1, 100_000_000);
    public static final Key<Integer> CHUNK_BATCHES = Key.integer("chunk.batches", 20, 1, 1_000_000);
    public static final Key<Double> INSPECT_MAX_FAILED = Key.number("inspect.max-failed", 0.01, 0, 1);

    public static final Key<Integer> RELABEL_CHUNK_IMAGES =
            Key.integer("relabel.chunk-images", 1_000_000, 1, 100_000_000);

    public static final Key<String> TILES_WRITE = Key.choice("tiles.write", "none", "defective", "all");
    public static final Key<Integer> TILES_SIZE = Key.integer("tiles.size", 448, 64, 4096);
    public static final Key<Double> TILES_OPACITY = Key.number("tiles.opacity", 0.55, 0, 1);

    public static final Key<Integer> EVALUATE_CURVE_IMAGES = Key.integer("evaluate.curve-images", 100, 0, 1_000_000);
    public static final Key<Integer> EVALUATE_CURVE_STEPS = Key.integer("evaluate.curve-steps", 16, 2, 1_000);
    public static final Key<Integer> EVALUATE_SANITY_IMAGES = Key.integer("evaluate.sanity-images", 50, 0, 1_000_000);
    public static final Key<Integer> EVALUATE_CAPTION_IMAGES =
            Key.integer("evaluate.caption-images", 1_000, 0, 100_000);

    public static final Key<String> TRENDS_TIME_ZONE = Key.text("trends.time-zone", "UTC");
    public static final Key<List<String>> TRENDS_BY =
            Key.choices("trends.by", "product,site,line", "product", "site", "line", "lot");
    public static final Key<Integer> TRENDS_RECENT_DAYS = Key.integer("trends.recent-days", 14, 1, 1_000);
    public static final Key<Integer> TRENDS_BASELINE_DAYS = Key.integer("trends.baseline-days", 56, 1, 10_000);
    public static final Key<Integer> TRENDS_MINIMUM_COUNT = Key.integer("trends.minimum-count", 5, 1, 1_000_000);
    public static final Key<Double> TRENDS_FALSE_DISCOVERY_RATE =
            Key.number("trends.false-discovery-rate", 0.05, 1e-9, 0.5);
    public static final Key<Double> TRENDS_EWMA_WEIGHT = Key.number("trends.ewma-weight", 0.2, 0.001, 1);

    public static final Key<Integer> REPORT_GALLERY = Key.integer("report.gallery", 60, 0, 500);
    public static final Key<Integer> REPORT_CHARTS = Key.integer("report.charts", 24, 0, 200);
    public static final Key<Integer> REPORT_EVIDENCE = Key.integer("report.evidence", 6, 0, 60);

    public static final Key<Integer> TRAIN_PREFIX_LENGTH = Key.integer("train.prefix-length", 10, 1, 1_000);
    public static final Key<Integer> TRAIN_EPOCHS = Key.integer("train.epochs", 10, 1, 100_000);
    public static final Key<Integer> TRAIN_BATCH = Key.integer("train.batch", 40, 1, 100_000);
    public static final Key<Double> TRAIN_RATE = Key.number("train.rate", 5e-4, 1e-9, 1);
    public static final Key<Double> TRAIN_WEIGHT_DECAY = Key.number("train.weight-decay", 0.01, 0, 1);
    public static final Key<Double> TRAIN_WARM_UP = Key.number("train.warm-up", 0.05, 0, 1);
    public static final Key<Double> TRAIN_DROPOUT = Key.number("train.dropout", 0.1, 0, 0.99);
    public static final Key<Double> TRAIN_VALIDATION = Key.number("train.validation", 0.1, 0, 1);
    public static final Key<Integer> TRAIN_PATIENCE = Key.integer("train.patience", 3, 1, 100_000);
    public static final Key<Integer> TRAIN_SAMPLES = Key.integer("train.samples", 64, 2, 10_000);

    public static final Key<Duration> MAINTAIN_RETENTION = Key.duration("maintain.retention", "30 d");
    public static final Key<Long> MAINTAIN_FILE_SIZE = Key.bytes("maintain.file-size", "128 MiB");
    public static final Key<Double> MAINTAIN_RECLUSTER = Key.number("maintain.recluster", 0.1, 0, 1);

    public static final Key<Duration> RUNS_HEARTBEAT = Key.duration("runs.heartbeat", "60 s");
    public static final Key<Duration> RUNS_STALE_AFTER = Key.duration("runs.stale-after", "10 min");
    public static final Key<Boolean> S3_SINGLE_DRIVER = Key.flag("s3.single-driver", false);

    /** Every key, in the order of the file. */
    public static final List<Key<?>> ALL = List.of(
            IMAGE_ORIENTATION,
            DECODE_MODE,
            DECODE_MAX_BYTES,
            DECODE_MAX_PIXELS,
            DECODE_MAX_SIDE,
            DECODE_MAX_ASPECT,
            DECODE_MAX_TIME,
            INGEST_INCLUDE,
            INGEST_PARALLELISM,
            INGEST_MAX_REJECTED,
            LABEL_TOP_K,
            LABEL_THRESHOLD,
            LABEL_ABSTAIN,
            HEATMAP_METHODS,
            CAPTION_BEAMS,
            CAPTION_LENGTH_PENALTY,
            CAPTION_TEMPERATURE,
            CAPTION_TOP_K,
            CAPTION_TOP_P,
            CAPTION_SEED,
            CAPTION_BEST,
            CAPTION_MIN_TOKENS,
            CAPTION_MAX_TOKENS,
            CAPTION_CLIP_SCORE,
            CAPTION_CLIP_WEIGHT,
            PRECISION,
            DEVICE,
            BATCH_SIZE,
            CHUNK_IMAGES,
            CHUNK_BATCHES,
            INSPECT_MAX_FAILED,
            RELABEL_CHUNK_IMAGES,
            TILES_WRITE,
            TILES_SIZE,
            TILES_OPACITY,
            EVALUATE_CURVE_IMAGES,
            EVALUATE_CURVE_STEPS,
            EVALUATE_SANITY_IMAGES,
            EVALUATE_CAPTION_IMAGES,
            TRENDS_TIME_ZONE,
            TRENDS_BY,
            TRENDS_RECENT_DAYS,
            TRENDS_BASELINE_DAYS,
            TRENDS_MINIMUM_COUNT,
            TRENDS_FALSE_DISCOVERY_RATE,
            TRENDS_EWMA_WEIGHT,
            REPORT_GALLERY,
            REPORT_CHARTS,
            REPORT_EVIDENCE,
            TRAIN_PREFIX_LENGTH,
            TRAIN_EPOCHS,
            TRAIN_BATCH,
            TRAIN_RATE,
            TRAIN_WEIGHT_DECAY,
            TRAIN_WARM_UP,
            TRAIN_DROPOUT,
            TRAIN_VALIDATION,
            TRAIN_PATIENCE,
            TRAIN_SAMPLES,
            MAINTAIN_RETENTION,
            MAINTAIN_FILE_SIZE,
            MAINTAIN_RECLUSTER,
            RUNS_HEARTBEAT,
            RUNS_STALE_AFTER,
            S3_SINGLE_DRIVER);

    private Keys() {}
}
