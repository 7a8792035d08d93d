package io.blemish.udfs;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;

/** Explains the photographs of a partition, one batch after the other, as their rows are asked for. */
final class ExplainedIterator implements Iterator<Row> {
    private final Iterator<Row> images;
    private final ExplainedBatches batches;
    private final Explainer.Answer answer;
    private final BooleanSupplier interrupted;
    private Iterator<Row> rows = Collections.emptyIterator();

    /**
     * @param interrupted asked before each batch: true when the task was told to stop
     */
    ExplainedIterator(
            Iterator<Row> images, ExplainedBatches batches, Explainer.Answer answer, BooleanSupplier interrupted) {
        this.images = images;
        this.batches = batches;
        this.answer = answer;
        this.interrupted = interrupted;
    }

    @Override
    public boolean hasNext() {
        while (!rows.hasNext() && images.hasNext()) {
            if (interrupted.getAsBoolean()) {
                throw new TaskKilledException("the explanation was told to stop");
            }
            try {
                rows = batch(batches.next(images));
            } catch (InterruptedException e) {
                throw killed();
            }
        }
        return rows.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("every photograph of the partition was explained");
        }
        return rows.next();
    }

    /** The rows of each photograph are made when they are asked for: they may take long. */
    private Iterator<Row> batch(List<Explained> explained) {
        return explained.stream().flatMap(this::rows).iterator();
    }

    private Stream<Row> rows(Explained photograph) {
        try {
            List<Row> answered = answer.rows(photograph, batches.model());
            batches.count();
            return answered.stream();
        } catch (InterruptedException e) {
            throw killed();
        }
    }

    private static TaskKilledException killed() {
        Thread.currentThread().interrupt();
        return new TaskKilledException("the explanation was interrupted");
    }
}
