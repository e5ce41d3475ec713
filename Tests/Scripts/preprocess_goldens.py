#!/usr/bin/env python3
"""Writes Tests/Golden/preprocessing/: what the preprocessing of an input makes of small pictures.

Each case has NAME.png (a piece of a photograph), NAME.txt (the preprocessing as it stands in a network file) and
NAME.npy (the numbers, C x H x W). The colours come from Pillow, the arithmetic from NumPy in double precision; resizing
is a product with a matrix of weights per axis, written from the definitions in Language.md.

Needs NumPy and Pillow, and the photographs of the folder `shared/models/images` beside the repository:
`preprocess_goldens.py [FOLDER OF PHOTOGRAPHS]`.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PHOTOGRAPHS = ROOT.parent / "shared" / "models" / "images"

IMAGENET_MEANS = (0.485, 0.456, 0.406)
IMAGENET_DEVIATIONS = (0.229, 0.224, 0.225)
CAFFE_VGG_MEANS = (103.939, 116.779, 123.68)


def nearest(old, new):
    centres = (np.arange(new) + 0.5) * old / new
    matrix = np.zeros((new, old))
    matrix[np.arange(new), np.minimum(np.floor(centres).astype(int), old - 1)] = 1
    return matrix


def interpolating(old, new, weights, reach):
    """Half-pixel centres; positions beyond the border stand for the border pixel; `weights` of the distances."""
    matrix = np.zeros((new, old))
    for row in range(new):
        centre = (row + 0.5) * old / new - 0.5
        first = int(np.floor(centre)) - reach + 1
        for position in range(first, first + 2 * reach):
            matrix[row, min(max(position, 0), old - 1)] += weights(abs(centre - position))
    return matrix


def bilinear(old, new):
    return interpolating(old, new, lambda distance: max(0.0, 1 - distance), 1)


def bicubic(old, new, a=-0.75):
    def weights(d):
        if d < 1:
            return (a + 2) * d**3 - (a + 3) * d**2 + 1
        return a * d**3 - 5 * a * d**2 + 8 * a * d - 4 * a if d < 2 else 0.0

    return interpolating(old, new, weights, 2)


def area(old, new):
    edges = np.arange(new + 1) * old / new
    matrix = np.zeros((new, old))
    for row in range(new):
        for position in range(old):
            matrix[row, position] = max(0.0, min(edges[row + 1], position + 1) - max(edges[row], position))
    return matrix / matrix.sum(axis=1, keepdims=True)


def resize(x, height, width, matrix):
    return np.einsum("ih,chw,jw->cij", matrix(x.shape[1], height), x, matrix(x.shape[2], width))


def per_channel(numbers):
    return np.array(numbers, np.float64)[:, None, None]


def weighted(x, red=0.299, green=0.587, blue=0.114):
    return (red * x[0] + green * x[1] + blue * x[2])[None]


# The name, the photograph, the piece of it (left, top, right, bottom), the text, and what it means.
CASES = [
    ("unit", "skimage_coffee.png", (200, 100, 229, 123), "picture -> unit", lambda x: x),
    (
        "imagenet", "skimage_chelsea.png", (100, 80, 131, 103), "picture -> imagenet",
        lambda x: (x - per_channel(IMAGENET_MEANS)) / per_channel(IMAGENET_DEVIATIONS),
    ),
    (
        "caffe_vgg", "skimage_coffee.png", (200, 100, 229, 123), "picture -> caffe_vgg",
        lambda x: x[::-1] * 255 - per_channel(CAFFE_VGG_MEANS),
    ),
    (
        "espnet", "pydnet_4.png", (300, 150, 331, 173),
        "picture -> bgr -> range(255) -> subtract(72.39, 82.91, 73.16) -> divide(45.32, 46.15, 44.91) -> divide(255)",
        lambda x: (x[::-1] * 255 - per_channel((72.39, 82.91, 73.16))) / per_channel((45.32, 46.15, 44.91)) / 255,
    ),
    (
        "mtcnn", "skimage_astronaut.png", (200, 60, 231, 83),
        "picture -> rgb -> range(255) -> subtract(127.5) -> divide(128)", lambda x: (x * 255 - 127.5) / 128,
    ),
    ("grey", "skimage_ihc.png", (10, 20, 39, 43), "picture -> grey", weighted),
    (
        "grey_weighted", "skimage_ihc.png", (10, 20, 39, 43), "picture -> grey(0.2126, 0.7152, 0.0722)",
        lambda x: weighted(x, 0.2126, 0.7152, 0.0722),
    ),
    ("luma", "skimage_chelsea.png", (100, 80, 131, 103), "picture -> luma", weighted),
    ("grey_picture", "skimage_camera.png", (200, 100, 229, 123), "picture -> rgb", lambda x: x),
    (
        "nearest", "skimage_coffee.png", (200, 100, 221, 117), "picture -> rgb -> resize(factor: 2, filter: nearest)",
        lambda x: resize(x, 34, 42, nearest),
    ),
    (
        "bilinear", "skimage_coffee.png", (200, 100, 231, 123), "picture -> rgb -> resize(17x40, filter: bilinear)",
        lambda x: resize(x, 17, 40, bilinear),
    ),
    (
        "bicubic", "skimage_coffee.png", (200, 100, 217, 111), "picture -> luma -> resize(factor: 3, filter: bicubic)",
        lambda x: resize(weighted(x), 33, 51, bicubic),
    ),
    (
        "area", "skimage_coffee.png", (200, 100, 260, 145), "picture -> rgb -> resize(short: 15, filter: area)",
        lambda x: resize(x, 15, 20, area),
    ),
    (
        "area_uneven", "skimage_coffee.png", (200, 100, 231, 123), "picture -> grey -> resize(9x14, filter: area)",
        lambda x: resize(weighted(x), 9, 14, area),
    ),
    (
        "long_side", "skimage_coffee.png", (200, 100, 240, 130), "picture -> rgb -> resize(long: 64, filter: bilinear)",
        lambda x: resize(x, 48, 64, bilinear),
    ),
]  # fmt: skip


def main(photographs):
    folder = ROOT / "Tests" / "Golden" / "preprocessing"
    folder.mkdir(parents=True, exist_ok=True)
    for name, photograph, box, text, meaning in CASES:
        piece = Image.open(photographs / photograph).crop(box)
        piece.save(folder / f"{name}.png")
        pixels = np.asarray(piece.convert("RGB"), np.float64).transpose(2, 0, 1) / 255
        (folder / f"{name}.txt").write_text(text + "\n")
        np.save(folder / f"{name}.npy", np.ascontiguousarray(meaning(pixels), np.float32))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PHOTOGRAPHS)
