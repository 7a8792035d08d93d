package io.blemish.jobs;

import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code blemish evaluate}. */
@Command(
        name = "evaluate",
        description = "Measures inspections against the truths: labels, probabilities, heat maps, captions.")
public final class EvaluateCommand extends WarehouseCommand {
    @Option(
            names = "--encoder",
            paramLabel = "ID",
            description = "The encoder, when there are several: its id, the beginning of it, or its name")
    private String encoder;

    @Option(
            names = "--knowledge",
            paramLabel = "FILE|ID",
            description = "The knowledge base, when there are several: its file, its id, or its name")
    private String knowledge;

    @Option(
            names = "--clip",
            paramLabel = "FOLDER",
            description =
                    "The encoder's checkpoint: adds P(defective), insertion and deletion, attention, sanity checks")
    private Path clip;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Whose truths count; by default everybody's, the latest first")
    private String source;

    @Option(
            names = "--map",
            split = ",",
            paramLabel = "WORD=DESCRIPTION",
            description = "What a word of the truths means: a defect, sound, or defective; may be repeated")
    private Map<String, String> words = new LinkedHashMap<>();

    @Option(
            names = "--document-frequencies",
            paramLabel = "FILE",
            description = "Fixed document frequencies for CIDEr-D: lines of words, a tab, a number of images")
    private Path frequencies;

    @Option(names = "--sanity-images", paramLabel = "N", description = "Images that the sanity checks look at")
    private String sanityImages;

    @Option(names = "--device", paramLabel = "D", description = "cpu, gpu or auto")
    private String device;

    @Mixin
    private TimeWindowOptions time;

    @Override
    protected void configure(Configuration.Builder configuration) {
        set(configuration, "--sanity-images", Keys.EVALUATE_SANITY_IMAGES, sanityImages);
        set(configuration, "--device", Keys.DEVICE, device);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        return evaluate(context, warehouse, options(context));
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        JobRun rehearsal = JobRun.rehearsal(context, warehouse, "evaluate");
        return new Plan("evaluate", new Evaluate(warehouse, options(context), rehearsal).plan());
    }

    private EvaluateOptions options(JobContext context) {
        EvaluateOptions options = EvaluateOptions.of(
                        context.spark(),
                        context.configuration(),
                        Optional.ofNullable(encoder),
                        Optional.ofNullable(knowledge).map(EvaluateCommand::id),
                        Optional.ofNullable(clip),
                        Optional.ofNullable(source),
                        words)
                .within(time.window());
        return frequencies == null ? options : options.withFrequencies(frequencies);
    }

    /** Evaluates as a run of its own, and tells the measures. */
    static JobRun.Ended evaluate(JobContext context, Warehouse warehouse, EvaluateOptions options) throws Exception {
        return JobRun.execute(context, warehouse, "evaluate", "Evaluating the inspections of " + warehouse, run -> {
            EvaluateResult result = new Evaluate(warehouse, options, run).run();
            result.report(run);
            context.terminal().tell(result.text());
            return result.summary(warehouse.toString());
        });
    }

    /** The id of the knowledge base in a file of that name; without one the text is an id or a name already. */
    private static String id(String text) {
        return Files.isRegularFile(Path.of(text))
                ? KnowledgeBase.read(Path.of(text)).id()
                : text;
    }
}
