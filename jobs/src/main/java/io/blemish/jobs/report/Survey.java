package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;

import io.blemish.image.DecodeLimits;
import io.blemish.jobs.TimeWindow;
import io.blemish.jobs.report.Findings.Provenance;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Asks the warehouse everything that a report tells. Tables are counted by Spark; nothing is collected but counts and
 * the rows of the gallery.
 */
public final class Survey {
    private final Warehouse warehouse;
    private final Subject subject;
    private final long version;
    private final TimeWindow window;

    /**
     * A survey of the subject's inspections.
     *
     * @param version of the table {@code inspections} that is read
     * @param window when the photographs were taken that are told of
     */
    public Survey(Warehouse warehouse, Subject subject, long version, TimeWindow window) {
        this.warehouse = warehouse;
        this.subject = subject;
        this.version = version;
        this.window = window;
    }

    /** The subject's inspections. */
    public Dataset<Row> inspections() {
        return window.of(warehouse.read(InspectionsTable.DEFINITION, version), "captured_at")
                .where(col("encoder_id")
                        .equalTo(subject.encoderId())
                        .and(col("captioner_id").equalTo(subject.captionerId()))
                        .and(col("kb_id").equalTo(subject.base().id())));
    }

    /**
     * What there is to tell.
     *
     * @param gallery photographs that are shown, at most
     * @param limits what a photograph may cost
     */
    public Findings findings(int gallery, DecodeLimits limits) {
        Dataset<Row> inspections = inspections();
        try (Cells cells = Cells.of(inspections)) {
            return new Findings(
                    new Provenance(warehouse.toString(), version, subject, window, Instant.now(), blemish()),
                    new OverviewQuery(warehouse, subject, window).overview(inspections, cells),
                    BreakdownQuery.by("site", cells),
                    BreakdownQuery.by("product", cells),
                    TimelineQuery.timeline(cells),
                    exhibits(inspections, gallery, limits),
                    new GalleryPictures(warehouse, subject, limits).method(),
                    ScoresQuery.scores(warehouse, subject));
        }
    }

    private List<Exhibit> exhibits(Dataset<Row> inspections, int most, DecodeLimits limits) {
        Dataset<Row> inspected = inspections.where(col("status").equalTo(InspectionsTable.OK));
        Optional<Dataset<Row>> truths = KnownTruths.of(warehouse, subject);
        GalleryPictures pictures = new GalleryPictures(warehouse, subject, limits);
        return new Gallery(inspected, pictures, truths)
                .exhibits(new GalleryQuery(subject, truths).choose(inspected, most));
    }

    /** The version that the jar names; a build that is run from its classes has none. */
    private static String blemish() {
        return Optional.ofNullable(Survey.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
