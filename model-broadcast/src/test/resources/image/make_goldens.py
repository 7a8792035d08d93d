"""Makes the pictures and the resampling goldens beside this script: python make_goldens.py (Pillow 13.0.0, numpy).

pictures.tsv    name, file in base64, width, height, mean difference allowed, Pillow's convert("RGB") in base64
reduced.tsv     name, divisor, width, height, SHA-256 of Pillow's draft of that picture at a reduced size
bicubic.tsv     width, height, seed, new width, new height, SHA-256 of Pillow's resized pixels
"""

import base64
import hashlib
import io
import struct
import zlib

import numpy as np
from PIL import Image

W, H = 19, 13


def samples(width, height, seed, channels=3):
    """A linear congruential generator that the Java test repeats."""
    out = bytearray()
    state = seed
    for _ in range(width * height * channels):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(state >> 16 & 0xFF)
    return np.frombuffer(bytes(out), np.uint8).reshape(height, width, channels)


def scene(width=W, height=H):
    """Smooth colours with a few edges, so that lossy codecs have something to keep."""
    y, x = np.mgrid[0:height, 0:width]
    red = 255 * x / (width - 1)
    green = 255 * y / (height - 1)
    blue = 128 + 100 * np.sin(x / 3.0) * np.cos(y / 4.0)
    rgb = np.stack([red, green, blue], -1)
    rgb[height // 3 : height // 2, width // 4 : width // 2] = (240, 30, 60)
    return Image.fromarray(rgb.astype(np.uint8), "RGB")


def saved(image, format, **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, rows, before=b"", interlace=0):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + head + before + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def adam7(pixels):
    height, width, _ = pixels.shape
    rows = []
    for top, left, down, right in [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]:
        part = pixels[top::down, left::right]
        if part.size:
            rows += [row.tobytes() for row in part]
    return png(width, height, 8, 2, rows, interlace=1)


def packed(levels, depth):
    rows = []
    for row in levels:
        bits = "".join(format(int(v), f"0{depth}b") for v in row)
        bits += "0" * (-len(bits) % 8)
        rows.append(int(bits, 2).to_bytes(len(bits) // 8, "big"))
    return rows


def exif(orientation):
    block = Image.Exif()
    block[0x112] = orientation
    return block


def pictures():
    rgb = scene()
    grey = rgb.convert("L")
    palette = rgb.quantize(16)
    alpha = rgb.convert("RGBA")
    alpha.putalpha(Image.fromarray(samples(W, H, 7, 1)[:, :, 0]))
    pixels = np.array(rgb)
    noise = samples(W, H, 3)
    for name, options in {
        "baseline": {"quality": 85},
        "baseline-444": {"quality": 95, "subsampling": 0},
        "baseline-422": {"quality": 90, "subsampling": 1},
        "progressive": {"quality": 85, "progressive": True},
        "restart": {"quality": 85, "restart_marker_blocks": 1},
        "icc": {"quality": 85, "icc_profile": b"not a profile at all" * 9},
        "rgb": {"quality": 90, "keep_rgb": True},
    }.items():
        yield f"jpeg-{name}", saved(rgb, "JPEG", **options), 0
    yield "jpeg-grey", saved(grey, "JPEG"), 0
    yield "jpeg-cmyk", saved(rgb.convert("CMYK"), "JPEG", quality=95), 0
    cmyk = bytearray(saved(Image.merge("CMYK", (*rgb.convert("YCbCr").split(), grey)), "JPEG", quality=95, subsampling=0))
    at = cmyk.index(b"Adobe")
    cmyk[at + 11] = 2
    yield "jpeg-ycck", bytes(cmyk), 0
    bare = saved(rgb, "JPEG", quality=90, subsampling=0)
    length = struct.unpack(">H", bare[4:6])[0]
    bare = bare[:2] + bare[4 + length :]
    yield "jpeg-without-jfif", bare, 0
    ids = bytearray(bare)
    for marker in (b"\xff\xc0", b"\xff\xda"):
        start = ids.index(marker)
        for i in range(3):
            at = start + (10 + 3 * i if marker == b"\xff\xc0" else 5 + 2 * i)
            ids[at] = 10 + i
    yield "jpeg-strange-component-names", bytes(ids), 0
    for orientation in range(1, 9):
        yield f"jpeg-orientation-{orientation}", saved(rgb, "JPEG", quality=95, exif=exif(orientation)), 0

    yield "png-rgb", saved(rgb, "PNG"), 0
    yield "png-rgb-noise", saved(Image.fromarray(noise), "PNG"), 0
    yield "png-interlaced", adam7(pixels), 0
    yield "png-rgba", saved(alpha, "PNG"), 0
    yield "png-la", saved(alpha.convert("LA"), "PNG"), 0
    yield "png-grey", saved(grey, "PNG"), 0
    yield "png-palette", saved(palette, "PNG"), 0
    yield "png-palette-transparent", saved(palette, "PNG", transparency=bytes(range(16))), 0
    yield "png-rgb-transparent", saved(rgb, "PNG", transparency=(240, 30, 60)), 0
    yield "png-1-bit", saved(grey.convert("1"), "PNG"), 0
    for depth in (2, 4):
        levels = np.array(grey) >> (8 - depth)
        yield f"png-grey-{depth}-bit", png(W, H, depth, 0, packed(levels, depth)), 0
        colours = b"".join(struct.pack("BBB", 250 - 9 * i, 7 * i, 16 * i % 251) for i in range(2**depth - 1))
        yield f"png-palette-{depth}-bit-too-short", png(W, H, depth, 3, packed(levels, depth), chunk(b"PLTE", colours)), 0
    deep = noise.astype(">u2") * 257 - 100 * (noise > 0)
    yield "png-rgb-16-bit", png(W, H, 16, 2, [row.astype(">u2").tobytes() for row in deep]), 0
    yield "png-grey-16-bit", png(W, H, 16, 0, [row.astype(">u2").tobytes() for row in deep[:, :, 0]]), 0
    yield "png-orientation-6", saved(rgb, "PNG", exif=exif(6)), 0
    yield "png-animated", saved(rgb, "PNG", save_all=True, append_images=[rgb.rotate(180)]), 0

    yield "gif", saved(palette, "GIF"), 0
    yield "gif-grey", saved(grey, "GIF"), 0
    yield "gif-transparent", saved(palette, "GIF", transparency=3), 0
    yield "gif-animated", saved(palette, "GIF", save_all=True, append_images=[palette.rotate(180)]), 0
    small = bytearray(saved(palette, "GIF", transparency=3))
    small[6:10] = struct.pack("<HH", W + 6, H + 4)
    frame = small.index(b"\x2c\x00\x00\x00\x00")
    small[frame + 1 : frame + 5] = struct.pack("<HH", 5, 3)
    yield "gif-frame-inside-canvas", bytes(small), 0

    for name, image in {"rgb": rgb, "grey": grey, "palette": palette, "1-bit": grey.convert("1"), "rgba": alpha}.items():
        yield f"bmp-{name}", saved(image, "BMP"), 0
    for name, image in {"rgb": rgb, "grey": grey, "palette": palette, "rgba": alpha, "cmyk": rgb.convert("CMYK")}.items():
        for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
            yield f"tiff-{name}-{compression}", saved(image, "TIFF", compression=compression), 0
    yield "tiff-1-bit-group4", saved(grey.convert("1"), "TIFF", compression="group4"), 0
    yield "tiff-orientation-8", saved(rgb, "TIFF", exif=exif(8)), 0

    yield "webp-lossless", saved(rgb, "WEBP", lossless=True), 0
    yield "webp-lossless-rgba", saved(alpha, "WEBP", lossless=True, exact=True), 0
    yield "webp-orientation-3", saved(rgb, "WEBP", lossless=True, exif=exif(3)), 0
    large = scene().resize((64, 48), Image.Resampling.BICUBIC)
    yield "webp-lossy", saved(large, "WEBP", quality=50), 3
    yield "webp-lossy-alpha", saved(alpha.resize((64, 48), Image.Resampling.BICUBIC), "WEBP", quality=90), 3
    yield "webp-animated", saved(large, "WEBP", save_all=True, append_images=[large.rotate(180)], quality=75), 3


def write_pictures():
    with open("pictures.tsv", "w", encoding="utf-8") as out:
        for name, content, allowed in pictures():
            decoded = Image.open(io.BytesIO(content))
            if decoded.mode == "I;16":  # Pillow clips here; Blemish takes the high byte, as Pillow does for colours
                decoded = Image.fromarray((np.array(decoded) >> 8).astype(np.uint8))
            decoded = decoded.convert("RGB")
            fields = [
                name,
                base64.b64encode(content).decode(),
                decoded.width,
                decoded.height,
                allowed,
                base64.b64encode(zlib.compress(decoded.tobytes(), 9)).decode(),
            ]
            out.write("\t".join(map(str, fields)) + "\n")


def write_reduced():
    with open("reduced.tsv", "w", encoding="utf-8") as out:
        for name, content, _ in pictures():
            if not name.startswith("jpeg") or "cmyk" in name or "ycck" in name:
                continue
            for divisor in (1, 2, 4, 8):
                image = Image.open(io.BytesIO(content))
                image.draft(image.mode, (W // divisor, H // divisor))
                digest = hashlib.sha256(image.convert("RGB").tobytes()).hexdigest()
                out.write("\t".join(map(str, [name, divisor, *image.size, digest])) + "\n")


def write_bicubic():
    cases = [(37, 23, 16, 9), (64, 64, 224, 224), (300, 200, 30, 20), (451, 333, 224, 165), (500, 375, 298, 224)]
    cases += [(17, 400, 17, 224), (224, 224, 224, 224), (1, 1, 5, 7), (7, 3, 224, 96), (1000, 70, 3200, 224), (3, 900, 2, 31)]
    with open("bicubic.tsv", "w", encoding="utf-8") as out:
        for seed, (width, height, new_width, new_height) in enumerate(cases, 1):
            image = Image.fromarray(samples(width, height, seed))
            # Pillow up to 12 always resampled horizontally first, CLIP was trained so; Pillow 13 exchanges the passes of tall pictures
            wide = image.resize((new_width, height), Image.Resampling.BICUBIC)
            resized = wide.resize((new_width, new_height), Image.Resampling.BICUBIC)
            digest = hashlib.sha256(resized.tobytes()).hexdigest()
            out.write("\t".join(map(str, [width, height, seed, new_width, new_height, digest])) + "\n")


if __name__ == "__main__":
    write_pictures()
    write_reduced()
    write_bicubic()
