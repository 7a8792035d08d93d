#!/usr/bin/env bash
# What the pocket models are worth: labels, heat maps and captions of generated photographs that they were not trained on, labels and heat
# maps of real ones.
#
#   BLEMISH_DATA=… benchmarks/pocket.sh FOLDER [MODEL]
#
# The parts with real photographs need the folders fresh-rotten-kaggle-aps360, fruit-rot-masks-melo04 and apple-disease-st4nsb below
# BLEMISH_DATA, and are left out, saying so, without it. What is there already in the folder is not made again.
set -euo pipefail

work=$(mkdir -p "${1:?Name a folder for warehouses}" && cd "$1" && pwd)
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
model=${2:-$home/model-broadcast/pocket/clip}
blemish=$home/bin/blemish

captioner=() # models that caption, where they belong to the model

look() { # warehouse, model, knowledge base, then options of evaluate
    local warehouse=$1 clip=$2 knowledge=$3
    shift 3
    "$blemish" inspect --warehouse "$warehouse" --clip "$clip" --knowledge "$knowledge" --methods relevance,gradcam,clipcap-xai \
        --precision fp32 --quiet "${captioner[@]}"
    "$blemish" evaluate --warehouse "$warehouse" --clip "$clip" --knowledge "$knowledge" --quiet "$@"
}

echo "== 1,000 generated photographs of another seed"
[ -d "$work/held-out" ] || "$blemish" samples --out "$work/held-out" --count 1000 --seed 2
"$blemish" ingest --from "$work/held-out" --manifest "$work/held-out/manifest.csv" --warehouse "$work/generated" --quiet
"$blemish" truth import "$work/held-out/truths.csv" --warehouse "$work/generated" --quiet
[ $# -gt 1 ] || captioner=(--mapper "$home/model-broadcast/pocket/mapper" --lm "$home/model-broadcast/pocket/opt"
    --set caption.beams=10 --set caption.clip-weight=2)
look "$work/generated" "$model" "$home/conf/knowledge/samples.yaml"
captioner=()

if [ -z "${BLEMISH_DATA:-}" ]; then
    echo "== Left out: real photographs (BLEMISH_DATA is not set)"
    exit
fi

echo "== Real photographs, not trained on: fresh against rotten"
"$blemish" ingest --from "$BLEMISH_DATA/fresh-rotten-kaggle-aps360" --layout '/(?<truth>fresh|rotten)(?<product>[a-z]+)/[^/]+$' \
    --warehouse "$work/fresh-rotten" --quiet
"$blemish" truth import --from-layout --warehouse "$work/fresh-rotten" --quiet
look "$work/fresh-rotten" "$model" "$home/conf/knowledge/samples.yaml" --map fresh=sound,rotten=defective

echo "== Real photographs, not trained on: where the rot is"
masks=$BLEMISH_DATA/fruit-rot-masks-melo04
{
    echo image,kind,value,mask_uri
    find "$masks" -path '*/test/*' -type f | sort | while read -r photograph; do
        echo "$photograph,label,defective,"
        echo "$photograph,mask,defective,$(ls "${photograph/\/test\//\/groundtruth\/}" 2>/dev/null ||
            ls "$(dirname "${photograph/\/test\//\/groundtruth\/}")/$(basename "${photograph%.*}")".*)"
    done
} >"$work/rot.csv"
"$blemish" ingest --from "$masks" --layout '/test/(?<lot>[^/]+)$' --warehouse "$work/rot" --quiet
"$blemish" truth import "$work/rot.csv" --mask-colour 0000ff --warehouse "$work/rot" --quiet
look "$work/rot" "$model" "$home/conf/knowledge/samples.yaml"

echo "== Apples: before, and after adapt-clip on the half of the photographs whose SHA-256 begins with 0 to 7"
apples=$BLEMISH_DATA/apple-disease-st4nsb/dataset
echo image,caption >"$work/apples-half.csv"
echo uri,truth >"$work/apples-rest.csv"
find "$apples" -type f -print0 | sort -z | xargs -0 sha256sum | while read -r hash photograph; do
    case "$photograph" in
        */Blotch_Apple/*) truth=blotch captions=('an apple with blotch' 'an apple with dark blotches') ;;
        */Rot_Apple/*) truth=rot captions=('an apple with rot' 'a rotten apple') ;;
        */Scab_Apple/*) truth=scab captions=('an apple with scab' 'an apple with scab lesions') ;;
        *) truth=sound captions=('a sound apple' 'a fresh and healthy apple') ;;
    esac
    case "$hash" in
        [0-7]*) printf '"%s",%s\n' "$photograph" "${captions[0]}" "$photograph" "${captions[1]}" >>"$work/apples-half.csv" ;;
        *) printf '"%s",%s\n' "$photograph" "$truth" >>"$work/apples-rest.csv" ;;
    esac
done
"$blemish" ingest --from "$apples" --manifest "$work/apples-rest.csv" --warehouse "$work/apples" --quiet
"$blemish" truth import --from-layout --warehouse "$work/apples" --quiet
look "$work/apples" "$model" "$home/benchmarks/apple.yaml"
[ -f "$work/apple-clip/metrics.json" ] || "$blemish" adapt-clip --clip "$model" --manifest "$work/apples-half.csv" \
    --out "$work/apple-clip" --train-vision-blocks 5 --train-text-blocks 3 --epochs 40 --batch 32 --rate 3e-4 --patience 40 --seed 1 \
    --validation 0.15
look "$work/apples" "$work/apple-clip" "$home/benchmarks/apple.yaml" --encoder "$(basename "$work/apple-clip")"
