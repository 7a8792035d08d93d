"""Writes the goldens of io.blemish.explain: python goldens.py OUT_FOLDER

Made with torch 2.13, Pillow 13, numpy and matplotlib 3.11.2, which CLIPCap-XAI draws with (any version gives these numbers).
"""

import sys

import matplotlib
import numpy as np
import torch
from PIL import Image

out = sys.argv[1]
generator = np.random.default_rng(2)


def numbers(array):
    return " ".join(f"{v:.9g}" for v in np.asarray(array).reshape(-1))


def normalised(grid):
    return ((grid - grid.min()) / (grid.max() - grid.min())).astype(np.float32)


def upsampled(grid, height, width):
    return torch.nn.functional.interpolate(
        torch.from_numpy(grid)[None, None], size=(height, width), mode="bilinear", align_corners=False)[0, 0].numpy()


# Each case: "rows cols height width", the grid, the normalised grid at the new size.
with open(f"{out}/bilinear.txt", "w") as stream:
    for rows, cols, height, width in [(7, 7, 21, 28), (2, 3, 11, 5), (1, 1, 3, 4), (4, 1, 9, 2), (5, 4, 3, 3)]:
        grid = generator.normal(size=(rows, cols)).astype(np.float32)
        even = normalised(grid) if grid.size > 1 else np.zeros_like(grid)
        stream.write(f"{rows} {cols} {height} {width}\n{numbers(grid)}\n{numbers(upsampled(even, height, width))}\n")

# Three 7 x 7 grids, a line each; then who wins each of 40 x 40 pixels above 0.5 (CLIPCap-XAI's combined_map), -1 for nobody.
with open(f"{out}/winners.txt", "w") as stream:
    grids = [generator.normal(size=(7, 7)).astype(np.float32) for _ in range(3)]
    maps = np.stack([upsampled(normalised(g), 40, 40) for g in grids])
    maps = np.where(maps > 0.5, maps, 0)
    winners = np.where(maps.max(0) > 0, maps.argmax(0), -1)
    stream.writelines(numbers(g) + "\n" for g in grids)
    stream.write(numbers(winners) + "\n")

# jet's 256 colours as 8-bit hex, truncated; a 40 x 40 photograph, a 7 x 7 grid, and CLIPCap-XAI's individual_map of them.
jet = matplotlib.colormaps["jet"]
with open(f"{out}/clipcap-xai.txt", "w") as stream:
    stream.write((jet(np.arange(256))[:, :3] * 255).astype(np.uint8).tobytes().hex() + "\n")
    photograph = Image.fromarray(generator.integers(0, 256, (40, 40, 3), dtype=np.uint8))
    grid = generator.normal(size=(7, 7)).astype(np.float32)
    heat = Image.fromarray((jet(normalised(grid))[:, :, :3] * 255).astype(np.uint8))
    heat = heat.resize(photograph.size, Image.Resampling.BILINEAR)
    stream.write(photograph.tobytes().hex() + "\n" + numbers(grid) + "\n")
    stream.write(Image.blend(photograph, heat, 0.5).tobytes().hex() + "\n")
