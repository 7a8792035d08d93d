#!/usr/bin/env bash
# Blemish's inspect beside the same work in Python, on the same photographs and checkpoint, in one run on one machine.
#
#   benchmarks/inspect.sh PHOTOGRAPHS CHECKPOINT [FEW]
#
#   PHOTOGRAPHS  a folder of JPEGs, searched recursively; duplicates are left out
#   CHECKPOINT   a CLIP folder with its tokenizer (README.md beside this file tells how to make one with random weights)
#   FEW          how many photographs the short command gets (default 211)
#
# Images per second are (all − few) / (seconds for all − seconds for few) of two cold commands, wall clock: what a command costs once,
# the start of Java or Python and the loading of the model, falls out. PYTHON names the interpreter that has torch and transformers.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
photographs=$1 checkpoint=$2 few=${3:-211}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source "$here/measure.bash"

# 911 is what the two public sets of the README give; any number of distinct photographs does.
distinct "$photographs" "$few"
grep -v '^#' "$here/prompts.txt" >"$work/prompts.txt"
echo "$all photographs, $few of them in the short command; $(nproc) cores; $(grep -c . "$work/prompts.txt") descriptions"

declare -A result
for size in few all; do
    "$here/../bin/blemish" ingest --from "$work/$size" --warehouse "$work/$size.ingested" >>"$work/log" 2>&1
done
for precision in fp32 bf16; do
    for size in few all; do
        cp -r "$work/$size.ingested" "$work/$size.$precision"
        declare "t_$size=$(seconds "$here/../bin/blemish" inspect --warehouse "$work/$size.$precision" --clip "$checkpoint" \
            --knowledge "$work/prompts.txt" --set "precision=$precision" --top-k 5 --methods relevance)"
    done
    result[blemish-$precision]=$(rate "$all" "$few" "$t_all" "$t_few")

    for size in few all; do
        declare "t_$size=$(seconds "$python" "$here/peer_python.py" --images "$work/$size" --clip "$checkpoint" \
            --prompts "$work/prompts.txt" --mode batched --heatmaps --dtype "$precision")"
    done
    result[batched-$precision]=$(rate "$all" "$few" "$t_all" "$t_few")

    result[forward-$precision]=$("$python" "$here/peer_python.py" --images "$work/few" --clip "$checkpoint" --prompts "$work/prompts.txt" \
        --mode forward --dtype "$precision" --seconds 20 2>>"$work/log" | sed 's/.*"images_per_second": \([0-9.]*\).*/\1/')
done
for count in 4 16; do
    declare "t_$count=$(seconds "$python" "$here/peer_python.py" --images "$work/few" --clip "$checkpoint" \
        --prompts "$work/prompts.txt" --mode clipcap-xai --limit "$count")"
done
result[clipcap-xai]=$(rate 16 4 "$t_16" "$t_4")

echo
echo "| images/s | fp32 | bf16 |"
echo "|---|---|---|"
echo "| Blemish inspect, labels and 5 heat maps, end to end | ${result[blemish-fp32]} | ${result[blemish-bf16]} |"
echo "| Python: forward (the bare vision tower) | ${result[forward-fp32]} | ${result[forward-bf16]} |"
echo "| Python: batched --heatmaps | ${result[batched-fp32]} | ${result[batched-bf16]} |"
echo "| Python: clipcap-xai | ${result[clipcap-xai]} | |"
echo
echo "| Blemish over | fp32 | bf16 |"
echo "|---|---|---|"
echo "| forward | $(over "${result[blemish-fp32]}" "${result[forward-fp32]}") | $(over "${result[blemish-bf16]}" "${result[forward-bf16]}") |"
echo "| batched --heatmaps | $(over "${result[blemish-fp32]}" "${result[batched-fp32]}") | $(over "${result[blemish-bf16]}" "${result[batched-bf16]}") |"
echo "| clipcap-xai | $(over "${result[blemish-fp32]}" "${result[clipcap-xai]}") | $(over "${result[blemish-bf16]}" "${result[clipcap-xai]}") |"

echo
echo "Where the time goes (thread seconds, summed over the task slots, on all $all photographs):"
for precision in fp32 bf16; do
    echo
    echo "$precision"
    "$here/../bin/blemish" sql --warehouse "$work/all.$precision" \
        "SELECT explode(stage_seconds) AS (stage, seconds) FROM runs WHERE job = 'inspect' AND state = 'finished'"
done
