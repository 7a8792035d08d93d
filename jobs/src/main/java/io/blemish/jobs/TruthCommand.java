package io.blemish.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code blemish truth}: what people say about images. */
@Command(
        name = "truth",
        description = "What people say about images: labels, severities, captions, masks.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TruthImportCommand.class)
public final class TruthCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Without a command of its own it can only say which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USER_MISTAKE.code();
    }
}
