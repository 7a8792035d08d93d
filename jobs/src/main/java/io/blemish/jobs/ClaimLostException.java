package io.blemish.jobs;

/**
 * Another driver took over the claim of this one, which therefore must not write any more. The run stops with exit code
 * 1; what it had committed before stays, and the new owner goes on from there.
 */
public final class ClaimLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String owner;

    ClaimLostException(String claim, String runId, String owner, Throwable revealedBy) {
        super(
                "Run " + runId + " lost the claim on " + claim + " to run " + owner
                        + ", and stopped before its next append. What it committed earlier stays; the new owner goes"
                        + " on from there.",
                revealedBy);
        this.owner = owner;
    }

    /** The id of the run that holds the claim now. */
    public String owner() {
        return owner;
    }
}
