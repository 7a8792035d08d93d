package io.blemish.jobs.evaluate;

import io.blemish.metrics.Estimate;
import io.blemish.tables.EvaluationsTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** What an evaluation found, in the order in which it was found. */
public final class Findings {
    /** Everything that was measured. */
    public static final String ALL = "all";

    /** The mean over the defects, each counting alike. */
    public static final String MEAN = "mean";

    private static final String DEFECT = "defect:";
    private static final String LABEL = "label:";
    private static final String CAPTIONER = "captioner:";

    private final List<Finding> findings = new ArrayList<>();

    /**
     * One measure.
     *
     * @param metric what is measured
     * @param slice of which images or pairs
     * @param detail the predicted label, or the range of a bin; null for most metrics
     * @param method how the heat maps were made, or what was said in place of a captioner's caption; else null
     * @param estimate the value
     */
    public record Finding(String metric, String slice, String detail, String method, Estimate estimate) {}

    /** The slice of one defect. */
    public static String defect(String name) {
        return DEFECT + name;
    }

    /** The slice of one true label. */
    public static String label(String name) {
        return LABEL + name;
    }

    /** The slice of one captioner. */
    public static String captioner(String id) {
        return CAPTIONER + id;
    }

    /** Adds a measure of labels. */
    public void add(String metric, String slice, Estimate estimate) {
        add(metric, slice, null, null, estimate);
    }

    /** Adds a measure. */
    public void add(String metric, String slice, String detail, String method, Estimate estimate) {
        findings.add(new Finding(metric, slice, detail, method, estimate));
    }

    /** Everything found. */
    public List<Finding> all() {
        return List.copyOf(findings);
    }

    /** Everything found of a metric. */
    public List<Finding> of(String metric) {
        return findings.stream()
                .filter(finding -> finding.metric.equals(metric))
                .toList();
    }

    /** What was found of a metric of labels in a slice. */
    public Optional<Estimate> find(String metric, String slice) {
        return find(metric, slice, null);
    }

    /** What was found of a metric in a slice, by a method. */
    public Optional<Estimate> find(String metric, String slice, String method) {
        return findings.stream()
                .filter(finding -> finding.metric.equals(metric)
                        && finding.slice.equals(slice)
                        && Objects.equals(finding.method, method))
                .map(Finding::estimate)
                .findFirst();
    }

    /** The rows of {@code evaluations}, in the name of the run. */
    public Dataset<Row> rows(SparkSession spark, Subject subject, String runId, Instant at) {
        List<Row> rows = findings.stream()
                .map(finding -> RowFactory.create(
                        runId,
                        subject.encoderId(),
                        subject.base().id(),
                        finding.metric,
                        finding.slice,
                        finding.detail,
                        finding.method,
                        known(finding.estimate.value()),
                        known(finding.estimate.low()),
                        known(finding.estimate.high()),
                        finding.estimate.n(),
                        at))
                .toList();
        return spark.createDataFrame(rows, EvaluationsTable.DEFINITION.schema()).coalesce(1);
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
