package io.blemish.jobs;

import io.blemish.error.UserException;
import io.blemish.jobs.sql.AnswerExport;
import io.blemish.jobs.sql.AnswerFormat;
import io.blemish.jobs.sql.AnswerTable;
import io.blemish.udfs.SqlFunctions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code blemish sql}. */
@Command(
        name = "sql",
        description =
                "Answers a question in SQL, or exports the answer. SHOW TABLES lists tables and views; SHOW USER FUNCTIONS"
                        + " lists what Blemish adds to SQL, such as clip_similarity(embedding, 'a text').")
public final class SqlCommand extends JobCommand {
    private static final int SHOWN_ROWS = 20;

    @Parameters(paramLabel = "STATEMENT", description = "A SELECT, DESCRIBE or SHOW")
    private String statement;

    @Option(names = "--warehouse", required = true, paramLabel = "W", description = "Where the tables are")
    private String warehouse;

    @Option(
            names = "--clip",
            paramLabel = "FOLDER",
            description = "The checkpoint that embeds the texts of clip_similarity and embed_text: the one that inspect"
                    + " was given; by default " + SqlFunctions.CLIP
                    + ", or the CLIP that comes with Blemish")
    private Path clip;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Rows at most; by default " + SHOWN_ROWS + " for people, all in an export")
    private Integer limit;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table (the default), records, csv, json (one object a line) or parquet")
    private AnswerFormat format;

    @Option(
            names = "--out",
            paramLabel = "FILE|DIR",
            description = "Where to put the answer; its extension says the format, unless --format does")
    private String out;

    @Override
    protected ExitCode execute(JobContext context) {
        Terminal terminal = context.terminal();
        AnswerFormat chosen = chosen(terminal.answer());
        Sql sql = Sql.over(context.spark(), warehouse);
        if (SqlClip.isNeededBy(statement)) {
            SqlClip encoder = SqlClip.of(Optional.ofNullable(clip), context);
            sql.embedTextsBy(encoder).ifPresent(terminal::warn);
        }
        Dataset<Row> answer = sql.query(statement);
        return Sql.explained(statement, () -> {
            if (chosen.forPeople()) {
                show(answer, chosen, terminal);
            } else {
                export(answer, chosen, terminal);
            }
            return ExitCode.DONE;
        });
    }

    private AnswerFormat chosen(Terminal.Answer answer) {
        AnswerFormat json = answer == Terminal.Answer.JSON ? AnswerFormat.JSON : null;
        if (json != null && format != null && format != json) {
            throw UserException.cannot(
                    "answer in two forms", "--json and --format " + format + " are given", "Leave one of them out");
        }
        if (out != null && format != null && format.forPeople()) {
            throw UserException.cannot(
                    "write " + out, "a table is for a terminal", "Choose --format csv, json or parquet");
        }
        if (format != null || json != null) {
            return format == null ? json : format;
        }
        return out == null ? AnswerFormat.TABLE : AnswerFormat.ofName(out);
    }

    private void show(Dataset<Row> answer, AnswerFormat chosen, Terminal terminal) {
        int most = limit == null ? SHOWN_ROWS : limit;
        AnswerTable table = AnswerTable.of(answer, most);
        List<String> lines = chosen == AnswerFormat.RECORDS ? table.records() : table.lines(columns());
        lines.forEach(terminal::print);
        if (table.hasMore()) {
            terminal.warn("There are more rows than these " + most + "; --limit shows more.");
        }
    }

    private void export(Dataset<Row> answer, AnswerFormat chosen, Terminal terminal) {
        AnswerExport export = new AnswerExport(limit == null ? answer : answer.limit(limit), chosen);
        if (out == null) {
            export.lines(terminal::print);
        } else {
            terminal.tell(String.format(Locale.ROOT, "%,d rows in %s", export.write(out), Printable.text(out)));
        }
    }
}
