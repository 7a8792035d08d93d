package io.blemish.jobs;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** How far a job has come, told while it works: one live line for a person, a line every ten seconds for a log. */
public final class Progress implements AutoCloseable {
    private static final Duration LIVE_INTERVAL = Duration.ofMillis(250);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final String what;
    private final long total;
    private final LongSupplier done;
    private final long begin = System.nanoTime();
    private Ticker ticker;

    private Progress(Terminal terminal, String what, long total, LongSupplier done) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
        this.done = done;
    }

    static Progress start(Terminal terminal, String what, long total, LongSupplier done) {
        Progress progress = new Progress(terminal, what, total, done);
        progress.ticker = switch (terminal.chatter()) {
            case LIVE -> Ticker.every(LIVE_INTERVAL, "progress", () -> terminal.live(progress.line()));
            case LOG -> Ticker.every(LOG_INTERVAL, "progress", () -> terminal.warn(progress.line()));
            case QUIET -> null;
        };
        return progress;
    }

    @Override
    public void close() {
        if (ticker != null) {
            ticker.close();
        }
        if (terminal.chatter() == Terminal.Chatter.LIVE) {
            terminal.live("");
        }
    }

    private String line() {
        return line(what, done.getAsLong(), total, (System.nanoTime() - begin) / 1e9);
    }

    /** The line that tells that so many of the total were done in so many seconds. */
    static String line(String what, long done, long total, double seconds) {
        double rate = seconds > 0 ? done / seconds : 0;
        String left = rate > 0 ? clock((total - done) / rate) : "?";
        return String.format(Locale.ROOT, "%s %,d of %,d, %.1f/s, %s left", what, done, total, rate, left);
    }

    static String clock(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
