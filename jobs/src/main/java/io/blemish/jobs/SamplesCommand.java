package io.blemish.jobs;

import io.blemish.samples.SampleOptions;
import io.blemish.samples.Samples;
import io.blemish.samples.SamplesResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code blemish samples}; it needs no Spark. */
@Command(
        name = "samples",
        description = "Draws photographs of fruit, sound and defective, with what is true of each.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        sortOptions = false)
public final class SamplesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description =
                    "Where to put photographs, masks, manifest.csv, truths.csv and captions.csv; empty or not there")
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
            defaultValue = "1",
            description = "Fixes everything: the same seed, the same photographs (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--quiet", description = "No progress")
    private boolean quiet;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        long start = System.nanoTime();
        int step = Math.max(1, count / 10);
        SamplesResult result = new Samples(out, count, SampleOptions.of(seed)).run(done -> {
            if (!quiet && done % step == 0 && done < count) {
                err.println(done + " of " + count + " photographs drawn");
                err.flush();
            }
        });
        double seconds = (System.nanoTime() - start) * 1e-9;
        PrintWriter answer = spec.commandLine().getOut();
        answer.printf(
                Locale.ROOT,
                "%d photographs in %s (%d defective, %d masks) in %.1f s.%n",
                result.photographs(),
                out,
                result.defective(),
                result.masks(),
                seconds);
        answer.printf(
                "Next: bin/blemish ingest --from %s --manifest %s --warehouse warehouse/%n",
                out, out.resolve("manifest.csv"));
        return ExitCode.DONE.code();
    }
}
