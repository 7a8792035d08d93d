#!/usr/bin/env bash
# What bf16, and what decode.mode=fast, change of the answers: the same photographs inspected three times into one warehouse.
#
#   benchmarks/variants.sh PHOTOGRAPHS CHECKPOINT KNOWLEDGE
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
photographs=$1 checkpoint=$2 knowledge=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
blemish() { "$here/../bin/blemish" "$@" --warehouse "$work/warehouse"; }
inspect() { blemish inspect --clip "$checkpoint" --knowledge "$knowledge" --quiet --json "$@" 2>/dev/null |
    sed 's/.*"encoder_id":"\([0-9a-f]*\)".*/\1/'; }

blemish ingest --from "$photographs" --quiet --max-rejected 1
exact=$(inspect --precision fp32)
declare -A other=([bf16]=$(inspect --precision bf16) [fast]=$(inspect --precision fp32 --set decode.mode=fast))

dot() { echo "aggregate(zip_with($1, $2, (x, y) -> double(x) * y), 0D, (sum, x) -> sum + x)"; }
for variant in bf16 fast; do
    echo
    echo "$variant against fp32 with exact decoding:"
    blemish sql "WITH
        a AS (SELECT * FROM inspections WHERE encoder_id = '$exact' AND status = 'ok'),
        b AS (SELECT * FROM inspections WHERE encoder_id = '${other[$variant]}' AND status = 'ok'),
        pair AS (
            SELECT a.defective <=> b.defective AND a.defect <=> b.defect AS same_label,
                a.verdict <=> b.verdict AS same_verdict,
                a.severity <=> b.severity AS same_severity,
                a.top[0].description = b.top[0].description AS same_best,
                $(dot a.embedding b.embedding) / sqrt($(dot a.embedding a.embedding) * $(dot b.embedding b.embedding)) AS cosine
            FROM a JOIN b USING (image_id))
        SELECT count(*) AS images, count_if(NOT same_best) AS other_best, count_if(NOT same_label) AS other_label,
            count_if(NOT same_severity) AS other_severity, count_if(NOT same_verdict) AS other_verdict,
            round(min(cosine), 6) AS least_cosine, round(avg(cosine), 6) AS mean_cosine,
            count_if(cosine < 0.999999) AS moved
        FROM pair"
done
