package io.blemish.tables;

import java.util.List;

/**
 * What counts now, for analysts: the release and what belongs to it, the newest of what is only ever appended, what
 * failed, and where it is worst.
 *
 * <p>The texts keep to what Spark, DuckDB and Trino understand alike: columns are listed instead of left out, and no
 * name needs quotes.
 */
public final class CurrentViews {
    /** What analysts are to look at: one row, the newest promotion, or before any the only pair there is. */
    public static final View RELEASE = new View(
            "current_release",
            "The encoder, captioner and knowledge base that count now",
            List.of(InspectionsTable.DEFINITION, ReleasesTable.DEFINITION),
            """
            WITH promoted AS (
              SELECT encoder_id, captioner_id, kb_id, promoted_at, author FROM releases
              ORDER BY promoted_at DESC, run_id DESC LIMIT 1
            ), nothing_promoted AS (
              SELECT count(*) AS promotions FROM releases HAVING count(*) = 0
            ), found AS (
              SELECT encoder_id, captioner_id, kb_id, max(inspected_at) AS newest
              FROM inspections CROSS JOIN nothing_promoted
              GROUP BY encoder_id, captioner_id, kb_id
            ), latest AS (
              SELECT encoder_id, captioner_id, kb_id FROM found
              ORDER BY newest DESC, encoder_id, captioner_id, kb_id LIMIT 1
            ), counted AS (
              SELECT count(*) AS pairs FROM (SELECT DISTINCT encoder_id, kb_id FROM found) AS distinct_pairs
            )
            SELECT encoder_id, captioner_id, kb_id, promoted_at, author FROM promoted
            UNION ALL
            SELECT encoder_id, captioner_id, kb_id, NULL AS promoted_at, NULL AS author
            FROM latest CROSS JOIN counted
            WHERE CASE
                WHEN pairs <= 1 THEN TRUE
                ELSE CAST({fail}(concat('Cannot tell which inspections count: ',
                    CAST(pairs AS VARCHAR(20)), ' pairs of encoder and knowledge base have some. Run blemish promote'
                  )) AS BOOLEAN)
              END
            """);

    /** The inspections of the release. */
    public static final View INSPECTIONS = new View(
            "current_inspections",
            "The inspections of the current release",
            List.of(InspectionsTable.DEFINITION, ReleasesTable.DEFINITION),
            """
            SELECT {inspections}
            FROM inspections JOIN current_release
              ON inspections.encoder_id = current_release.encoder_id
              AND inspections.captioner_id = current_release.captioner_id
              AND inspections.kb_id = current_release.kb_id
            """);

    /** The trends of the release. */
    public static final View TRENDS = new View(
            "current_trends",
            "The trends of the current release",
            List.of(DefectTrendsTable.DEFINITION, InspectionsTable.DEFINITION, ReleasesTable.DEFINITION),
            """
            SELECT {defect_trends}
            FROM defect_trends JOIN current_release
              ON defect_trends.encoder_id = current_release.encoder_id
              AND defect_trends.kb_id = current_release.kb_id
            """);

    /** The latest event of each run. */
    public static final View RUNS =
            new View("current_runs", "The latest event of each run", List.of(RunsTable.DEFINITION), """
            SELECT {runs} FROM (
              SELECT *, row_number() OVER (
                PARTITION BY run_id ORDER BY runs.at DESC, CASE WHEN state IN ('finished', 'failed') THEN 0 ELSE 1 END
              ) AS place FROM runs
            ) AS runs WHERE place = 1
            """);

    /** The newest statement of each source about each image and kind, as {@link TruthsTable#current} has it. */
    public static final View TRUTHS = new View(
            "current_truths",
            "What the newest statement of each source says about an image and a kind",
            List.of(TruthsTable.DEFINITION),
            """
            SELECT {truths} FROM (
              SELECT *, dense_rank() OVER (
                PARTITION BY image_id, kind, source ORDER BY said_at DESC, statement_id, run_id
              ) AS place FROM (
                SELECT *, max(stated_at) OVER (
                  PARTITION BY image_id, kind, source, statement_id, run_id
                ) AS said_at FROM truths
              ) AS said
            ) AS truths WHERE place = 1
            """);

