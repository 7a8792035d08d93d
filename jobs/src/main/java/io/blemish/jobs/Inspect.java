package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;

import io.blemish.broadcast.TaskSlots;
import io.blemish.broadcast.TorchThreads;
import io.blemish.clip.Clip;
import io.blemish.jobs.inspect.CaptionerBundle;
import io.blemish.jobs.inspect.ChunkRows;
import io.blemish.jobs.inspect.Encoder;
import io.blemish.jobs.inspect.EncoderCard;
import io.blemish.jobs.inspect.PublishedCaptioner;
import io.blemish.jobs.inspect.PublishedInspector;
import io.blemish.jobs.inspect.Registers;
import io.blemish.jobs.inspect.RowsAtHand;
import io.blemish.jobs.inspect.StoredRows;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.TilesTable;
import io.blemish.tables.Warehouse;
import io.blemish.udfs.CaptionRows;
import io.blemish.udfs.Captioning;
import io.blemish.udfs.InspectorMeasures;
import io.blemish.udfs.InspectorMeasures.Count;
import io.blemish.udfs.InspectorSettings;
import io.blemish.udfs.VerdictRules;
import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The main job: looks at every image of {@code images} once, with one encoder and one knowledge base, captions it if there is a
 * captioner, and appends what it learned to {@code inspections}.
 *
 * <p>The driver opens the checkpoint, takes the {@link Claim}, cuts what is left into {@link Chunks} and embeds the
 * descriptions. For each chunk Spark scans the photographs, one {@code mapPartitions} inspects them, a {@code select}
 * adds the verdict, and Delta appends the rows in one atomic commit; nothing stands between these. A run that is killed
 * at any point leaves whole chunks behind, and the next run does what is left. A new captioner begins with what was
 * inspected without it, and captions that from its embeddings.
 */
public final class Inspect {
    private final Warehouse warehouse;
    private final InspectOptions options;
    private final JobRun run;
    private final Claim.Owners owners;

    /**
     * An inspection of the warehouse's images, as part of the run.
     *
     * @param owners what is known of other runs
     */
    public Inspect(Warehouse warehouse, InspectOptions options, JobRun run, Claim.Owners owners) {
        this.warehouse = warehouse;
        this.options = options;
        this.run = run;
        this.owners = owners;
    }

    /**
     * Inspects what is left.
     *
     * @throws io.blemish.error.UserException for a checkpoint, knowledge base or options that cannot be used
     * @throws ClaimLostException when another driver took over meanwhile
     */
    public InspectResult run() {
        KnowledgeBase base = base();
        options.window().report(run);
        warehouse.create(InspectionsTable.DEFINITION, KnowledgeBasesTable.DEFINITION, BundlesTable.DEFINITION);
        try (Clip clip = Clip.open(options.clip())) {
            Encoder encoder = Encoder.choose(clip, options.precision(), options.device(), options.decode(), warehouse);
            Optional<CaptionerBundle> captioner =
                    options.captions().map(asked -> CaptionerBundle.open(asked, clip, encoder.precision()));
            String captionerId = captioner.map(CaptionerBundle::id).orElse(InspectionsTable.NO_CAPTIONER);
            Claim.Key key = new Claim.Key(encoder.id(), captionerId, base.id());
            identify(encoder, captioner, key, base);
            Claim claim = claim(key, base);
            Optional<PublishedCaptioner> published = captioner.map(bundle -> bundle.publish(warehouse.spark()));
            try {
                return new Work(encoder, published, base, key, claim).run();
            } finally {
                published.ifPresent(PublishedCaptioner::close);
            }
        }
    }

    /**
     * What {@link #run} would do. The checkpoint's files are read, for they tell what is inspected already; where nothing is, not even
     * they.
     *
     * @throws io.blemish.error.UserException as {@link #run} does
     */
    public Summary plan() {
        KnowledgeBase base = base();
        Dataset<Row> images = taken(warehouse.read(ImagesTable.DEFINITION));
        long count = images.count();
        long left = options.redo() == InspectOptions.Redo.EVERYTHING || !warehouse.exists(InspectionsTable.DEFINITION)
                ? count
                : left(images, base);
        return Summary.titled("Would inspect the images of " + warehouse + options.window())
                .with("images", count, "")
                .with("left", left, "are not inspected yet with these models and this knowledge base");
    }

