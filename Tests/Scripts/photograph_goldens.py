#!/usr/bin/env python3
"""Writes Tests/Golden/photographs/: from the file of a photograph to the numbers of an answer.

The photographs and the published models stand in the folder `shared/models` beside the repository and not in it, so a
golden keeps samples of the numbers and the mean of every row of every channel, in which each number has a part. The
preprocessing is written from the SOURCE.md of each model with Pillow and NumPy in double precision, the outputs come
from ONNX Runtime on the model's own ONNX file.

NAME.npz of a published model holds `input_samples`, `input_rows`, `input_shape`; `samples`, `rows`, `shape` and
`range` of each output after its name; and for scores of classes `labels`, the best class of each pixel, and `close`,
1 where the two best scores differ by less than 1e-4 of the range.
NAME.npz of a piece of preprocessing holds the numbers of the input alone, and NAME.txt the photograph, the channels and
the text of the language; resizing is a product with a matrix of weights per axis, from the definitions in Language.md.

Needs NumPy, Pillow and ONNX Runtime: `photograph_goldens.py [FOLDER OF MODELS]`.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT.parent / "shared" / "models"
GOLDENS = ROOT / "Tests" / "Golden" / "photographs"

BOUND = 1e-4
IMAGENET_MEANS = (0.485, 0.456, 0.406)
IMAGENET_DEVIATIONS = (0.229, 0.224, 0.225)
CAFFE_VGG_MEANS = (103.939, 116.779, 123.68)


def read(path):
    """The colours of a picture as they stand in its file, 0 to 255, red, green, blue."""
    return np.asarray(Image.open(path).convert("RGB"), np.float64).transpose(2, 0, 1)


def sampled(x, count):
    """Numbers at places spread over all of x: number k stands at k * 2654435761 modulo the count of x."""
    flat = x.reshape(-1)
    places = np.arange(count, dtype=np.uint64) * np.uint64(2654435761) % np.uint64(flat.size)
    return flat[places.astype(np.int64)].astype(np.float32)


def record(prefix, x, count):
    return {
        f"{prefix}_shape": np.array(x.shape, np.int64),
        f"{prefix}_samples": sampled(x, count),
        f"{prefix}_rows": x.mean(axis=2, dtype=np.float64).astype(np.float32),
    }


# Resizing.


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
    low = np.maximum(edges[:-1, None], np.arange(old)[None])
    high = np.minimum(edges[1:, None], np.arange(1, old + 1)[None])
    matrix = np.maximum(high - low, 0)
    return matrix / matrix.sum(axis=1, keepdims=True)


def resize(x, height, width, matrix):
    return np.einsum("ih,chw,jw->cij", matrix(x.shape[1], height), x, matrix(x.shape[2], width), optimize=True)


# Arithmetic.


def per_channel(numbers):
    return np.array(numbers, np.float64)[:, None, None]


def weighted(x, red=0.299, green=0.587, blue=0.114):
    return (red * x[0] + green * x[1] + blue * x[2])[None]


# The line `Input:` of the SOURCE.md of a model; x is 0 to 255.


def rgb_by_255(x):
    return x / 255


def rgb_enlarged(x):
    """RGB / 255; image first enlarged 2x (nearest)."""
    return np.repeat(np.repeat(x / 255, 2, axis=1), 2, axis=2)


def grey_by_255(x):
    """grey / 255 (Y), as it is also meant by Y / 255: the luma of BT.601, not rounded."""
    return weighted(x) / 255


def mtcnn(x):
    """RGB (x-127.5)/128."""
    return (x - 127.5) / 128


def espnet(x):
    """BGR, ((x - (72.39,82.91,73.16)) / (45.32,46.15,44.91)) / 255, before the numbers were rounded for SOURCE.md: only
    with these is the input of the model's own golden whole numbers from 0 to 255, and the rounded ones are 1.6e-6 off."""
    means = per_channel((72.3923111, 82.90893555, 73.15840149))
    deviations = per_channel((45.3192215, 46.15289307, 44.91483307))
    return (x[::-1] - means) / deviations / 255


def sinet(x):
    """BGR, ((x - (107.30,115.70,132.36)) / (63.97,65.13,68.30)) / 255, before the numbers were rounded for SOURCE.md:
    as with ESPNet, only these make whole numbers of the model's own golden."""
    means = per_channel((107.304565, 115.69884, 132.35703))
    deviations = per_channel((63.97182, 65.1337, 68.29726))
    return (x[::-1] - means) / deviations / 255


def retina_resized(x):
    """RGB / 255 of a picture whose sides, which are no multiples of 4, were brought to 704 by the mean of areas."""
    return resize(x / 255, 704, 704, area)


