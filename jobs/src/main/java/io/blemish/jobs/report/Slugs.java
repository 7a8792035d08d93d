package io.blemish.jobs.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of files for names of anything: small letters, digits and hyphens, each once. */
final class Slugs {
    private static final int LONGEST = 60;

    private final Set<String> taken = new HashSet<>();

    /** A slug that was not given before. */
    String of(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String slug = plain.isEmpty() ? "defect" : plain.substring(0, Math.min(LONGEST, plain.length()));
        String free = slug;
        for (int number = 2; !taken.add(free); number++) {
            free = slug + "-" + number;
        }
        return free;
    }
}