    private long left(Dataset<Row> images, KnowledgeBase base) {
        try (Clip clip = Clip.open(options.clip())) {
            Encoder encoder = Encoder.choose(clip, options.precision(), options.device(), options.decode(), warehouse);
            String captionerId = options.captions()
                    .map(asked -> CaptionerBundle.open(asked, clip, encoder.precision())
                            .id())
                    .orElse(InspectionsTable.NO_CAPTIONER);
            RowsAtHand done = rowsAtHand(new Claim.Key(encoder.id(), captionerId, base.id()));
            done.requireSame(base, options.label(base), options.methods());
            return Chunks.left(images, taken(done.rows()), 1).stream()
                    .mapToLong(Chunks.Chunk::images)
                    .sum();
        }
    }

    private KnowledgeBase base() {
        KnowledgeBase base = KnowledgeBase.read(options.knowledge());
        VerdictRules.column(base, InspectionsTable.DEFINITION.schema());
        warehouse.require("Run blemish ingest first", ImagesTable.DEFINITION);
        return base;
    }

    /** Inspections are dated as their images are. */
    private Dataset<Row> taken(Dataset<Row> imagesOrInspections) {
        return options.window().of(imagesOrInspections, "captured_at");
    }

    private void identify(Encoder encoder, Optional<CaptionerBundle> captioner, Claim.Key key, KnowledgeBase base) {
        run.identify("encoder_id", key.encoderId());
        run.identify("captioner_id", key.captionerId());
        run.identify("kb_id", key.kbId());
        Registers registers = new Registers(warehouse, run.id());
        registers.record(base);
        EncoderCard card = new EncoderCard(
                encoder.precision(),
                encoder.clip().imageProcessor().side(),
                encoder.clip().imageProcessor().rounding(),
                options.decode().orientation(),
                options.decode().mode());
        String name = String.valueOf(options.clip().toAbsolutePath().normalize().getFileName());
        registers.recordEncoder(encoder.id(), name, card.toJson());
        captioner.ifPresent(bundle -> registers.recordCaptioner(bundle.id(), bundle.name(), bundle.card()));
    }

    private Claim claim(Claim.Key key, KnowledgeBase base) {
        Claim.Table table = new Claim.Table(warehouse, InspectionsTable.DEFINITION);
        if (options.redo() == InspectOptions.Redo.NOTHING) {
            rowsAtHand(key).requireSame(base, options.label(base), options.methods());
        }
        Claim claim = Claim.take(table, key, run.id(), owners, options.takeOver());
        if (options.redo() == InspectOptions.Redo.EVERYTHING) {
            // Tiles go first: should the run die in between, the next --redo still finds what it has to delete.
            deleteTiles(key);
            if (!rowsAtHand(key).isEmpty()) {
                claim.delete(condition(key));
            }
        }
        return claim;
    }

    /** Tiles show grids that will be gone. */
    private void deleteTiles(Claim.Key key) {
        if (warehouse.exists(TilesTable.DEFINITION)) {
            DeltaTable.forPath(warehouse.spark(), warehouse.path(TilesTable.DEFINITION))
                    .delete(col("encoder_id")
                            .equalTo(key.encoderId())
                            .and(col("kb_id").equalTo(key.kbId())));
        }
    }

    /** What is left, and what it is done with. */
    private final class Work {
        private final Encoder encoder;
        private final Optional<PublishedCaptioner> captioner;
        private final KnowledgeBase base;
        private final Claim.Key key;
        private final Claim claim;
        private final InspectorMeasures measures;
        private final ChunkAppends appends;
        private InspectorSettings settings;

