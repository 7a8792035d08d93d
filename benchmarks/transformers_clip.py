"""Loads a CLIP folder with transformers and compares its embeddings with those that Blemish stored.

    bin/blemish inspect --warehouse W --clip FOLDER --knowledge FILE --precision fp32
    bin/blemish sql 'SELECT uri, embedding FROM inspections' --warehouse W --json |
        python benchmarks/transformers_clip.py FOLDER --caption 'an orange with green mould'

Reads one JSON object a line. Ends with 1 if any number of an embedding differs by more than the tolerance. Works for local files.
"""

import argparse
import json
import sys
from urllib.parse import unquote, urlparse

import numpy as np
import torch
from PIL import Image, ImageOps
from transformers import CLIPImageProcessor, CLIPModel, CLIPTokenizer


def features(output):
    # transformers 5 gives an object here where 4 gave the tensor.
    return output if isinstance(output, torch.Tensor) else output.pooler_output


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--caption", action="append", default=[], help="say how near the pictures are to it")
    parser.add_argument("--tolerance", type=float, default=1e-3)
    arguments = parser.parse_args()

    model = CLIPModel.from_pretrained(arguments.folder, dtype=torch.float32).eval()
    processor = CLIPImageProcessor.from_pretrained(arguments.folder)
    tokenizer = CLIPTokenizer.from_pretrained(arguments.folder)
    worst, count, images = 0.0, 0, []
    for line in sys.stdin:
        row = json.loads(line)
        picture = ImageOps.exif_transpose(Image.open(unquote(urlparse(row["uri"]).path))).convert("RGB")
        with torch.no_grad():
            embedding = features(model.get_image_features(**processor(picture, return_tensors="pt")))[0].numpy()
        difference = float(np.abs(embedding - np.array(row["embedding"], dtype=np.float32)).max())
        worst, count = max(worst, difference), count + 1
        images.append(embedding / np.linalg.norm(embedding))
    print(f"{count} embeddings, largest difference {worst:.2e}")
    for caption in arguments.caption:
        with torch.no_grad():
            text = features(model.get_text_features(**tokenizer([caption], return_tensors="pt")))[0].numpy()
        similarities = np.array(images) @ (text / np.linalg.norm(text))
        print(f"{caption}: cosine {similarities.min():.4f} to {similarities.max():.4f}")
    sys.exit(0 if count and worst <= arguments.tolerance else 1)


if __name__ == "__main__":
    main()
