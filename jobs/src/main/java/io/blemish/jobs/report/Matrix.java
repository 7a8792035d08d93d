package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;
import static io.blemish.jobs.report.Html.text;

import io.blemish.jobs.report.Html.Element;
import java.util.List;

/**
 * A table with named rows and columns, which the style sheet turns into one block a row on a narrow window. There each
 * cell says the name of its column, and roles say that it is a table still.
 */
final class Matrix {
    private Matrix() {}

    /**
     * The table.
     *
     * @param styleClass of the style sheet, besides that of all matrices; may be empty
     * @param headings of its columns, the first above the names of the rows
     */
    static Element table(String styleClass, String caption, List<? extends Html> headings, List<? extends Html> rows) {
        Html head = element("thead", element("tr").add(headings).with("role", "row"))
                .with("role", "rowgroup");
        Html body = element("tbody").add(rows).with("role", "rowgroup");
        return element("table", ("matrix " + styleClass).strip(), element("caption", text(caption)), head, body)
                .with("role", "table");
    }

    /** The heading of a column. */
    static Element heading(String name) {
        return element("th", element("span", "name", name)).with("scope", "col").with("role", "columnheader");
    }

    /** The heading of a column, and a little more about it. */
    static Element heading(String name, String detail) {
        return heading(name).add(detail(detail));
    }

    /** A row of its heading and its cells. */
    static Element row(Element heading, List<? extends Html> cells) {
        return element("tr", heading).add(cells).with("role", "row");
    }

    /** The heading of a row. */
    static Element rowHeading(String name) {
        return element("th", text(name)).with("scope", "row").with("role", "rowheader");
    }

    /** The heading of a row, and a little more about it. */
    static Element rowHeading(String name, String detail) {
        return rowHeading(name).add(detail(detail));
    }

    /** A cell of the column of that name. */
    static Element cell(String column, Html... content) {
        return element("td", content).with("role", "cell").with("data-label", column);
    }

    /** What a number is about, in small. */
    static Html detail(String detail) {
        return element("span", "detail", detail);
    }

    /** A number. */
    static Html number(String number) {
        return element("span", "number", number);
    }
}
