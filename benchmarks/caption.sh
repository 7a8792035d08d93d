#!/usr/bin/env bash
# Blemish's inspect with captions beside the same work in Python: labels, five heat maps and captions of 20 tokens, greedy and by five
# beams, on the same photographs and checkpoints, in one run on one machine.
#
#   benchmarks/caption.sh PHOTOGRAPHS CLIP LM MAPPER [PRECISIONS [ALL [FEW]]]
#
#   PHOTOGRAPHS  a folder of JPEGs, searched recursively; duplicates are left out
#   CLIP, LM     checkpoints with their tokenizers
#   MAPPER       a file of reference.py: mapper_mlp.safetensors (README.md beside this file tells how to make all three)
#   PRECISIONS   default "fp32 bf16"; a processor that does not compute bf16 is measured in fp32 alone
#   ALL, FEW     how many photographs the long and the short command get (default 640 and 64)
#
# Images per second are (ALL − FEW) / (seconds for ALL − seconds for FEW) of two cold commands, wall clock: what a command costs once
# falls out. Every caption has exactly 20 tokens on both sides; the Python side has no CLIPScore, so Blemish leaves it out too. PYTHON names
# the interpreter that has torch and transformers.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
photographs=$1 clip=$2 lm=$3 weights=$4 precisions=${5:-fp32 bf16} all=${6:-640} few=${7:-64}
python=${PYTHON:-python3}
tokens=20
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source "$here/measure.bash"

wanted=$all
distinct "$photographs" "$few"
find "$work/all" -type f | sort | awk -v all="$wanted" 'NR > all' | xargs -r rm
all=$(find "$work/all" -type f | wc -l)
grep -v '^#' "$here/prompts.txt" >"$work/prompts.txt"
mkdir "$work/mapper"
cp "$weights" "$work/mapper/model.safetensors"
"$python" - "$lm/config.json" >"$work/mapper/config.json" <<'EOF'
import json, sys
lm = json.load(open(sys.argv[1]))
width = lm.get("word_embed_proj_dim") or lm.get("hidden_size") or lm["n_embd"]
print(json.dumps({"model_type": "blemish-mapper", "width": width}))
EOF
echo "$all photographs, $few of them in the short command; $(nproc) cores; captions of $tokens tokens"

peer() { # peer SIZE BEAMS PRECISION MODE…
    "$python" "$here/peer_python.py" --images "$work/$1" --clip "$clip" --lm "$lm" --mapper "$weights" --tokens "$tokens" \
        --prompts "$work/prompts.txt" --beams "$2" --dtype "$3" --mode "${@:4}"
}

blemish() { # blemish SIZE BEAMS PRECISION
    rm -rf "$work/warehouse"
    cp -r "$work/$1.ingested" "$work/warehouse"
    "$here/../bin/blemish" inspect --warehouse "$work/warehouse" --clip "$clip" --lm "$lm" --mapper "$work/mapper" \
        --knowledge "$work/prompts.txt" --top-k 5 --methods relevance --set "precision=$3" --set "caption.beams=$2" \
        --set "caption.min-tokens=$tokens" --set "caption.max-tokens=$tokens" --set caption.clip-score=false
}

for size in few all; do
    "$here/../bin/blemish" ingest --from "$work/$size" --warehouse "$work/$size.ingested" >>"$work/log" 2>&1
done

one=$(seconds peer few 1 fp32 clipcap-xai --limit 1)
three=$(seconds peer few 1 fp32 clipcap-xai --limit 3)
prototype=$(awk "BEGIN { printf \"%.3f\", 2 / ($three - $one) }")

echo
echo "| images/s | Blemish inspect | Python batched --heatmaps | ratio |"
echo "|---|---|---|---|"
for precision in $precisions; do
    for beams in 1 5; do
        ours_few=$(seconds blemish few "$beams" "$precision")
        theirs_few=$(seconds peer few "$beams" "$precision" batched --heatmaps)
        ours_all=$(seconds blemish all "$beams" "$precision")
        theirs_all=$(seconds peer all "$beams" "$precision" batched --heatmaps)
        ours=$(rate "$all" "$few" "$ours_all" "$ours_few")
        theirs=$(rate "$all" "$few" "$theirs_all" "$theirs_few")
        echo "| $precision, $beams beam(s) | $ours | $theirs | $(over "$ours" "$theirs") |"
        [ "$beams" != 1 ] || greedy=$ours
    done
    echo "| $precision, greedy, over clipcap-xai with captions | $greedy | $prototype | $(over "$greedy" "$prototype") |"
done

echo
echo "Where the time goes (thread seconds, summed over the task slots, of the last inspection):"
"$here/../bin/blemish" sql --warehouse "$work/warehouse" \
    "SELECT explode(stage_seconds) AS (stage, seconds) FROM runs WHERE job = 'inspect' AND state = 'finished'"
