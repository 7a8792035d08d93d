package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;

import io.blemish.image.DecodeLimits;
import io.blemish.jobs.TimeWindow;
import io.blemish.jobs.report.Findings.Provenance;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.time.Instant;
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

    /** What there is to tell. */
    public Findings findings(Extent extent) {
        Dataset<Row> inspections = inspections();
        Dataset<Row> inspected = inspections.where(col("status").equalTo(InspectionsTable.OK));
        Optional<Dataset<Row>> truths = KnownTruths.of(warehouse, subject);
        GalleryPictures pictures = new GalleryPictures(warehouse, subject, extent.limits());
        Gallery gallery = new Gallery(inspected, pictures, truths);
        try (Cells cells = Cells.of(inspections)) {
            return new Findings(
                    new Provenance(warehouse.toString(), version, subject, window, Instant.now(), blemish()),
                    new OverviewQuery(warehouse, subject, window).overview(inspections, cells),
                    BreakdownQuery.by("site", cells),
                    BreakdownQuery.by("product", cells),
                    TimelineQuery.timeline(cells),
                    trends(inspected, gallery, extent),
                    gallery.exhibits(new GalleryQuery(subject, truths).choose(inspected, extent.gallery())),
                    pictures.method(),
                    ScoresQuery.scores(warehouse, subject),
                    new LineageQuery(warehouse, subject).lineage(version));
        }
    }

    private Optional<Trends> trends(Dataset<Row> inspected, Gallery gallery, Extent extent) {
        EvidenceQuery evidence = new EvidenceQuery(inspected, extent.evidence());
        return TrendsQuery.trends(warehouse, subject, window, extent.charts())
                .map(trends -> trends.with(evidence.with(trends.defects(), gallery)));
    }

    /**
     * How much a report shows.
     *
     * @param gallery photographs of the first page, at most
     * @param charts control charts of the first page, at most
     * @param evidence photographs of the page of each defect, at most
     * @param limits what a photograph may cost
     */
    public record Extent(int gallery, int charts, int evidence, DecodeLimits limits) {
        public Extent {
            requireNonNull(limits, "limits is null");
        }
    }

    /** The version that the jar names; a build that is run from its classes has none. */
    private static String blemish() {
        return Optional.ofNullable(Survey.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
