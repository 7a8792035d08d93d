package io.blemish.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * {@code defect_trends}: how often each defect was found, day by day, and whether that rises or falls. One row for each
 * grain, day, product, site, line, lot, defect, encoder and knowledge base. Derived from {@code inspections} by
 * {@code trends} alone, which puts the rows of the days that changed in the place of the older ones, in one commit.
 *
 * <p>A grain says by which columns images are told apart: {@code all}, {@code site}, {@code site,line} and so on. A
 * column outside of the grain is {@code *}; within the grain it is null for images that do not tell. The defect
 * {@code *} stands for any of them. A series is what differs in the day alone. What the numbers mean:
 * {@link io.blemish.trends}.
 */
public final class DefectTrendsTable {
    public static final String NAME = "defect_trends";

    /** A column outside of the grain; as a defect, any of them. */
    public static final String ANY = "*";

    /** The grain that tells nothing apart. */
    public static final String ALL = "all";

    public static final TableDefinition DEFINITION = TableDefinition.named(
                    NAME, "One row for each grain, day, product, site, line, lot, defect, encoder and knowledge base")
            .required("grain", DataTypes.StringType, "The columns that tell series apart, with commas; or all")
            .required("day", DataTypes.DateType, "Day of captured_at, in the time zone of trends.time-zone")
            .optional("product", DataTypes.StringType, "What is shown; * outside of the grain")
            .optional("site", DataTypes.StringType, "Plant; * outside of the grain")
            .optional("line", DataTypes.StringType, "Production line; * outside of the grain")
            .optional("lot", DataTypes.StringType, "Lot or batch; * outside of the grain")
            .required("defect", DataTypes.StringType, "The defect; * for any")
            .required("encoder_id", DataTypes.StringType, "The encoder, as in inspections")
            .required("kb_id", DataTypes.StringType, "The knowledge base, as in inspections")
            .required("signal", DataTypes.StringType, "rising, falling, steady, or too_few images to tell")
            .required("inspected", DataTypes.LongType, "Images of the day that got a label and no abstention")
            .required(
                    "abstained",
                    DataTypes.LongType,
                    "Images of the day with the verdict review, which count nowhere else")
            .required("defective", DataTypes.LongType, "Inspected images with any defect")
            .required("count", DataTypes.LongType, "Inspected images with this defect")
            .optional("rate", DataTypes.DoubleType, "count / inspected; null when nothing was inspected")
            .optional("rate_low", DataTypes.DoubleType, "Lower end of Wilson's 95 % interval of the rate")
            .optional("rate_high", DataTypes.DoubleType, "Upper end of Wilson's 95 % interval of the rate")
            .optional("baseline", DataTypes.DoubleType, "Rate of the baseline window; null without one")
            .required("baseline_inspected", DataTypes.LongType, "Inspected images of the baseline window")
            .required("baseline_count", DataTypes.LongType, "Of these, images with this defect")
            .required(
                    "recent_inspected",
                    DataTypes.LongType,
                    "Inspected images of the recent window, which ends with the day")
            .required("recent_count", DataTypes.LongType, "Of these, images with this defect")
            .optional("control_low", DataTypes.DoubleType, "Lower limit of the p-chart for the day's rate")
            .optional("control_high", DataTypes.DoubleType, "Upper limit of the p-chart for the day's rate")
            .optional(
                    "ewma",
                    DataTypes.DoubleType,
                    "Exponentially weighted moving average of the rate, from the baseline on")
            .optional("ewma_low", DataTypes.DoubleType, "Lower control limit of that average")
            .optional("ewma_high", DataTypes.DoubleType, "Upper control limit of that average")
            .optional("z", DataTypes.DoubleType, "How far the recent rate is from the baseline, in standard deviations")
            .optional("p_value", DataTypes.DoubleType, "How likely a difference as large is by chance, on either side")
            .optional("q_value", DataTypes.DoubleType, "p_value, adjusted for all series of the day")
            .optional(
                    "change",
                    DataTypes.StringType,
                    "encoder, knowledge_base or both, on the first day after a promotion that changed it")
            .required("run_id", DataTypes.StringType, "The run that wrote the row, as in runs")
            .key("grain", "day", "product", "site", "line", "lot", "defect", "encoder_id", "kb_id")
            .build();

    private DefectTrendsTable() {}
}
