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
# A second round over the photographs begins again at the full rate.
[ -f "$work/details/metrics.json" ] || "$blemish" adapt-clip --config "$recipe/clip" --out "$work/details" \
    --manifest "$work/photographs/regions.csv" --epochs 6 --batch 64 --rate 1e-3 --validation 0.03 --seed 1 --threads 2
photographs() { # where from, where to, seed
    [ -f "$2/metrics.json" ] || "$blemish" adapt-clip --clip "$1" --out "$2" --side 144 --train-vision-blocks 5 --train-text-blocks 3 \
        --manifest "$work/photographs/captions.csv" --epochs 4 --batch 64 --rate 7e-4 --validation 0.03 --seed "$3" --threads 1 --half
}
photographs "$work/details" "$work/first-round" 1
photographs "$work/first-round" "$work/clip" 2

[ -f "$work/opt/metrics.json" ] || "$blemish" adapt-lm --config "$recipe/opt" --out "$work/opt" \
    --text "$work/photographs/captions.csv" --column caption --epochs 2 --batch 64 --threads 1 --half

if [ ! -f "$work/mapper/metrics.json" ]; then
    "$blemish" ingest --from "$work/photographs/photographs" --warehouse "$work/warehouse" --by-reference
    "$blemish" inspect --warehouse "$work/warehouse" --clip "$work/clip" --knowledge "$recipe/../../../conf/knowledge/samples.yaml" --top-k 1 \
        --precision fp32
    "$blemish" train --warehouse "$work/warehouse" --clip "$work/clip" --lm "$work/opt" --out "$work/mapper" \
        --captions "$work/photographs/captions.csv" --mapper mlp --hidden 512 --prefix-length 8 \
        --epochs 6 --batch 64 --rate 3e-3 --dropout 0.05 --validation 0.03 --threads 1 --half
fi

echo "The models are in $work/clip, $work/opt and $work/mapper."
