"""Writes Pillow's half of bad-images.tsv: python make_bad_images.py FOLDER > bad-images.tsv (Pillow 13.0.0, numpy).

FOLDER is data/bad-images. The second column, what Blemish makes of the file, is kept from the table that is there; a new file
gets `?` and is to be reviewed.
"""

import base64
import hashlib
import os
import sys
import warnings

import numpy as np
from PIL import Image

warnings.simplefilter("ignore")
BLOCK = 16
BOUNDS = {"synthetic/webp_named.jpg": 9}


def pillow(path, bound):
    """`ok` or `reject`, width, height, and the SHA-256 of the pixels, or their block means where they differ by design."""
    try:
        image = Image.open(path)
        image.load()
        if image.mode == "I;16":  # Pillow clips here; Blemish takes the high byte
            image = Image.fromarray((np.array(image) >> 8).astype(np.uint8))
        image = image.convert("RGB")
    except Exception:
        return ["reject", 0, 0, "-"]
    pixels = hashlib.sha256(image.tobytes()).hexdigest()
    if bound:
        blocks = np.array(image).reshape(image.height // BLOCK, BLOCK, image.width // BLOCK, BLOCK, 3)
        pixels = base64.b64encode(blocks.mean((1, 3)).round().astype(np.uint8).tobytes()).decode()
    return ["ok", image.width, image.height, pixels]


def main(folder):
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bad-images.tsv")
    reviewed = {}
    if os.path.exists(here):
        with open(here, encoding="utf-8") as table:
            reviewed = dict(line.split("\t")[:2] for line in table)
    for directory, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(directory, name)
            relative = os.path.relpath(path, folder)
            bound = BOUNDS.get(relative, 0)
            print(relative, reviewed.get(relative, "?"), bound, *pillow(path, bound), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
