package io.blemish.jobs;

import static org.apache.spark.sql.functions.not;

import io.blemish.clip.Clip;
import io.blemish.error.UserException;
import io.blemish.jobs.evaluate.CaptionEvaluation;
import io.blemish.jobs.evaluate.CaptionVocabulary;
import io.blemish.jobs.evaluate.Findings;
import io.blemish.jobs.evaluate.LabelEvaluation;
import io.blemish.jobs.evaluate.LeftOut;
import io.blemish.jobs.evaluate.MapEvaluation;
import io.blemish.jobs.evaluate.ModelStage;
import io.blemish.jobs.evaluate.Subject;
import io.blemish.jobs.evaluate.Truths;
import io.blemish.jobs.evaluate.Vocabulary;
import io.blemish.jobs.inspect.ScanTasks;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.EvaluationsTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Measures the inspections of one encoder by one knowledge base against what {@code truths} say, and appends the
 * measures to {@code evaluations} in one step.
 *
 * <p>Labels are counted from the tables; heat maps are measured from the stored grids and the files of the masks. With
 * the checkpoint, the model itself is asked for what the tables do not hold.
 */
public final class Evaluate {
    static final String APPLICATION = "blemish-evaluate";

    private final Warehouse warehouse;
    private final EvaluateOptions options;
    private final JobRun run;
    private final Findings findings = new Findings();
    private final Map<LeftOut, Long> leftOut = new EnumMap<>(LeftOut.class);

    /** An evaluation of the warehouse's inspections, as part of the run. */
    public Evaluate(Warehouse warehouse, EvaluateOptions options, JobRun run) {
        this.warehouse = warehouse;
        this.options = options;
        this.run = run;
    }

    /**
     * Evaluates.
     *
     * @throws UserException when it is not clear what to evaluate, or nothing can be
     */
    public EvaluateResult run() {
        requireTables();
        options.window().report(run);
        warehouse.create(EvaluationsTable.DEFINITION);
        return with(this::evaluate);
    }

    /**
     * What {@link #run} would measure.
     *
     * @throws UserException when it is not clear what to evaluate
     */
    public Summary plan() {
        requireTables();
        return with(clip -> {
            Subject subject = Subject.choose(warehouse, options.encoder(), options.knowledge(), clip);
            Dataset<Row> inspected = Subject.oneForEachImage(
                            subject.ofEveryCaptioner(taken(warehouse.read(InspectionsTable.DEFINITION))))
                    .select("image_id");
            Truths truths = Truths.of(warehouse, options.source(), new Vocabulary(subject.base(), options.words()));
            return Summary.titled("Would evaluate " + subject + " in " + warehouse + options.window())
                    .with(
                            "labelled images",
                            truths.labels().join(inspected, "image_id").count(),
                            "")
                    .with("masks", truths.masks().join(inspected, "image_id").count(), "");
        });
    }

    private void requireTables() {
        warehouse.require(
                "Run blemish inspect first",
                ImagesTable.DEFINITION,
                InspectionsTable.DEFINITION,
                BundlesTable.DEFINITION,
                KnowledgeBasesTable.DEFINITION);
        warehouse.require("Run blemish truth import first", TruthsTable.DEFINITION);
    }

    private <T> T with(Function<Optional<Clip>, T> use) {
        if (options.clip().isEmpty()) {
            return use.apply(Optional.empty());
        }
        try (Clip clip = Clip.open(options.clip().get())) {
            return use.apply(Optional.of(clip));
        }
    }

    private Dataset<Row> taken(Dataset<Row> inspections) {
        return options.window().of(inspections, "captured_at");
    }

    /** What is said of photographs that were taken within the window. */
    private Dataset<Row> ofTaken(Dataset<Row> truths) {
        return options.window().ofPhotographs(warehouse, truths);
    }

    private EvaluateResult evaluate(Optional<Clip> clip) {
        Subject subject = Subject.choose(warehouse, options.encoder(), options.knowledge(), clip);
        run.identify("encoder_id", subject.encoderId());
        run.identify("kb_id", subject.base().id());
        long version = warehouse.version(InspectionsTable.DEFINITION);
        run.input(InspectionsTable.DEFINITION, version);
        Dataset<Row> ofEveryCaptioner =
                subject.ofEveryCaptioner(taken(warehouse.read(InspectionsTable.DEFINITION, version)));
        Dataset<Row> inspections = Subject.oneForEachImage(ofEveryCaptioner);
        Vocabulary vocabulary = new Vocabulary(subject.base(), options.words());
        Truths truths = Truths.of(warehouse, options.source(), vocabulary);
        leftOut.put(LeftOut.UNMAPPED, truths.unmappedCount());
        Optional<ModelStage> model = clip.map(open -> model(open, subject));
        try {
            long images = labels(subject, truths, inspections, model);
            long pairs = maps(subject, truths, inspections, model);
            long captions = captions(ofEveryCaptioner, truths, new CaptionVocabulary(vocabulary), clip);
            requireSomething(images + pairs + captions, truths);
            append(subject);
            return new EvaluateResult(
                    subject.toString(), images, pairs, captions, leftOut, truths.unmapped(), findings);
        } finally {
            model.ifPresent(ModelStage::close);
        }
    }

