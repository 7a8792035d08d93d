package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

/**
 * How often something occurred.
 *
 * @param name what it was
 * @param count how often
 */
record Count(String name, long count) {
    Count {
        requireNonNull(name, "name is null");
    }
}
