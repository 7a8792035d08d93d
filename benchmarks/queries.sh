#!/usr/bin/env bash
# An analyst's queries on a warehouse of many inspections with all their arrays, before and after `bin/blemish maintain`.
#
#   benchmarks/queries.sh [ROWS [FOLDER]]
#
#   ROWS    inspections (default 5000000; each takes some 3.2 kB, and maintain needs three times as much for a while)
#   FOLDER  where the warehouse is made (default: a new one, deleted in the end)
#
# Each query runs twice in one session. Files are those that the scan reads of all that the table has: the others are ruled out by their
# statistics. Then the notebooks that need no Spark are executed; PYTHON names an interpreter with the packages of notebooks/requirements.txt.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rows=${1:-5000000}
work=${2:-$(mktemp -d)}
[ $# -ge 2 ] || trap 'rm -rf "$work"' EXIT
dist=$here/../jobs/target/dist
opens=()
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
    java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
    opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
queries() { java -Xmx4g "${opens[@]}" -Djava.io.tmpdir="${TMPDIR:-/tmp}" -Dlog4j2.configurationFile="$here/../conf/log4j2.properties" \
    -cp "$dist/lib/*:$dist/spark/*" "$here/WarehouseQueries.java" "$@"; }

notebooks() { BLEMISH_WAREHOUSE=$work/warehouse "${PYTHON:-python3}" "$here/time_notebooks.py"; }

echo "$rows inspections, $(nproc) cores"
time queries make "$work/warehouse" "$rows"
du -sh "$work/warehouse/inspections"
time "$here/../bin/blemish" trends --warehouse "$work/warehouse"
echo "As appended:"
queries ask "$work/warehouse"
time "$here/../bin/blemish" maintain --warehouse "$work/warehouse" --only optimize
"$here/../bin/blemish" maintain --warehouse "$work/warehouse" --only vacuum --retention 1ms --quiet
echo "Clustered:"
queries ask "$work/warehouse"
notebooks
