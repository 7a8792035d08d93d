package io.blemish.jobs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows of text in aligned columns. Control characters are shown as escapes, so that no cell can break the table. */
public final class TextTable {
    private static final int MAX_CELL = 100;
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();
    private final Set<Integer> right = new HashSet<>();

    /** Lets the cells of a column, counted from 0, end where it ends, as numbers do. */
    public TextTable right(int column) {
        right.add(column);
        return this;
    }

    /** Adds a row; a cell longer than 100 characters is cut and ends with an ellipsis. */
    public TextTable row(List<String> cells) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cut(Printable.text(cells.get(i)));
            shown.add(cell);
            if (i == widths.size()) {
                widths.add(0);
            }
            widths.set(i, Math.max(widths.get(i), cell.codePointCount(0, cell.length())));
        }
        rows.add(shown);
        return this;
    }

    /** Adds a row of dashes as wide as the columns are when printed. */
    public TextTable rule() {
        rows.add(List.of());
        return this;
    }

    /** Columns of a terminal that the table takes. */
    public int width() {
        int gaps = GAP.length() * Math.max(0, widths.size() - 1);
        return widths.stream().mapToInt(Integer::intValue).sum() + gaps;
    }

    /** The lines of the table, without trailing blanks. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.size(); i++) {
            String cell = cells.isEmpty() ? "-".repeat(widths.get(i)) : i < cells.size() ? cells.get(i) : "";
            String blanks = " ".repeat(widths.get(i) - cell.codePointCount(0, cell.length()));
            line.append(i == 0 ? "" : GAP).append(right.contains(i) ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String cell) {
        return cell.codePointCount(0, cell.length()) <= MAX_CELL
                ? cell
                : cell.substring(0, cell.offsetByCodePoints(0, MAX_CELL - 1)) + "…";
    }
}
