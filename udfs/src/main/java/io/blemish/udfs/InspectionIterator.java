package io.blemish.udfs;

import io.blemish.error.InternalException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;

/** Turns the images of a partition into inspections, one batch after the other, as they are asked for. */
final class InspectionIterator implements Iterator<Row> {
    private final Iterator<Row> images;
    private final BatchInspector inspector;
    private final StageClock clock;
    private final BooleanSupplier interrupted;
    private Iterator<Row> finished = Collections.emptyIterator();

    /**
     * @param interrupted asked before each batch: true when the task was told to stop
     */
    InspectionIterator(Iterator<Row> images, BatchInspector inspector, StageClock clock, BooleanSupplier interrupted) {
        this.images = images;
        this.inspector = inspector;
        this.clock = clock;
        this.interrupted = interrupted;
    }

    @Override
    public boolean hasNext() {
        if (!finished.hasNext()) {
            clock.enter(Stage.READ);
            if (images.hasNext()) {
                finished = batch();
            }
            clock.pause();
        }
        return finished.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("every image of the partition was inspected");
        }
        return finished.next();
    }

    private Iterator<Row> batch() {
        if (interrupted.getAsBoolean()) {
            throw new TaskKilledException("the inspection was told to stop");
        }
        try {
            while (!inspector.full() && images.hasNext()) {
                inspector.add(images.next());
                clock.enter(Stage.READ);
            }
            return inspector.finish().iterator();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskKilledException("the inspection was interrupted");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new InternalException("The model failed on a batch of images", e);
        }
    }
}
