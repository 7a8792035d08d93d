package io.blemish.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.jobs.SparkTest;
import io.blemish.jobs.report.Breakdown.Place;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Counts along places and time, of inspections that are made up. */
class TestCounting extends SparkTest {
    private static final StructType INSPECTIONS = new StructType()
            .add("product", DataTypes.StringType)
            .add("site", DataTypes.StringType)
            .add("captured_at", DataTypes.TimestampType)
            .add("status", DataTypes.StringType)
            .add("error", DataTypes.StringType)
            .add("defective", DataTypes.BooleanType)
            .add("defect", DataTypes.StringType)
            .add("severity", DataTypes.StringType)
            .add("verdict", DataTypes.StringType);

    private static final Instant FIRST = Instant.parse("2026-05-01T22:00:00Z");

    private final List<Row> rows = new ArrayList<>();

    private void inspected(int images, String site, int day, String defect) {
        for (int i = 0; i < images; i++) {
            rows.add(RowFactory.create(
                    "apple",
                    site,
                    FIRST.plus(day, ChronoUnit.DAYS),
                    "ok",
                    null,
                    defect != null,
                    defect,
                    defect == null ? null : "severe",
                    defect == null ? "pass" : "reject"));
        }
    }

    private Cells cells() {
        return Cells.of(spark.createDataFrame(rows, INSPECTIONS));
    }

    @Test
    void defectsByPlace() {
        inspected(6, "Lyon", 0, null);
        inspected(3, "Lyon", 0, "cut");
        inspected(1, "Lyon", 1, "scab");
        inspected(2, "Porto", 0, "scab");
        inspected(1, null, 0, null);
        rows.add(RowFactory.create("apple", "Lyon", FIRST, "failed", "changed: it is", null, null, null, null));

        try (Cells cells = cells()) {
            Breakdown sites = BreakdownQuery.by("site", cells);

            assertThat(sites.places())
                    .containsExactly(new Place("Lyon", 10, 4), new Place("Porto", 2, 2), new Place("not stated", 1, 0));
            assertThat(sites.rows())
                    .containsExactly(
                            new Breakdown.Line("cut", List.of(3L, 0L, 0L)),
                            new Breakdown.Line("scab", List.of(1L, 2L, 0L)));
            assertThat(BreakdownQuery.by("product", cells).places()).containsExactly(new Place("apple", 13, 6));
            assertThat(Cells.by("error_code", cells.all())).containsExactly(new Count("changed", 1));
        }
    }

    @Test
    void whatIsRareIsCountedTogether() {
        for (int i = 0; i < 30; i++) {
            inspected(1 + i, "site " + i, 0, "defect " + i);
        }

        try (Cells cells = cells()) {
            Breakdown sites = BreakdownQuery.by("site", cells);

            assertThat(sites.places()).hasSize(9);
            assertThat(sites.places().get(8)).isEqualTo(new Place(BreakdownQuery.OTHER_PLACES, 253, 253));
            assertThat(sites.rows()).hasSize(17);
            assertThat(sites.rows().get(0).counts()).startsWith(30L, 0L);
            assertThat(sites.rows().get(16).defect()).isEqualTo(BreakdownQuery.OTHER_DEFECTS);
            assertThat(sites.rows().stream().mapToLong(Breakdown.Line::total).sum())
                    .isEqualTo(sites.inspected())
                    .isEqualTo(465);
        }
    }

    @Test
    void periodsAreLongEnoughForTheirPhotographs() {
        for (int day = 0; day < 28; day++) {
            inspected(2, "Lyon", day, null);
            inspected(day < 14 ? 0 : 1, "Lyon", day, "cut");
        }

        try (Cells cells = cells()) {
            Timeline timeline = TimelineQuery.timeline(cells).orElseThrow();

            assertThat(timeline.days()).isEqualTo(7);
            assertThat(timeline.first()).isEqualTo(LocalDate.parse("2026-05-01"));
            assertThat(timeline.periods()).isEqualTo(4);
            assertThat(timeline.rows()).hasSize(1);
            assertThat(timeline.rows().get(0).series().get(0).points())
                    .containsExactly(
                            new Timeline.Point(14, 0),
                            new Timeline.Point(14, 0),
                            new Timeline.Point(21, 7),
                            new Timeline.Point(21, 7));
            assertThat(timeline.rows().get(0).highest()).isEqualTo(1.0 / 3);
        }
    }

    @Test
    void manyPhotographsAreCountedByTheDay() {
        for (int day = 0; day < 5; day++) {
            inspected(9, "Lyon", day, day == 2 ? null : "cut");
        }

        try (Cells cells = cells()) {
            Timeline timeline = TimelineQuery.timeline(cells).orElseThrow();

            assertThat(timeline.days()).isEqualTo(1);
            assertThat(timeline.periods()).isEqualTo(5);
        }
    }

    @Test
    void noTimelineOfOneDay() {
        inspected(50, "Lyon", 0, "cut");

        try (Cells cells = cells()) {
            assertThat(TimelineQuery.timeline(cells)).isEqualTo(Optional.empty());
        }
    }
}
