-- What counts now in a warehouse of Blemish, for duckdb. Each table must be known by its own name, first of all
-- inspections and releases (bin/blemish promote or trends creates it); a view whose table is not there yet is left out.

-- The encoder, captioner and knowledge base that count now.
CREATE OR REPLACE VIEW current_release AS
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
    ELSE CAST(error(concat('Cannot tell which inspections count: ',
        CAST(pairs AS VARCHAR(20)), ' pairs of encoder and knowledge base have some. Run blemish promote'
      )) AS BOOLEAN)
  END;

-- The inspections of the current release.
CREATE OR REPLACE VIEW current_inspections AS
SELECT inspections.image_id, inspections.uri, inspections.product, inspections.site, inspections.line, inspections.lot, inspections.captured_at, inspections.encoder_id, inspections.captioner_id, inspections.kb_id, inspections.run_id, inspections.part, inspections.status, inspections.inspected_at, inspections.defective, inspections.defect, inspections.severity, inspections.margin, inspections.verdict, inspections.caption_logprob, inspections.clip_score, inspections.error, inspections.summary, inspections.caption, inspections.top, inspections.captions, inspections.maps, inspections.map_rows, inspections.map_cols, inspections.region, inspections.embedding
FROM inspections JOIN current_release
  ON inspections.encoder_id = current_release.encoder_id
  AND inspections.captioner_id = current_release.captioner_id
  AND inspections.kb_id = current_release.kb_id;

-- The trends of the current release.
CREATE OR REPLACE VIEW current_trends AS
SELECT defect_trends.grain, defect_trends.day, defect_trends.product, defect_trends.site, defect_trends.line, defect_trends.lot, defect_trends.defect, defect_trends.encoder_id, defect_trends.kb_id, defect_trends.signal, defect_trends.inspected, defect_trends.abstained, defect_trends.defective, defect_trends.count, defect_trends.rate, defect_trends.rate_low, defect_trends.rate_high, defect_trends.baseline, defect_trends.baseline_inspected, defect_trends.baseline_count, defect_trends.recent_inspected, defect_trends.recent_count, defect_trends.control_low, defect_trends.control_high, defect_trends.ewma, defect_trends.ewma_low, defect_trends.ewma_high, defect_trends.z, defect_trends.p_value, defect_trends.q_value, defect_trends.change, defect_trends.run_id
FROM defect_trends JOIN current_release
  ON defect_trends.encoder_id = current_release.encoder_id
  AND defect_trends.kb_id = current_release.kb_id;

-- One row for each file that was rejected, and each image that could not be inspected.
CREATE OR REPLACE VIEW failures AS
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
FROM current_inspections WHERE status = 'failed';

-- One row for each lot, the worst first.
CREATE OR REPLACE VIEW worst_lots AS
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
FROM intervals ORDER BY rate_low DESC, rate DESC, product, site, lot;

-- The latest event of each run.
CREATE OR REPLACE VIEW current_runs AS
SELECT runs.run_id, runs.job, runs.state, runs.at, runs.input_table, runs.input_version, runs.images_per_second, runs.message, runs.ids, runs.counts, runs.stage_seconds, runs.host, runs.configuration FROM (
  SELECT *, row_number() OVER (
    PARTITION BY run_id ORDER BY runs.at DESC, CASE WHEN state IN ('finished', 'failed') THEN 0 ELSE 1 END
  ) AS place FROM runs
) AS runs WHERE place = 1;

-- What the newest statement of each source says about an image and a kind.
CREATE OR REPLACE VIEW current_truths AS
SELECT truths.image_id, truths.kind, truths.source, truths.stated_at, truths.author, truths.statement_id, truths.run_id, truths.value, truths.mask_uri, truths.mask_colour FROM (
  SELECT *, dense_rank() OVER (
    PARTITION BY image_id, kind, source ORDER BY said_at DESC, statement_id, run_id
  ) AS place FROM (
    SELECT *, max(stated_at) OVER (
      PARTITION BY image_id, kind, source, statement_id, run_id
    ) AS said_at FROM truths
  ) AS said
) AS truths WHERE place = 1;

-- The newest evaluation of each encoder and knowledge base.
CREATE OR REPLACE VIEW current_evaluations AS
SELECT evaluations.run_id, evaluations.encoder_id, evaluations.kb_id, evaluations.metric, evaluations.slice, evaluations.detail, evaluations.method, evaluations.value, evaluations.low, evaluations.high, evaluations.n, evaluations.at FROM (
  SELECT *, dense_rank() OVER (PARTITION BY encoder_id, kb_id ORDER BY evaluations.at DESC, run_id) AS place
  FROM evaluations
) AS evaluations WHERE place = 1;
