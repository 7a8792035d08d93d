package io.blemish.jobs.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which photographs a series of {@code defect_trends} is of.
 *
 * @param parts the columns of its grain with their values; none for all photographs together
 */
record TrendScope(List<Part> parts) {
    TrendScope {
        parts = List.copyOf(parts);
    }

    /**
     * A column of the grain.
     *
     * @param column such as {@code site}
     * @param value empty for the photographs that do not tell
     */
    record Part(String column, Optional<String> value) {
        String name() {
            return value.orElse(column + " " + Cells.UNSTATED);
        }

        private String preposition() {
            return switch (column) {
                case "product" -> "on";
                case "lot" -> "in";
                default -> "at";
            };
        }
    }

    /** The columns, as in {@code defect_trends}. */
    String grain() {
        return parts.stream().map(Part::column).collect(Collectors.joining(","));
    }

    /** What a person calls it. */
    String name() {
        return parts.isEmpty()
                ? "all photographs"
                : parts.stream().map(Part::name).collect(Collectors.joining(", "));
    }

    /** What a person says after a defect's name: {@code on apple at north, north-1}; nothing for all photographs. */
    String phrase() {
        StringBuilder phrase = new StringBuilder();
        String last = "";
        for (Part part : parts) {
            phrase.append(part.preposition().equals(last) ? ", " : " " + part.preposition() + " ")
                    .append(part.name());
            last = part.preposition();
        }
        return phrase.toString();
    }
}
