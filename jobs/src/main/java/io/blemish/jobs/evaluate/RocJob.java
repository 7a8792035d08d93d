package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.not;

import io.blemish.metrics.Estimate;
import io.blemish.metrics.RankSums;
import io.blemish.metrics.RankWalk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The exact area under a ROC curve over any number of scores: equal scores are counted together, the counts sorted by
 * range over the tasks, and each task walks its range knowing what lies below it.
 *
 * @param area with DeLong's interval
 * @param threshold the score from which on to call positive for the greatest true − false positive rate
 */
record RocJob(Estimate area, double threshold) {
    private static final StructType COUNTS = new StructType()
            .add("range", DataTypes.IntegerType, false)
            .add("positives", DataTypes.LongType, false)
            .add("negatives", DataTypes.LongType, false);

    private static final StructType SUMS = new StructType()
            .add("positive", DataTypes.DoubleType, false)
            .add("positiveSquares", DataTypes.DoubleType, false)
            .add("negative", DataTypes.DoubleType, false)
            .add("negativeSquares", DataTypes.DoubleType, false)
            .add("gain", DataTypes.DoubleType, false)
            .add("threshold", DataTypes.DoubleType, false);

    /**
     * Ranks scores.
     *
     * @param scores with {@code score} (double, not null) and {@code positive} (boolean)
     */
    static RocJob of(Dataset<Row> scores) {
        Dataset<Row> sorted = scores.groupBy("score")
                .agg(
                        count_if(col("positive")).as("positives"),
                        count_if(not(col("positive"))).as("negatives"))
                .repartitionByRange(col("score"))
                .sortWithinPartitions("score")
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return ranked(sorted);
        } finally {
            sorted.unpersist();
        }
    }

    private static RocJob ranked(Dataset<Row> sorted) {
        TreeMap<Integer, long[]> counts = new TreeMap<>();
        for (Row row : sorted.mapPartitions(new Count(), Encoders.row(COUNTS)).collectAsList()) {
            counts.put(row.getInt(0), new long[] {row.getLong(1), row.getLong(2)});
        }
        long[] below = {0, 0};
        TreeMap<Integer, long[]> starts = new TreeMap<>();
        counts.forEach((range, here) -> {
            starts.put(range, below.clone());
            below[0] += here[0];
            below[1] += here[1];
        });
        if (below[0] == 0 || below[1] == 0) {
            return new RocJob(RankSums.none().auroc(below[0], below[1]), Double.NaN);
        }
        RankSums sums = RankSums.none();
        Walk walk = new Walk(below[0], below[1], starts);
        for (Row row : sorted.mapPartitions(walk, Encoders.row(SUMS)).collectAsList()) {
            sums = sums.plus(new RankSums(
                    row.getDouble(0),
                    row.getDouble(1),
                    row.getDouble(2),
                    row.getDouble(3),
                    row.getDouble(4),
                    row.getDouble(5)));
        }
        return new RocJob(sums.auroc(below[0], below[1]), sums.threshold());
    }

    /** Counts the positives and negatives of a range. */
    private static final class Count implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Iterator<Row> scores) {
            long positives = 0;
            long negatives = 0;
            while (scores.hasNext()) {
                Row score = scores.next();
                positives += score.getLong(1);
                negatives += score.getLong(2);
            }
            return List.of(RowFactory.create(TaskContext.getPartitionId(), positives, negatives))
                    .iterator();
        }
    }

    /** Sums up the ranks of a range. */
    private record Walk(long positives, long negatives, TreeMap<Integer, long[]> starts)
            implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> scores) {
            if (!scores.hasNext()) {
                return Collections.emptyIterator();
            }
            long[] below = starts.get(TaskContext.getPartitionId());
            RankWalk walk = new RankWalk(positives, negatives, below[0], below[1]);
            while (scores.hasNext()) {
                Row score = scores.next();
                walk.step(score.getDouble(0), score.getLong(1), score.getLong(2));
            }
            RankSums sums = walk.sums();
            return new ArrayList<>(List.of(RowFactory.create(
                            sums.positive(),
                            sums.positiveSquares(),
                            sums.negative(),
                            sums.negativeSquares(),
                            sums.gain(),
                            sums.threshold())))
                    .iterator();
        }
    }
}
