package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.abort;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The examples for schedulers: every command in them has the options that it is given, and every line its form. */
class TestSchedules {
    private static final Path DAG = Home.resolve("conf/schedule/airflow/blemish_dag.py");
    private static final Path CRONTAB = Home.resolve("conf/schedule/cron/blemish.cron");
    private static final Path NIGHTLY = Home.resolve("conf/schedule/cron/nightly");

    private static final Pattern COMMAND = Pattern.compile("bin/blemish\"? (.*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?\\}\\}|\\$(week|month|today)");

    @TempDir
    private Path folder;

    /** Every command of the examples, without the program's name; what a template or a date stands for is a date. */
    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path file : List.of(DAG, CRONTAB, NIGHTLY)) {
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = COMMAND.matcher(line.replace("\"\"\"", ""));
                if (!line.startsWith("#") && matcher.find()) {
                    commands.add(TEMPLATE.matcher(matcher.group(1)).replaceAll("2025-03-01"));
                }
            }
        }
        return commands;
    }

    @Test
    void examplesHaveTheJobsOfANight() throws IOException {
        assertThat(commands())
                .map(command -> command.substring(0, command.indexOf(' ')))
                .containsExactly(
                        "ingest",
                        "inspect",
                        "trends",
                        "report",
                        "maintain",
                        "maintain",
                        "ingest",
                        "inspect",
                        "trends",
                        "report");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandHasTheseOptions(String command) {
        CommandLine line = Cli.commandLine();
        String[] words = WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
        if (words[0].equals("trends") && !line.getSubcommands().containsKey("trends")) {
            skip("this build has no command trends");
        }
        assertThatCode(() -> line.parseArgs(words)).doesNotThrowAnyException();
        CommandLine given = line.getParseResult().subcommand().commandSpec().commandLine();
        Stream.of("--since", "--until")
                .map(given.getCommandSpec()::findOption)
                .filter(option -> option != null && option.getValue() != null)
                .forEach(option -> assertThat(option.<String>getValue()).isEqualTo("2025-03-01"));
    }

    @Test
    void crontabHasTheFormOfOne() throws IOException {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        Pattern entry = Pattern.compile("((?:\\S+\\s+){5})(\\S.*)");
        int entries = 0;
        for (String line : Files.readAllLines(CRONTAB)) {
            if (line.isBlank() || line.startsWith("#") || line.matches("[A-Z_]+=\\S+")) {
                continue;
            }
            Matcher matcher = entry.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            parser.parse(matcher.group(1).strip()).validate();
            assertThat(matcher.group(2))
                    .as("cron takes a bare percent sign for the end of the line")
                    .doesNotContain("%");
            entries++;
        }
        assertThat(entries).isEqualTo(2);
    }

    @Test
    void dagIsPython() throws Exception {
        if (run("bash", "-c", "command -v python3 >/dev/null") != 0) {
            skip("there is no python3 that could compile conf/schedule/airflow/blemish_dag.py");
        }
        Path compiled = folder.resolve("dag.pyc");
        assertThat(run(
                        "python3",
                        "-c",
                        "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2], doraise=True)",
                        DAG.toString(),
                        compiled.toString()))
                .isEqualTo(0);
        assertThat(compiled).exists();
    }

    @Test
    void nightGoesOnAfterThreeAndTriesFaultsAgain() throws Exception {
        assertThat(night("exit 0")).isZero();
        assertThat(done()).containsExactly("ingest", "inspect", "trends", "report");
        assertThat(night("[ $1 = inspect ] && exit 3; exit 0")).isEqualTo(3);
        assertThat(done()).containsExactly("ingest", "inspect", "trends", "report");
        assertThat(night("[ $1 = inspect ] && exit 2; exit 0")).isEqualTo(2);
        assertThat(done()).containsExactly("ingest", "inspect");
        assertThat(night("[ $1 = inspect ] && [ $(grep -c inspect \"$DONE\") -lt 3 ] && exit 1; exit 0"))
                .isZero();
        assertThat(done()).containsExactly("ingest", "inspect", "inspect", "inspect", "trends", "report");
        assertThat(night("exit 1")).isEqualTo(1);
        assertThat(done()).containsExactly("ingest", "ingest", "ingest", "ingest");
    }

    /** Runs the night with a program in Blemish's place that writes down its first argument and then does this. */
    private int night(String behaviour) throws Exception {
        Path program = folder.resolve("bin/blemish");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/bash\necho $1 >>\"$DONE\"\n" + behaviour + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.deleteIfExists(folder.resolve("done"));
        return run("bash", NIGHTLY.toString());
    }

    private List<String> done() throws IOException {
        return Files.readAllLines(folder.resolve("done"));
    }

    private int run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        for (String name : List.of("PHOTOGRAPHS", "WAREHOUSE", "CLIP", "REPORTS")) {
            builder.environment().put("BLEMISH_" + name, folder.resolve(name).toString());
        }
        builder.environment().put("BLEMISH_HOME", folder.toString());
        builder.environment().put("BLEMISH_RETRY_SECONDS", "0");
        builder.environment().put("DONE", folder.resolve("done").toString());
        return builder.start().waitFor();
    }

    private static void skip(String why) {
        System.err.println("TestSchedules skips a test: " + why);
        abort(why);
    }
}
