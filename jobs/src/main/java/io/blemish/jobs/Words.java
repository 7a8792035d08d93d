package io.blemish.jobs;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.blemish.clip.Clip;
import io.blemish.error.UserException;
import io.blemish.jobs.inspect.CaptionerBundle;
import io.blemish.jobs.inspect.Encoder;
import io.blemish.jobs.inspect.PublishedWords;
import io.blemish.jobs.inspect.ScanTasks;
import io.blemish.tables.CaptionWordsTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.Warehouse;
import io.blemish.udfs.InspectorMeasures;
import io.blemish.udfs.InspectorMeasures.Count;
import io.blemish.udfs.InspectorSettings;
import io.blemish.udfs.RowCondition;
import io.blemish.udfs.WordExplainer;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tells where on the photograph the words of captions rest, for captions that are stored: appends a grid for each word to
 * {@code caption_words}. What is left is what has no words there yet; all words of an image are appended together.
 *
 * <p>Captions depend on image, encoder and captioner alone, so inspections with several knowledge bases are explained once.
 */
public final class Words {
    /** A caption without a letter or digit has no words, and would be left for ever. */
    private static final String SPELLS = "[\\p{L}\\p{N}]";

    private final Warehouse warehouse;
    private final WordsOptions options;
    private final JobRun run;
    private final Claim.Owners owners;

    /** An explanation of the warehouse's captions, as part of the run. */
    public Words(Warehouse warehouse, WordsOptions options, JobRun run, Claim.Owners owners) {
        this.warehouse = warehouse;
        this.options = options;
        this.run = run;
        this.owners = owners;
    }

    /**
     * Explains what is left.
     *
     * @throws UserException for folders that cannot be used, or that no caption of the warehouse was made with
     */
    public WordsResult run() {
        requireInspections();
        options.window().report(run);
        warehouse.create(CaptionWordsTable.DEFINITION);
        return with(Work::run);
    }

    /**
     * What {@link #run} would do. The models' files are read, for they tell whose captions are meant.
     *
     * @throws UserException as {@link #run} does
     */
    public Summary plan() {
        requireInspections();
        return Summary.titled("Would explain the words of captions of " + warehouse + options.window())
                .with("captions", with(Work::left), "whose words are not explained yet");
    }

    private void requireInspections() {
        warehouse.require(
                "Run blemish inspect with --mapper and --lm first",
                ImagesTable.DEFINITION,
                InspectionsTable.DEFINITION,
                KnowledgeBasesTable.DEFINITION);
    }

    private <T> T with(Function<Work, T> use) {
        try (Clip clip = Clip.open(options.clip())) {
            Encoder encoder = Encoder.choose(clip, options.precision(), options.device(), options.decode(), warehouse);
            CaptionerBundle captioner = CaptionerBundle.open(options.captions(), clip, encoder.precision());
            run.identify("encoder_id", encoder.id());
            run.identify("captioner_id", captioner.id());
            return use.apply(new Work(encoder, captioner));
        }
    }

    /** The captions of one encoder and captioner. */
    private final class Work {
        private final Encoder encoder;
        private final CaptionerBundle captioner;
        private final String captionerId;
        private final InspectorMeasures measures;

        Work(Encoder encoder, CaptionerBundle captioner) {
            this.encoder = encoder;
            this.captioner = captioner;
            this.captionerId = captioner.id();
            this.measures = new InspectorMeasures(warehouse.spark().sparkContext());
        }

        WordsResult run() {
            List<Row> bases = bases();
            Claim claim = Claim.take(
                    new Claim.Table(warehouse, CaptionWordsTable.DEFINITION),
                    Claim.Key.ofWords(encoder.id(), captionerId),
                    Words.this.run.id(),
                    owners,
                    options.takeOver());
            InspectorSettings.Preparation preparation =
                    InspectorSettings.Preparation.of(encoder.clip().imageProcessor(), options.decode());
            PublishedWords.Use use = new PublishedWords.Use(preparation, options.device(), options.batchSize());
            long words = 0;
            try (PublishedWords published =
                    PublishedWords.publish(warehouse.spark(), encoder, captioner, use, measures)) {
                for (Row base : bases) {
                    words += append(claim, left(base.getString(0)), published.explainer());
                }
            }
            return WordsResult.of(words, measures);
        }

