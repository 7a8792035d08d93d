package io.blemish.jobs;

import io.blemish.error.UserException;
import io.blemish.jobs.report.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code blemish demo}. */
@Command(
        name = "demo",
        description = "Shows everything once, on photographs that it draws itself: inspection, heat maps, evaluation,"
                + " report. Run again in the same folder, it goes on.")
public final class DemoCommand extends JobCommand {
    private static final String POCKET_LM = "model-broadcast/pocket/opt";
    private static final String POCKET_MAPPER = "model-broadcast/pocket/mapper";
    private static final String KNOWLEDGE = "conf/knowledge/samples.yaml";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "blemish-demo",
            description = "Where to put photographs, tables and report (default: ${DEFAULT-VALUE})")
    private Path out;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "300",
            description = "How many photographs (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "7",
            description = "Fixes the photographs (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--clip",
            paramLabel = "FOLDER",
            description = "A CLIP checkpoint to look with, instead of the small one that comes with Blemish")
    private Path clip;

    @Option(
            names = "--knowledge",
            paramLabel = "FILE",
            description = "Descriptions to choose from, instead of those of drawn fruit")
    private Path knowledge;

    @Option(
            names = "--train",
            description =
                    "Train a mapper on the photographs' captions, instead of taking the one that comes with Blemish")
    private boolean train;

    /**
     * Two kinds of heat maps, so that the evaluation can compare them; CLIP chooses among captions; small samples for what is costly; and plans that
     * are interpreted: for a few hundred rows, compiling them costs more than running them.
     */
    @Override
    protected void preset(Configuration.Builder configuration) {
        configuration.presetSpark("spark.sql.codegen.wholeStage", "false");
        configuration.presetSpark("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        configuration.presetSpark("spark.sql.shuffle.partitions", "2");
        configuration.preset(Keys.HEATMAP_METHODS, "relevance,gradcam");
        configuration.preset(Keys.CAPTION_BEAMS, "10");
        configuration.preset(Keys.CAPTION_CLIP_WEIGHT, "2");
        configuration.preset(Keys.EVALUATE_CURVE_IMAGES, "12");
        configuration.preset(Keys.EVALUATE_CURVE_STEPS, "10");
        configuration.preset(Keys.EVALUATE_SANITY_IMAGES, "12");
    }

    @Override
    protected ExitCode execute(JobContext context) throws Exception {
        if (!context.spark().sparkContext().isLocal()) {
            throw UserException.cannot(
                    "show a demo on " + context.spark().sparkContext().master(),
                    "the photographs are drawn on this machine",
                    "Leave --master out");
        }
        DemoOptions options = new DemoOptions(
                out.toAbsolutePath().normalize(),
                count,
                seed,
                clip == null ? Home.resolve(Home.POCKET_CLIP) : clip,
                knowledge == null ? Home.resolve(KNOWLEDGE) : knowledge,
                captions());
        List<JobRun.Ended> ended = new Demo(context, options).run();
        JobRun.Ended report = ended.get(ended.size() - 1);
        if (context.terminal().answer() == Terminal.Answer.JSON) {
            context.terminal().print(report.event().json());
        }
        context.terminal().tell(next(options));
        return ended.stream()
                .map(each -> each.summary().exit())
                .filter(exit -> exit != ExitCode.DONE)
                .findFirst()
                .orElse(ExitCode.DONE);
    }

    /** The mapper that comes with Blemish was trained for the CLIP that comes with it. */
    private Optional<DemoOptions.Captions> captions() {
        if (train) {
            return Optional.of(new DemoOptions.Captions(Home.resolve(POCKET_LM), Optional.empty()));
        }
        return clip == null
                ? Optional.of(
                        new DemoOptions.Captions(Home.resolve(POCKET_LM), Optional.of(Home.resolve(POCKET_MAPPER))))
                : Optional.empty();
    }

    /** Where the report is, and how to have one of other photographs: one last line that can be copied. */
    private static String next(DemoOptions options) {
        String report = options.report().resolve(Page.INDEX).toUri().toString();
        return "The model that comes with Blemish has seen drawn fruit only. Photographs want a checkpoint of full size, such as"
                + " openai/clip-vit-base-patch32, and descriptions such as conf/knowledge/fruit.yaml."
                + System.lineSeparator()
                + "The report is " + report + "; for one of your own pictures:"
                + " bin/blemish ingest --from PICTURES --warehouse warehouse/"
                + " && bin/blemish inspect --warehouse warehouse/ --clip " + quoted(options.clip())
                + " --knowledge " + quoted(options.knowledge()) + " --tiles all"
                + " && bin/blemish report --warehouse warehouse/ --out report/";
    }

    /** The path as a shell takes it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
