package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.jobs.release.Wanted;

/**
 * What to promote, and who does.
 *
 * @param wanted the release that is meant
 * @param author who promotes it
 */
public record PromoteOptions(Wanted wanted, String author) {
    public PromoteOptions {
        requireNonNull(wanted, "wanted is null");
        requireNonNull(author, "author is null");
    }
}
