package io.blemish.jobs;

import io.blemish.jobs.ingest.ContentPolicy;
import io.blemish.tables.Warehouse;
import io.blemish.tables.WarehouseLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything once, on photographs that Blemish draws itself: ingest, truths, inspection with captions, heat maps,
 * evaluation, trends, report.
 *
 * <p>Each step is the job that its own command runs, and finds its work by itself: a demo that was killed goes on where
 * it was, and a second one in the same folder has little to do.
 */
public final class Demo {
    private final JobContext context;
    private final DemoOptions options;
    private final DemoSamples samples;
    private final Warehouse warehouse;

    /** A demo in the Spark session of the context, which must run on this machine: the photographs are drawn here. */
    public Demo(JobContext context, DemoOptions options) {
        this.context = context;
        this.options = options;
        this.samples = new DemoSamples(options);
        this.warehouse = Warehouse.at(context.spark(), options.warehouse().toString());
    }

    /** Runs the jobs one after the other; how each ended, the report last. */
    @SuppressWarnings("try") // The lock is held until it is closed.
    public List<JobRun.Ended> run() throws Exception {
        if (!samples.drawn()) {
            tell("Drawing " + options.count() + " photographs of fruit into " + options.samples());
        }
        samples.draw(context.terminal());
        warehouse.create();
        List<JobRun.Ended> ended = new ArrayList<>();
        try (WarehouseLock lock = warehouse.lock(WarehouseCommand.holder("demo"))) {
            for (Step step : steps()) {
                tell(step.title());
                ended.add(step.work().run());
            }
        }
        return ended;
    }

    /** One job of the demo. */
    private record Step(String title, Work work) {}

    /** What a step does. */
    @FunctionalInterface
    private interface Work {
        JobRun.Ended run() throws Exception;
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("Taking them into " + warehouse, () -> IngestCommand.ingest(context, warehouse, ingest())));
        steps.add(new Step(
                "Importing what is true of them", () -> TruthImportCommand.importing(context, warehouse, truths())));
        options.captions().filter(captions -> captions.mapper().isEmpty()).ifPresent(captions -> {
            steps.add(inspection("Inspecting them with " + options.clip().getFileName(), Optional.empty()));
            steps.add(new Step(
                    "Training a mapper from images to words",
                    () -> TrainCommand.train(context, warehouse, DemoTraining.options(options, captions))));
        });
        steps.add(inspection(
                "Inspecting them with " + options.clip().getFileName()
                        + (options.captions().isPresent() ? ", and captioning them" : ""),
                options.captions().map(this::captions)));
        options.captions()
                .ifPresent(captions -> steps.add(new Step(
                        "Asking what the words of their captions rest on",
                        () -> WordsCommand.explain(context, warehouse, words(captions)))));
        steps.add(new Step("Drawing heat maps", () -> TilesCommand.draw(context, warehouse, tiles())));
        steps.add(new Step("Evaluating", () -> EvaluateCommand.evaluate(context, warehouse, evaluate())));
        steps.add(new Step("Looking for trends", () -> TrendsCommand.trends(context, warehouse, trends())));
        steps.add(new Step("Writing the report", () -> ReportCommand.report(context, warehouse, report())));
        return steps;
    }

    private Step inspection(String title, Optional<CaptionOptions> captions) {
        return new Step(title, () -> InspectCommand.inspect(context, warehouse, inspect(captions)));
    }

    private CaptionOptions captions(DemoOptions.Captions captions) {
        return CaptionOptions.of(
                        context.configuration(), captions.mapper().orElse(options.mapper()), captions.languageModel())
                .orElseThrow();
    }

    private IngestOptions ingest() {
        return IngestOptions.of(
                context.configuration(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(samples.manifest().toString()),
                ContentPolicy.BY_PLACE);
    }

    private TruthImportOptions truths() {
        return TruthImportOptions.of(
                context.configuration(), Optional.of(samples.truths().toString()), Optional.empty(), Optional.empty());
    }

    private EvaluateOptions evaluate() {
        return EvaluateOptions.of(
                context.spark(),
                context.configuration(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(options.clip()),
                Optional.empty(),
                Map.of());
    }

    private InspectOptions inspect(Optional<CaptionOptions> captions) {
        return InspectOptions.of(
                context.spark(),
                context.configuration(),
                options.clip(),
                options.knowledge(),
                captions,
                InspectOptions.Redo.NOTHING,
                InspectCommand.takeOver(warehouse, false));
    }

    private WordsOptions words(DemoOptions.Captions captions) {
        return WordsOptions.of(
                context.spark(),
                context.configuration(),
                options.clip(),
                captions(captions),
                Optional.empty(),
                InspectCommand.takeOver(warehouse, false));
    }

    private TilesOptions tiles() {
        return TilesOptions.of(
                context.configuration(),
                TilesOptions.Which.ALL,
                Optional.empty(),
                InspectCommand.takeOver(warehouse, false));
    }

    private TrendsOptions trends() {
        return TrendsOptions.of(context.configuration(), TimeWindow.always());
    }

    private ReportOptions report() {
        return ReportOptions.of(context.configuration(), options.report(), Optional.empty(), Optional.empty());
    }

    private void tell(String line) {
        if (context.terminal().chatter() != Terminal.Chatter.QUIET) {
            context.terminal().tell(line + " …");
        }
    }
}
