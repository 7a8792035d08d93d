package io.blemish.tables;

import java.util.Locale;
import java.util.stream.Collectors;

/** The views as a script for an engine that knows the tables of a warehouse by their names. */
public final class ViewScript {
    private ViewScript() {}

    /** Every view in order, each as a statement with its purpose above it. */
    public static String of(View.Dialect dialect) {
        return """
                -- What counts now in a warehouse of Blemish, for %s. Each table must be known by its own name, first of all
                -- inspections and releases (bin/blemish promote or trends creates it); a view whose table is not there yet is left out.
                """.formatted(dialect.name().toLowerCase(Locale.ROOT))
                + CurrentViews.ALL.stream()
                        .map(view -> "\n-- " + view.purpose() + ".\nCREATE OR REPLACE VIEW " + view.name() + " AS\n"
                                + view.select(dialect).strip() + ";\n")
                        .collect(Collectors.joining());
    }
}
