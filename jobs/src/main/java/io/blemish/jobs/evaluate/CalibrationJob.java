package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.blemish.metrics.Calibration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Calibration of any number of predictions: a histogram made by Spark. */
final class CalibrationJob {
    private CalibrationJob() {}

    /**
     * The calibration of predictions.
     *
     * @param probability in [0, 1], not null
     * @param right whether it came true
     */
    static Calibration of(Dataset<Row> predictions, Column probability, Column right) {
        Column bin = least(lit(Calibration.BINS - 1L), floor(probability.multiply(Calibration.BINS)));
        List<Calibration.Bin> bins = new ArrayList<>(Collections.nCopies(Calibration.BINS, Calibration.Bin.empty()));
        predictions
                .groupBy(bin.as("bin"))
                .agg(count(lit(1)), sum(probability), count_if(right))
                .collectAsList()
                .forEach(row -> bins.set(
                        Math.toIntExact(row.getLong(0)),
                        new Calibration.Bin(row.getLong(1), row.getDouble(2), row.getLong(3))));
        return new Calibration(bins);
    }

    /** Adds the error and the bins that are not empty, under names that begin with the prefix. */
    static void add(String prefix, Calibration calibration, Findings findings) {
        findings.add(prefix + "_ece", Findings.ALL, calibration.error());
        for (int i = 0; i < Calibration.BINS; i++) {
            Calibration.Bin bin = calibration.bins().get(i);
            if (bin.n() > 0) {
                String slice = "bin:%02d".formatted(i);
                findings.add(prefix + "_reliability", slice, Calibration.range(i), null, bin.observed());
                findings.add(prefix + "_confidence", slice, Calibration.range(i), null, bin.expected());
            }
        }
    }
}
