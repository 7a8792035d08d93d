package io.blemish.knowledge;

import java.util.List;

/** Joins phrases as English does: commas, and <em>and</em> before the last. */
final class EnglishList {
    private EnglishList() {}

    /**
     * Joins items with the lightest separator that keeps them apart, in view of the commas and <em>and</em>s they
     * contain.
     */
    static String join(List<String> items) {
        String text = String.join(" ", items);
        if (text.contains(";") || (text.contains(",") && items.size() > 1)) {
            return join(items, "; ", "; and ");
        }
        boolean compound = text.contains(" and ") || text.contains(" or ");
        return join(items, ", ", compound ? ", and " : " and ");
    }

    /** Joins clauses each of which is to stand on its own: always with a comma before <em>and</em>. */
    static String joinApart(List<String> items) {
        return join(items, ", ", ", and ");
    }

    private static String join(List<String> items, String separator, String lastSeparator) {
        int last = items.size() - 1;
        if (last < 1) {
            return String.join(separator, items);
        }
        return String.join(separator, items.subList(0, last)) + lastSeparator + items.get(last);
    }
}
