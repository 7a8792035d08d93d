package io.blemish.jobs;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command of the command line that works with Spark: the options that all have, the configuration made of them, the
 * session.
 *
 * <p>A command adds its own options as fields and does its work in {@link #execute}. It returns how it ended, and
 * throws for the rest: {@link Cli} turns exceptions into messages and exit codes.
 */
@Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true, sortOptions = false)
public abstract class JobCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--conf", paramLabel = "FILE", description = "Settings as in conf/blemish.yaml")
    private Path conf;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting; beats --conf; may be repeated")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's master; by default every core of this machine")
    private String master;

    @Option(names = "--json", description = "Answer in JSON on standard output; tables go to standard error")
    private boolean json;

    @Option(names = "--quiet", description = "No progress")
    private boolean quiet;

    /** Does the work. */
    protected abstract ExitCode execute(JobContext context) throws Exception;

    /** Adds the settings that the command's own options stand for, with {@link Configuration.Builder#option}. */
    protected void configure(Configuration.Builder configuration) {}

    /** How many columns the terminal has that the answer is read on; empty when it goes into a file or a program. */
    protected final OptionalInt columns() {
        return System.console() == null
                ? OptionalInt.empty()
                : OptionalInt.of(spec.usageMessage().width());
    }

    /** The command's name, as on the command line. */
    protected final String name() {
        return spec.name();
    }

    /** The command as it was given, without the program's name. */
    protected final String given() {
        return String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }

    /** Gives settings defaults of the command's own, with {@link Configuration.Builder#preset}. */
    protected void preset(Configuration.Builder configuration) {}

    /** Lets an option of the command line stand for a key, where it is given. */
    protected static void set(Configuration.Builder configuration, String option, Key<?> key, String text) {
        if (text != null) {
            configuration.option(option, key, text);
        }
    }

    @Override
    public final Integer call() throws Exception {
        Configuration configuration = configuration();
        try (SparkSessions.Opened session = SparkSessions.open(configuration, Optional.ofNullable(master))) {
            return execute(new JobContext(session.spark(), configuration, terminal()))
                    .code();
        }
    }

    private Configuration configuration() {
        Configuration.Builder builder = Configuration.builder();
        preset(builder);
        if (conf != null) {
            builder.file(conf);
        }
        builder.set(settings);
        configure(builder);
        return builder.build();
    }

    private Terminal terminal() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        return new Terminal(out, err, json ? Terminal.Answer.JSON : Terminal.Answer.TABLE, chatter());
    }

    private Terminal.Chatter chatter() {
        if (quiet) {
            return Terminal.Chatter.QUIET;
        }
        return System.console() == null ? Terminal.Chatter.LOG : Terminal.Chatter.LIVE;
    }
}
