package io.blemish.jobs;

/**
 * What a drawing of heat maps did.
 *
 * @param images images whose tiles were drawn now
 * @param tiles tiles that were drawn now
 * @param undrawn images whose photograph cannot be had, or decoded, any more
 */
public record TilesResult(long images, long tiles, long undrawn) {
    static TilesResult nothing() {
        return new TilesResult(0, 0, 0);
    }

    TilesResult plus(TilesResult other) {
        return new TilesResult(images + other.images, tiles + other.tiles, undrawn + other.undrawn);
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("images", images);
        run.count("tiles", tiles);
        run.count("undrawn", undrawn);
        run.imagesDone(images);
    }

    /** What a person is told. */
    Summary summary(String warehouse) {
        return Summary.titled("Drew the heat maps of " + images + " images of " + warehouse)
                .with("tiles", tiles, "")
                .with("images without tiles", undrawn, undrawn == 0 ? "" : "their photographs cannot be read any more");
    }
}