        Work(Encoder encoder, Optional<PublishedCaptioner> captioner, KnowledgeBase base, Claim.Key key, Claim claim) {
            this.encoder = encoder;
            this.captioner = captioner;
            this.base = base;
            this.key = key;
            this.claim = claim;
            this.measures = new InspectorMeasures(warehouse.spark().sparkContext());
            this.appends = new ChunkAppends(
                    warehouse,
                    Inspect.this.run,
                    List.of(
                            measures.counter(Count.OK),
                            measures.counter(Count.FAILED),
                            measures.counter(Count.CAPTIONED)));
        }

        InspectResult run() {
            long version = warehouse.version(ImagesTable.DEFINITION);
            run.input(ImagesTable.DEFINITION, version);
            Dataset<Row> images = taken(warehouse.read(ImagesTable.DEFINITION, version));
            long count = images.count();
            TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
            captioner.ifPresent(published -> captionStored(published.captioning()));
            inspect(images);
            int chunks = appends.appended();
            return chunks == 0 ? InspectResult.nothing(count) : InspectResult.of(count, chunks, measures);
        }

        /** Takes over what was inspected without this captioner. */
        private void captionStored(Captioning captioning) {
            if (options.redo() == InspectOptions.Redo.EVERYTHING) {
                return;
            }
            StoredRows.Made made = new StoredRows.Made(base, options.label(base), options.methods());
            StoredRows.find(warehouse, pair(key), key.captionerId(), made)
                    .ifPresent(stored -> captionStored(captioning, stored));
        }

        private void captionStored(Captioning captioning, StoredRows stored) {
            List<Chunks.Chunk> left =
                    Chunks.left(taken(stored.rows()), taken(rowsAtHand(key).rows()), minImages());
            if (left.isEmpty()) {
                return;
            }
            Broadcast<InspectorSettings> labelling = JavaSparkContext.fromSparkContext(
                            warehouse.spark().sparkContext())
                    .broadcast(settings());
            CaptionRows captions =
                    new CaptionRows(captioning, labelling, InspectionsTable.DEFINITION.schema(), measures);
            Column taken = options.window().holds("captured_at");
            appends.append(claim, left, chunk -> stored.captioned(chunk.and(taken), captions, identities(key)));
            labelling.unpersist();
        }

        private void inspect(Dataset<Row> images) {
            List<Chunks.Chunk> left = Chunks.left(images, taken(rowsAtHand(key).rows()), minImages());
            if (left.isEmpty()) {
                return;
            }
            try (PublishedInspector published = PublishedInspector.publish(
                    warehouse.spark(),
                    encoder.clip(),
                    encoder.precision(),
                    encoder.id(),
                    captioner,
                    settings(),
                    measures)) {
                ChunkRows rows = new ChunkRows(published.inspector()::inspections, base, identities(key));
                appends.append(claim, left, chunk -> rows.of(images.where(chunk)));
            }
        }

        /** How images are inspected. The descriptions are embedded once, when this is asked for first. */
        private InspectorSettings settings() {
            if (settings == null) {
                try (JobRun.Stage stage = run.stage("descriptions")) {
                    settings = options.settings(encoder, base);
                }
            }
            return settings;
        }
    }

    private Map<String, String> identities(Claim.Key key) {
        return Map.of(
                "encoder_id", key.encoderId(),
                "captioner_id", key.captionerId(),
                "kb_id", key.kbId(),
                "run_id", run.id());
    }

    private RowsAtHand rowsAtHand(Claim.Key key) {
        return new RowsAtHand(warehouse, condition(key));
    }

    private static Column condition(Claim.Key key) {
        return pair(key).and(col("captioner_id").equalTo(key.captionerId()));
    }

    /** Of an encoder and a knowledge base, whatever the captioner. */
    private static Column pair(Claim.Key key) {
        return col("encoder_id").equalTo(key.encoderId()).and(col("kb_id").equalTo(key.kbId()));
    }

    private long minImages() {
        return options.minImages(warehouse.spark().sparkContext().defaultParallelism());
    }
}
