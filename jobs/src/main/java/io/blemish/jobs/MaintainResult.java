package io.blemish.jobs;

import io.blemish.jobs.maintain.Checks;
import io.blemish.jobs.maintain.FileLayout.Extent;
import io.blemish.jobs.maintain.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What maintenance did.
 *
 * @param tables the tables that are there
 * @param checks what checks found; empty when none were asked for
 */
public record MaintainResult(List<Table> tables, Optional<Checks.Outcome> checks) {
    public MaintainResult {
        tables = List.copyOf(tables);
    }

    /**
     * What became of a table.
     *
     * @param name the table
     * @param layout how its files are laid out, in words
     * @param before its files before
     * @param after its files now
     * @param deleted files that no version needed
     */
    public record Table(String name, String layout, Extent before, Extent after, long deleted) {}

    /** Tells the run. */
    void report(JobRun run) {
        for (Table table : tables) {
            run.count("files_before." + table.name(), table.before().files());
            run.count("files." + table.name(), table.after().files());
            run.count("files_deleted." + table.name(), table.deleted());
        }
        checks.ifPresent(outcome -> {
            run.count("checks", outcome.asked());
            run.count("broken", outcome.defects());
            outcome.findings().forEach(found -> run.count(found.table() + ": " + found.check(), found.count()));
        });
    }

    /** What a person is told before the summary: each table, and each finding. */
    String text() {
        TextTable files = new TextTable()
                .row(List.of("table", "files", "before", "bytes", "deleted", "layout"))
                .rule();
        for (Table table : tables) {
            files.row(List.of(
                    table.name(),
                    number(table.after().files()),
                    number(table.before().files()),
                    number(table.after().bytes()),
                    number(table.deleted()),
                    table.layout()));
        }
        List<String> lines = new ArrayList<>(files.lines());
        checks.filter(outcome -> !outcome.findings().isEmpty()).ifPresent(outcome -> {
            lines.add("");
            lines.addAll(findings(outcome).lines());
        });
        return String.join(System.lineSeparator(), lines);
    }

    private static TextTable findings(Checks.Outcome outcome) {
        TextTable findings = new TextTable()
                .row(List.of("check", "table", "not so", "example", "what to do"))
                .rule();
        for (Finding found : outcome.findings()) {
            String mark = found.weight() == Finding.Weight.DEFECT ? "" : "note: ";
            findings.row(
                    List.of(mark + found.check(), found.table(), number(found.count()), found.example(), found.cure()));
        }
        return findings;
    }

    /** What a person is told last. */
    Summary summary(String warehouse) {
        Summary summary = Summary.titled("Maintained " + warehouse)
                .with(
                        "files",
                        tables.stream()
                                .mapToLong(table -> table.after().files())
                                .sum(),
                        "that make up the tables")
                .with(
                        "files before",
                        tables.stream()
                                .mapToLong(table -> table.before().files())
                                .sum(),
                        "")
                .with("files deleted", tables.stream().mapToLong(Table::deleted).sum(), "that no version needed");
        if (checks.isEmpty()) {
            return summary;
        }
        Checks.Outcome outcome = checks.get();
        return summary.with("checks", outcome.asked(), "")
                .with("broken promises", outcome.defects(), outcome.defects() == 0 ? "" : "see the table above")
                .limited(outcome.defects(), outcome.asked(), 0);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
