package io.blemish.jobs;

import io.blemish.error.UserException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The command line {@code blemish}.
 *
 * <p>Exit codes: see {@link ExitCode}. The user's mistake is told in one line on standard error, a fault with its stack
 * trace.
 */
@Command(
        name = "blemish",
        description = "Labels, captions and explains product photographs, and keeps the answers in Delta tables.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Cli {
    /** The commands, in the order in which the help lists them. */
    private static final List<Class<? extends Callable<Integer>>> COMMANDS = List.of(
            IngestCommand.class,
            InspectCommand.class,
            TilesCommand.class,
            WordsCommand.class,
            RelabelCommand.class,
            TruthCommand.class,
            EvaluateCommand.class,
            PromoteCommand.class,
            TrendsCommand.class,
            ReportCommand.class,
            MaintainCommand.class,
            ForgetCommand.class,
            DemoCommand.class,
            TrainCommand.class,
            AdaptClipCommand.class,
            AdaptLmCommand.class,
            SamplesCommand.class,
            SqlCommand.class,
            DoctorCommand.class);

    private Cli() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs the command and returns its exit code. */
    public static int run(String... arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return run(out, err, arguments);
    }

    /** Runs the command with its standard output and standard error going to the writers. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = commandLine()
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Cli::misused)
                .setExecutionExceptionHandler(Cli::failed);
        int code = arguments.length == 0 ? help(commandLine) : commandLine.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    /** The command line with every command. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Cli());
        COMMANDS.forEach(commandLine::addSubcommand);
        return commandLine;
    }

    private static int help(CommandLine commandLine) {
        commandLine.usage(commandLine.getErr());
        return ExitCode.USER_MISTAKE.code();
    }

    private static int misused(CommandLine.ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        String problem = Printable.text(mistake.getMessage());
        command.getErr().println(problem + (problem.endsWith(".") ? "" : ".") + " See " + help + ".");
        return ExitCode.USER_MISTAKE.code();
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserException mistake) {
                command.getErr().println(Printable.text(mistake.getMessage()));
                return ExitCode.USER_MISTAKE.code();
            }
        }
        failure.printStackTrace(command.getErr());
        return ExitCode.FAULT.code();
    }
}
