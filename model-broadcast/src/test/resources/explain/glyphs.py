"""Draws the glyph sheets of io.blemish.explain.GlyphSheet from DejaVu Sans Condensed.

    python glyphs.py FONT_FOLDER OUT_FOLDER

FONT_FOLDER holds DejaVuSansCondensed.ttf and DejaVuSansCondensed-Bold.ttf (2.37). Made with Pillow 13, FreeType 2.14.3.
Each sheet is a grey PNG of equal cells, 32 in a row, in the order of the characters in glyphs.txt; a glyph's origin lies
PAD pixels from the left of its cell. glyphs.txt: the characters, then a line for each sheet with
name, cell width, cell height, ascent, pad, and the advance of each character.
"""

import sys
import unicodedata

from PIL import Image, ImageDraw, ImageFont

SIZES = (11, 14, 20, 28)
WEIGHTS = {"regular": "DejaVuSansCondensed.ttf", "bold": "DejaVuSansCondensed-Bold.ttf"}
RANGES = [(0x20, 0x7F), (0xA0, 0x180), (0x192, 0x193), (0x218, 0x21C), (0x386, 0x3CF), (0x400, 0x460), (0x490, 0x492),
          (0x1E9E, 0x1E9F), (0x2010, 0x2016), (0x2018, 0x201F), (0x2020, 0x2023), (0x2026, 0x2027), (0x2030, 0x2034),
          (0x2039, 0x203B), (0x2070, 0x2072), (0x2074, 0x208F), (0x20AC, 0x20AD), (0x2122, 0x2123), (0x2190, 0x2194),
          (0x2202, 0x2203), (0x2212, 0x2213), (0x221A, 0x221B), (0x221E, 0x221F), (0x2248, 0x2249), (0x2260, 0x2261),
          (0x2264, 0x2266), (0x25A1, 0x25A2), (0x25CF, 0x25D0), (0x2640, 0x2643), (0x2713, 0x2714), (0x2717, 0x2718)]
COLUMNS = 32
PAD = 2

fonts, out = sys.argv[1:]
characters = "".join(chr(c) for a, b in RANGES for c in range(a, b)
                     if unicodedata.category(chr(c)) not in ("Cn", "Cc", "Cf", "Zl", "Zp"))
lines = [characters]
for weight, file in WEIGHTS.items():
    for size in SIZES:
        font = ImageFont.truetype(f"{fonts}/{file}", size, layout_engine=ImageFont.Layout.BASIC)
        boxes = [font.getbbox(c, anchor="ls") for c in characters]
        assert min(b[0] for b in boxes) >= -PAD
        ascent, descent = -min(b[1] for b in boxes), max(b[3] for b in boxes)
        width, height = max(b[2] for b in boxes) + PAD + 1, ascent + descent
        rows = -(-len(characters) // COLUMNS)
        sheet = Image.new("L", (COLUMNS * width, rows * height))
        draw = ImageDraw.Draw(sheet)
        for i, c in enumerate(characters):
            draw.text((i % COLUMNS * width + PAD, i // COLUMNS * height + ascent), c, 255, font, anchor="ls")
        sheet = sheet.point(lambda v: (v + 8) // 17 * 17)  # 16 levels: half the bytes, no visible difference
        sheet.save(f"{out}/{weight}-{size}.png", optimize=True)
        advances = " ".join(str(round(font.getlength(c))) for c in characters)
        lines.append(f"{weight}-{size} {width} {height} {ascent} {PAD} {advances}")
with open(f"{out}/glyphs.txt", "w", encoding="utf-8") as stream:
    stream.write("\n".join(lines) + "\n")
