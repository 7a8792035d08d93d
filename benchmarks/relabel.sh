#!/usr/bin/env bash
# Blemish's relabel beside the same work in PySpark with pandas and PyTorch: labels of stored embeddings, 512 wide, by 100 descriptions, from
# committed table to committed table, and what changed; and scoring alone.
#
#   benchmarks/relabel.sh CLIP [FEW [ALL]]
#
#   CLIP       a checkpoint with embeddings of 512 and its tokenizer (README.md beside this file tells how to make one)
#   FEW, ALL   images of the short and the long command (default 1000000 and 2000000); a million takes some 2 GB
#
# The warehouses are made here: one drawn photograph is inspected, and its row multiplied with random embeddings. Images per second are
# (ALL − FEW) / (seconds for ALL − seconds for FEW) of two cold commands, wall clock: what a command costs once falls out. PYTHON names the
# interpreter that has pyspark 4.1, pandas, pyarrow and torch; WORK is a folder with room, else the temporary one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
clip=$1 few=${2:-1000000} all=${3:-2000000}
python=${PYTHON:-python3}
work=$(mktemp -d ${WORK:+-p "$WORK"})
trap 'rm -rf "$work"' EXIT
source "$here/measure.bash"
blemish="$here/../bin/blemish" dist="$here/../jobs/target/dist"

grep -v '^#' "$here/prompts.txt" >"$work/before.txt"
sed 's/$/, seen from near/' "$work/before.txt" >"$work/after.txt"
"$blemish" samples --out "$work/samples" --count 1 --seed 5 >"$work/log" 2>&1
"$blemish" ingest --from "$work/samples" --manifest "$work/samples/manifest.csv" --warehouse "$work/one" >>"$work/log" 2>&1
"$blemish" inspect --warehouse "$work/one" --clip "$clip" --knowledge "$work/before.txt" --precision fp32 >>"$work/log" 2>&1
for count in "$few" "$all"; do
    cp -r "$work/one" "$work/$count"
    "$python" "$here/peer_relabel.py" make --jars "$dist/spark" --warehouse "$work/$count" --rows "$count" >>"$work/log" 2>&1
done

for count in "$few" "$all"; do
    declare "theirs_$count=$(seconds "$python" "$here/peer_relabel.py" relabel --jars "$dist/spark" --warehouse "$work/$count")"
    rm -rf "${work:?}/$count/peer"
    declare "ours_$count=$(seconds "$blemish" relabel --warehouse "$work/$count" --clip "$clip" --knowledge "$work/after.txt" \
        --precision fp32 --json)"
    grep '^{"run_id"' "$work/log" | tail -n 1 | sed 's/.*\("stage_seconds":{[^}]*}\).*/\1/'
done
name() { local variable="$1_$2"; echo "${!variable}"; }
ours=$(rate "$all" "$few" "$(name ours "$all")" "$(name ours "$few")")
theirs=$(rate "$all" "$few" "$(name theirs "$all")" "$(name theirs "$few")")
alone=$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseParallelGC -cp "$dist/lib/*:$dist/spark/*" "$here/RelabelScoring.java" "$work/before.txt")

echo "$few and $all images, $(nproc) cores: Blemish $(name ours "$few") and $(name ours "$all") s, PySpark $(name theirs "$few") and $(name theirs "$all") s"
echo
echo "| images/s | Blemish relabel | PySpark, pandas, PyTorch | ratio |"
echo "|---|---|---|---|"
echo "| from table to table | $ours | $theirs | $(over "$ours" "$theirs") |"
echo "| scoring alone | $alone | | |"