        /** Captions left, counted once for each image. */
        long left() {
            Dataset<Row> left = warehouse.spark().emptyDataFrame();
            for (Row base : bases()) {
                Dataset<Row> more = left(base.getString(0)).select("image_id");
                left = left.columns().length == 0 ? more : left.union(more);
            }
            return left.distinct().count();
        }

        private List<Row> bases() {
            List<Row> bases =
                    captioned().select("kb_id").distinct().orderBy("kb_id").collectAsList();
            if (bases.isEmpty()) {
                throw UserException.cannot(
                        "explain the words of captions of " + warehouse + options.window(),
                        "none was made with " + options.clip() + ", " + captioner.name() + " and this way of writing",
                        "Run blemish inspect with the same --clip, --mapper, --lm and caption.* settings first");
            }
            return bases;
        }

        private Dataset<Row> captioned() {
            return options.window()
                    .of(warehouse.read(InspectionsTable.DEFINITION), "captured_at")
                    .where(mine().and(col("status").equalTo(InspectionsTable.OK))
                            .and(col("caption").rlike(SPELLS))
                            .and(col("embedding").isNotNull()));
        }

        private Column mine() {
            return col("encoder_id")
                    .equalTo(encoder.id())
                    .and(col("captioner_id").equalTo(captionerId));
        }

        private Dataset<Row> left(String kbId) {
            Dataset<Row> captioned = captioned().where(col("kb_id").equalTo(kbId));
            if (options.where().isPresent()) {
                captioned = captioned.where(RowCondition.of(
                        options.where().get(),
                        "--where",
                        warehouse.only(KnowledgeBasesTable.DEFINITION, "kb_id", kbId, "content"),
                        captioned.schema()));
            }
            Dataset<Row> told = warehouse
                    .readOrNone(CaptionWordsTable.DEFINITION)
                    .where(mine().and(col("word_index").equalTo(0)))
                    .select(col("image_id").as("told_id"));
            return captioned
                    .join(told, col("image_id").equalTo(col("told_id")), "left_anti")
                    .select("image_id", "part", "caption", "embedding");
        }

        @SuppressWarnings("try") // Tasks scan, and progress is shown, until they are closed.
        private long append(Claim claim, Dataset<Row> left, WordExplainer explainer) {
            List<Chunks.Chunk> chunks = Chunks.left(left, left.limit(0), options.chunkImages());
            if (chunks.isEmpty()) {
                return 0;
            }
            long total = chunks.stream().mapToLong(Chunks.Chunk::images).sum();
            long words = 0;
            try (ScanTasks tasks = new ScanTasks(warehouse.spark());
                    LiveCount done = LiveCount.of(
                            warehouse.spark().sparkContext(),
                            List.of(measures.counter(Count.OK), measures.counter(Count.FAILED)));
                    Progress progress = Words.this.run.progress("captions", total, done::value)) {
                for (Chunks.Chunk chunk : chunks) {
                    words += claim.append(words(explainer, left, chunk)).rows().orElse(0);
                }
            }
            return words;
        }

        private Dataset<Row> words(WordExplainer explainer, Dataset<Row> left, Chunks.Chunk chunk) {
            Dataset<Row> captions = broadcast(left.where(chunk.condition()).drop("part"));
            Dataset<Row> photographs = warehouse.read(ImagesTable.DEFINITION).where(chunk.condition());
            return explainer
                    .words(photographs.join(captions, "image_id"))
                    .withColumn("encoder_id", lit(encoder.id()))
                    .withColumn("captioner_id", lit(captionerId))
                    .withColumn("run_id", lit(Words.this.run.id()));
        }
    }
}
