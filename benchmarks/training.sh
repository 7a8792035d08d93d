#!/usr/bin/env bash
# Prefix tuning in Blemish beside the same steps in PyTorch: tokens a second of an epoch of captions, an MLP before a frozen language model.
#
#   benchmarks/training.sh LM [COUNT]
#
#   LM     an OPT with its tokenizer (README.md beside this file tells how to make one with random weights)
#   COUNT  how many photographs are drawn; each has six captions (default 200)
#
# Both use all cores, batches of 40 captions of similar length, a prefix of 10. Blemish's epoch holds its validation too. PYTHON names the
# interpreter that has torch and transformers.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
lm=$1 count=${2:-200}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
blemish="$here/../bin/blemish" clip="$here/../model-broadcast/pocket/clip"

"$blemish" samples --out "$work/samples" --count "$count" --seed 5 >"$work/log" 2>&1
"$blemish" ingest --from "$work/samples" --manifest "$work/samples/manifest.csv" --warehouse "$work/warehouse" >>"$work/log" 2>&1
"$blemish" inspect --warehouse "$work/warehouse" --clip "$clip" --knowledge "$here/../conf/knowledge/samples.yaml" --top-k 1 \
    --precision fp32 >>"$work/log" 2>&1
"$blemish" train --warehouse "$work/warehouse" --clip "$clip" --lm "$lm" --out "$work/mapper" --captions "$work/samples/captions.csv" \
    --mapper mlp --prefix-length 10 --batch 40 --epochs 2 --validation 0.05 --set train.samples=2 --json \
    >"$work/run.json" 2>"$work/train.log" || { tail -n 20 "$work/train.log" >&2; exit 1; }
# The first epoch warms up; the second is told in whole seconds.
tokens=$(sed 's/.*"tokens":\([0-9]*\).*/\1/' "$work/run.json")
seconds=$(sed -n 's/^epoch 2: .*; \([0-9]*\) s$/\1/p' "$work/train.log")
ours=$(awk "BEGIN { printf \"%.1f\", $tokens / $seconds }")
peer=$("$python" "$here/peer_training.py" --lm "$lm" --captions "$work/samples/captions.csv" --embedding 128 2>>"$work/log")
theirs=$(sed 's/.*"tokens_per_second": \([0-9.]*\).*/\1/' <<<"$peer")

echo "Blemish: $tokens tokens in $seconds s"
echo "PyTorch: $peer"
echo
echo "| tokens/s | Blemish train | PyTorch | ratio |"
echo "|---|---|---|---|"
echo "| MLP before $(basename "$lm"), frozen, $(nproc) cores | $ours | $theirs | $(awk "BEGIN { printf \"%.2f\", $ours / $theirs }") |"