    private ModelStage model(Clip clip, Subject subject) {
        try (JobRun.Stage stage = run.stage("descriptions")) {
            return ModelStage.open(
                    warehouse.spark(),
                    clip,
                    subject,
                    new ModelStage.Settings(
                            options.device(), options.batchSize(), options.limits(), options.samples()));
        }
    }

    private long labels(Subject subject, Truths truths, Dataset<Row> inspections, Optional<ModelStage> model) {
        try (JobRun.Stage stage = run.stage("labels")) {
            Dataset<Row> labels = ofTaken(truths.labels()).persist(StorageLevel.MEMORY_AND_DISK());
            try {
                Dataset<Row> clear = labels.where(not(Truths.contradictory()));
                long stated = labels.count();
                long contradictory = stated - clear.count();
                long images = LabelEvaluation.of(
                                clear, inspections, subject.base(), model.map(ModelStage::defectiveProbability))
                        .addTo(findings);
                leftOut.put(LeftOut.CONTRADICTORY, contradictory);
                leftOut.put(LeftOut.NOT_INSPECTED, stated - contradictory - images);
                return images;
            } finally {
                labels.unpersist();
            }
        }
    }

    private long maps(Subject subject, Truths truths, Dataset<Row> inspections, Optional<ModelStage> model) {
        Dataset<Row> masks = ofTaken(truths.masks()).persist(StorageLevel.MEMORY_AND_DISK());
        try (JobRun.Stage stage = run.stage("heat_maps");
                ScanTasks tasks = new ScanTasks(warehouse.spark())) {
            if (masks.isEmpty()) {
                return 0;
            }
            Dataset<Row> images = warehouse.read(ImagesTable.DEFINITION);
            MapEvaluation evaluation = new MapEvaluation(warehouse.spark(), subject, options.limits(), findings);
            long pairs = evaluation.measure(masks, inspections, images, model);
            evaluation.leftOut().forEach((reason, number) -> leftOut.merge(reason, number, Long::sum));
            if (model.isPresent()) {
                ask(model.get(), masks, images);
                leftOut.put(LeftOut.PHOTOGRAPH_UNREADABLE, model.get().unreadable());
            }
            return pairs;
        } finally {
            masks.unpersist();
        }
    }

    /** What only the model can tell takes long: progress is shown. */
    private void ask(ModelStage model, Dataset<Row> masks, Dataset<Row> images) {
        try (JobRun.Stage stage = run.stage("model");
                LiveCount done = LiveCount.of(warehouse.spark().sparkContext(), List.of(model.explained()));
                Progress progress = run.progress("explanations", model.toExplain(masks), done::value)) {
            model.measure(masks, images, findings);
        }
    }

    private long captions(Dataset<Row> inspections, Truths truths, CaptionVocabulary words, Optional<Clip> clip) {
        try (JobRun.Stage stage = run.stage("captions")) {
            CaptionEvaluation.Settings settings = new CaptionEvaluation.Settings(
                    options.source(), options.frequencies(), options.samples().captionImages());
            return new CaptionEvaluation(warehouse, settings, findings)
                    .measure(inspections, ofTaken(truths.labels()).where(not(Truths.contradictory())), words, clip);
        }
    }

    private void requireSomething(long evaluated, Truths truths) {
        if (evaluated == 0) {
            throw UserException.cannot(
                    "evaluate " + warehouse,
                    "no image has both an inspection and a label or mask that means something here"
                            + (truths.unmapped().isEmpty()
                                    ? ""
                                    : "; the truths say " + truths.unmapped().keySet()),
                    "Import truths about inspected images, and give other words a meaning with --map WORD=DESCRIPTION");
        }
    }

    private void append(Subject subject) {
        try (JobRun.Stage stage = run.stage("append")) {
            NumberedAppends.next(warehouse, APPLICATION, run.id(), EvaluationsTable.DEFINITION)
                    .append(
                            EvaluationsTable.DEFINITION,
                            findings.rows(warehouse.spark(), subject, run.id(), run.startedAt()));
        }
    }
}