    /** The newest evaluation of each encoder and knowledge base, as {@link EvaluationsTable#current} has it. */
    public static final View EVALUATIONS = new View(
            "current_evaluations",
            "The newest evaluation of each encoder and knowledge base",
            List.of(EvaluationsTable.DEFINITION),
            """
            SELECT {evaluations} FROM (
              SELECT *, dense_rank() OVER (PARTITION BY encoder_id, kb_id ORDER BY evaluations.at DESC, run_id) AS place
              FROM evaluations
            ) AS evaluations WHERE place = 1
            """);

    /** Files that gave no image, unless a later version did, and images that could not be inspected. */
    public static final View FAILURES = new View(
            "failures",
            "One row for each file that was rejected, and each image that could not be inspected",
            List.of(FilesTable.DEFINITION, InspectionsTable.DEFINITION, ReleasesTable.DEFINITION),
            """
            SELECT 'ingest' AS job, uri, image_id, product, site, line, lot, captured_at,
              reject_code AS code, reject_reason AS reason, ingested_at AS failed_at, run_id
            FROM (
              SELECT *, row_number() OVER (
                PARTITION BY uri ORDER BY ingested_at DESC, modified_at DESC, status
              ) AS place FROM files
              WHERE uri IN (SELECT uri FROM files WHERE status = 'rejected')
            ) AS newest WHERE place = 1 AND status = 'rejected'
            UNION ALL
            SELECT 'inspect' AS job, uri, image_id, product, site, line, lot, captured_at,
              split_part(error, ':', 1) AS code,
              trim(substr(error, length(split_part(error, ':', 1)) + 2)) AS reason, inspected_at AS failed_at, run_id
            FROM current_inspections WHERE status = 'failed'
            """);

    /** Lots by how bad they are at least: by the lower end of Wilson's 95 % interval of the share of defective images. */
    public static final View WORST_LOTS = new View(
            "worst_lots",
            "One row for each lot, the worst first",
            List.of(InspectionsTable.DEFINITION, ReleasesTable.DEFINITION),
            """
            WITH lots AS (
              SELECT product, site, lot, min(captured_at) AS first_captured_at, max(captured_at) AS last_captured_at,
                sum(CASE WHEN verdict = 'review' THEN 1 ELSE 0 END) AS abstained,
                CAST(sum(CASE WHEN verdict = 'review' THEN 0 ELSE 1 END) AS DOUBLE) AS n,
                CAST(sum(CASE WHEN verdict = 'review' OR NOT defective THEN 0 ELSE 1 END) AS DOUBLE) AS x
              FROM current_inspections WHERE status = 'ok' AND lot IS NOT NULL
              GROUP BY product, site, lot
            ), rates AS (
              SELECT *, x / n AS p, 3.841458820694124E0 / n AS w FROM lots WHERE n > 0
            ), intervals AS (
              SELECT product, site, lot, first_captured_at, last_captured_at, CAST(n AS BIGINT) AS inspected,
                CAST(abstained AS BIGINT) AS abstained, CAST(x AS BIGINT) AS defective, p AS rate,
                CASE WHEN x = 0 THEN 0E0
                  ELSE (p + w / 2 - sqrt(w * (p * (1 - p) + w / 4))) / (1 + w) END AS rate_low,
                CASE WHEN x = n THEN 1E0
                  ELSE (p + w / 2 + sqrt(w * (p * (1 - p) + w / 4))) / (1 + w) END AS rate_high
              FROM rates
            )
            SELECT rank() OVER (ORDER BY rate_low DESC, rate DESC) AS place, product, site, lot, first_captured_at,
              last_captured_at, inspected, abstained, defective, rate, rate_low, rate_high
            FROM intervals ORDER BY rate_low DESC, rate DESC, product, site, lot
            """);

    /** All of them; each stands after those that it reads. */
    public static final List<View> ALL =
            List.of(RELEASE, INSPECTIONS, TRENDS, FAILURES, WORST_LOTS, RUNS, TRUTHS, EVALUATIONS);

    private CurrentViews() {}
}
