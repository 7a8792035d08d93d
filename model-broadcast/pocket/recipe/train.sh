#!/usr/bin/env bash
# Trains the pocket models again, from random weights and generated photographs, into a folder of your choice. What is finished is not
# done again, and a training that was stopped goes on: after a kill, run this again with the same folder.
#
#   model-broadcast/pocket/recipe/train.sh FOLDER
set -euo pipefail

work=${1:?Name a folder for photographs and models, with 3 GB of room}
recipe=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
blemish=$recipe/../../../bin/blemish
mkdir -p "$work"

# A training that is done leaves its metrics, and a drawing its last list.
[ -f "$work/photographs/regions.csv" ] || "$blemish" samples --out "$work/photographs" --count 12000 --seed 1

# What each defect looks like is learned from details, which are quick to compute; where to look for it, from whole photographs.
[ -f "$work/details/metrics.json" ] || "$blemish" adapt-clip --config "$recipe/clip" --out "$work/details" \
    --manifest "$work/photographs/regions.csv" --epochs 6 --batch 64 --rate 1e-3 --validation 0.03 --seed 1
[ -f "$work/clip/metrics.json" ] || "$blemish" adapt-clip --clip "$work/details" --out "$work/clip" \
    --side 144 --train-vision-blocks 5 --train-text-blocks 3 \
    --manifest "$work/photographs/captions.csv" --epochs 4 --batch 64 --rate 7e-4 --validation 0.03 --seed 1 --half

[ -f "$work/opt/metrics.json" ] || "$blemish" adapt-lm --config "$recipe/opt" --out "$work/opt" \
    --text "$work/photographs/captions.csv" --column caption --half

echo "The models are in $work/clip and $work/opt."