# Name, model, photograph, preprocessing.
PUBLISHED = [
    ("waifu2x_vgg7", "waifu2x-vgg7/model.onnx", "faststyle_wave.jpg", rgb_enlarged),
    ("waifu2x_upconv7", "waifu2x-upconv7/model.onnx", "faststyle_wave.jpg", rgb_by_255),
    ("dncnn25", "dncnn25/model.onnx", "skimage_camera.png", grey_by_255),
    ("dncnn25_colour", "dncnn25/model.onnx", "skimage_chelsea.png", grey_by_255),
    ("fsrcnn_x2", "fsrcnn/model_x2.onnx", "skimage_chelsea.png", grey_by_255),
    ("fsrcnn_x3", "fsrcnn/model_x3.onnx", "skimage_chelsea.png", grey_by_255),
    ("mtcnn_pnet", "mtcnn-pnet/model.onnx", "skimage_astronaut.png", mtcnn),
    ("lwnet_retina", "lwnet-retina/model.onnx", "skimage_retina.jpg", retina_resized),
    ("lwnet_coffee", "lwnet-retina/model.onnx", "skimage_coffee.png", rgb_by_255),
    ("espnet_city", "espnet-city/model.onnx", "pydnet_4.png", espnet),
    ("sinet_portrait", "sinet-portrait/model.onnx", "skimage_astronaut.png", sinet),
]

# Name, photograph, text of the language, meaning; x is 0 to 1.
PIECES = [
    ("unit", "skimage_rocket.jpg", "picture -> unit", lambda x: x),
    (
        "imagenet", "skimage_chelsea.png", "picture -> imagenet",
        lambda x: (x - per_channel(IMAGENET_MEANS)) / per_channel(IMAGENET_DEVIATIONS),
    ),
    (
        "caffe_vgg", "skimage_coffee.png", "picture -> caffe_vgg",
        lambda x: x[::-1] * 255 - per_channel(CAFFE_VGG_MEANS),
    ),
    ("grey", "skimage_ihc.png", "picture -> grey", weighted),
    (
        "grey_weighted", "skimage_ihc.png", "picture -> grey(0.2126, 0.7152, 0.0722)",
        lambda x: weighted(x, 0.2126, 0.7152, 0.0722),
    ),
    ("grey_picture", "skimage_camera.png", "picture -> rgb", lambda x: x),
    (
        "bilinear", "portrait_obama.jpg", "picture -> rgb -> resize(301x217, filter: bilinear)",
        lambda x: resize(x, 301, 217, bilinear),
    ),
    (
        "bicubic", "skimage_coffee.png", "picture -> luma -> resize(factor: 2, filter: bicubic)",
        lambda x: resize(weighted(x), 800, 1200, bicubic),
    ),
    (
        "area", "skimage_coffee.png", "picture -> bgr -> resize(short: 150, filter: area)",
        lambda x: resize(x[::-1], 150, 225, area),
    ),
    (
        "long_side", "pydnet_6.png", "picture -> rgb -> resize(long: 1000, filter: bilinear)",
        lambda x: resize(x, 500, 1000, bilinear),
    ),
]  # fmt: skip


def published(models):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    for name, model, photograph, preprocessing in PUBLISHED:
        x = np.ascontiguousarray(preprocessing(read(models / "images" / photograph)), np.float32)
        session = onnxruntime.InferenceSession(str(models / model), options, providers=["CPUExecutionProvider"])
        results = session.run(None, {session.get_inputs()[0].name: x[None]})
        golden = record("input", x, 4096)
        for output, result in zip(session.get_outputs(), results):
            y = result[0]
            span = float(y.max()) - float(y.min())
            golden |= record(output.name, y, 4096)
            golden[f"{output.name}_range"] = np.array([y.min(), y.max()], np.float32)
            if output.name == "logits":
                best = np.sort(y, axis=0)[-2:].astype(np.float64)
                golden["labels"] = y.argmax(axis=0).astype(np.uint8)
                golden["close"] = (best[1] - best[0] < BOUND * span).astype(np.uint8)
        np.savez_compressed(GOLDENS / f"{name}.npz", **golden)
        print(name, x.shape, {o.name: r.shape for o, r in zip(session.get_outputs(), results)}, flush=True)


def pieces(models):
    for name, photograph, text, meaning in PIECES:
        x = np.ascontiguousarray(meaning(read(models / "images" / photograph) / 255), np.float32)
        (GOLDENS / f"{name}.txt").write_text(f"{photograph}\n{x.shape[0]}\n{text}\n")
        np.savez_compressed(GOLDENS / f"{name}.npz", **record("input", x, 1024))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else MODELS
    GOLDENS.mkdir(parents=True, exist_ok=True)
    pieces(folder)
    published(folder)
