package io.blemish.udfs;

/** Attributes the time of one task's thread to the stages that it passes through. Not thread-safe. */
final class StageClock {
    private final InspectorMeasures measures;
    private Stage current = Stage.READ;
    private long since = System.nanoTime();
    private boolean running;

    StageClock(InspectorMeasures measures) {
        this.measures = measures;
    }

    InspectorMeasures measures() {
        return measures;
    }

    /** Ends the stage at hand, if any, and begins the next. */
    void enter(Stage next) {
        pause();
        current = next;
        running = true;
    }

    /** Ends the stage at hand; what follows belongs to somebody else. */
    void pause() {
        long now = System.nanoTime();
        if (running) {
            measures.spent(current, now - since);
        }
        since = now;
        running = false;
    }
}
