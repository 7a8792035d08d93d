package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.jobs.release.Release;

/**
 * What a promotion did.
 *
 * @param release what counts now
 * @param promoted 1, or 0 when it counted before
 */
public record PromoteResult(Release release, long promoted) {
    public PromoteResult {
        requireNonNull(release, "release is null");
    }

    /** True when something else counted before. */
    boolean isNew() {
        return promoted > 0;
    }

    /** What a person is told. */
    Summary summary(String warehouse) {
        return Summary.titled("What counts in " + warehouse + ": encoder " + release.encoderId() + ", captioner "
                        + release.captionerId() + ", knowledge base " + release.kbId())
                .with("promoted", promoted, isNew() ? "" : "it is what counts already")
                .next("bin/blemish trends --warehouse " + warehouse);
    }
}
