package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;

/** Base of the tests that give commands as a user does, in this process and on the shared session. */
public abstract class CommandLineTest extends SparkTest {
    @TempDir
    protected Path folder;

    /** What a command printed and how it ended. */
    protected record Outcome(int code, String out, String err) {
        /** The lines of standard error. */
        List<String> errors() {
            return err.lines().toList();
        }
    }

    /** Gives a command. */
    protected static Outcome blemish(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Cli.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** Gives a command that ends well. */
    protected static Outcome succeed(String... arguments) {
        Outcome outcome = blemish(arguments);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    /** Gives a command that is the user's mistake: one line, no stack trace. */
    protected static String mistake(String... arguments) {
        Outcome outcome = blemish(arguments);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.errors()).hasSize(1);
        return outcome.errors().get(0);
    }

    /** The counts of the run whose JSON a command printed. */
    protected static JsonNode counts(Outcome outcome) {
        assertThat(outcome.out().lines()).as(outcome.err()).hasSize(1);
        try {
            return new ObjectMapper().readTree(outcome.out()).get("counts");
        } catch (JsonProcessingException e) {
            throw new AssertionError(outcome.out(), e);
        }
    }

    /** One count of the run whose JSON a command printed. */
    protected static long counted(Outcome outcome, String name) {
        return counts(outcome).get(name).asLong();
    }

    /** Copies a folder with all that is in it: a warehouse may be copied as it lies. */
    protected static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** Where the photographs of the test lie. */
    protected Path photos() {
        return folder.resolve("photos");
    }

    /** The warehouse of the test. */
    protected String warehouse() {
        return folder.resolve("warehouse").toString();
    }

    /** The rows of a table of the test's warehouse. */
    protected Dataset<Row> rows(TableDefinition table) {
        return Warehouse.at(spark, warehouse()).read(table);
    }

    /** The current version of a table of the test's warehouse. */
    protected long version(TableDefinition table) {
        return Warehouse.at(spark, warehouse()).version(table);
    }
}
