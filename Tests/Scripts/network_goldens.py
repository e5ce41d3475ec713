#!/usr/bin/env python3
"""Writes Tests/Golden/<network>/: what PyTorch computes for the networks that have no published weights.

Every network is written here a second time, from its paper and with PyTorch's own operations; only the names of the
weights are those of the network file. The weights are drawn by `random_weights.py`, so that they need not be stored, or
are those that stand beside the network.
Each folder holds

- golden.npz: inputs as `in_<name>`, outputs as `out_<name>`, N x C x H x W;
- parameters.txt: the network's parameters and the seed of the weights, one a line;
- sizes.txt: with the default parameters, every height up to 320 that PyTorch accepts (the width being one that fits)
  and the height of the output, one pair a line.

Needs NumPy and PyTorch, and Pillow for `nuclei`. Run from anywhere: `network_goldens.py [network ...]`.
"""

import itertools
import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import random_weights

ROOT = Path(__file__).resolve().parents[2]
SEED = 7


class Weights:
    """PyTorch's operations on weights that are drawn when they are asked for, by the rules of the stages."""

    def __init__(self, seed):
        self.seed = seed

    def numbers(self, name, shape, kind, *parameters):
        source = random_weights.fractions(random_weights.fnv1a(name) ^ self.seed)
        numbers = itertools.islice(kind(source, *parameters), int(np.prod(shape)))
        return torch.from_numpy(np.fromiter(numbers, np.float64).astype(np.float32).reshape(shape))

    def he(self, name, shape, fan_in):
        return self.numbers(name, shape, random_weights.normal, fan_in)

    def uniform(self, name, shape, least, most):
        return self.numbers(name, shape, random_weights.uniform, least, most)

    def bias(self, path, channels):
        return self.uniform(f"{path}.bias", (channels,), -0.1, 0.1)

    def conv(self, x, path, out, k, stride=1, pad=0, dilation=1, groups=1, bias=True, mode=None):
        shape = (out, x.shape[1] // groups, k, k)
        weight = self.he(f"{path}.weight", shape, shape[1] * k * k)
        if mode:
            x, pad = F.pad(x, (pad,) * 4, mode=mode), 0
        return F.conv2d(x, weight, self.bias(path, out) if bias else None, stride, pad, dilation, groups)

    def deconv(self, x, path, out, k, stride, bias=True):
        # An output pixel lies under so many taps of the kernel.
        taps = max(1, k * k // (stride * stride))
        weight = self.he(f"{path}.weight", (x.shape[1], out, k, k), x.shape[1] * taps)
        return F.conv_transpose2d(x, weight, self.bias(path, out) if bias else None, stride)

    def batchnorm(self, x, path, eps=1e-5):
        channels = (x.shape[1],)
        mean = self.uniform(f"{path}.running_mean", channels, -0.1, 0.1)
        variance = self.uniform(f"{path}.running_var", channels, 0.5, 1.5)
        weight = self.uniform(f"{path}.weight", channels, 0.5, 1.5)
        return F.batch_norm(x, mean, variance, weight, self.bias(path, x.shape[1]), eps=eps)


class Stored(Weights):
    """The weights that stand beside a network."""

    def __init__(self, name):
        self.tensors = read_safetensors(ROOT / "Networks" / name / f"{name}.safetensors")

    def numbers(self, name, shape, kind, *parameters):
        return torch.from_numpy(self.tensors[name].copy()).reshape(shape)


class Shapes(Weights):
    """Weights without numbers: PyTorch computes sizes alone."""

    def numbers(self, name, shape, kind, *parameters):
        return torch.empty(shape, device="meta")


def cut(x, top, left, like):
    """The part of `x` that has the size of `like` and begins at (top, left)."""
    height, width = like.shape[2:]
    if min(top, left) < 0 or top + height > x.shape[2] or left + width > x.shape[3]:
        raise RuntimeError("nothing to cut from")
    return x[:, :, top : top + height, left : left + width]


def fcn(w, image, classes, width, dense, stride):
    """FCN-32s, 16s or 8s; the numbers of pixels cut off are those of the Caffe models."""
    x, pools = image, {}
    for stage, (count, channels) in enumerate([(2, 1), (2, 2), (3, 4), (3, 8), (3, 8)], start=1):
        for i in range(1, count + 1):
            x = F.relu(w.conv(x, f"conv{stage}_{i}", width * channels, 3, pad=100 if (stage, i) == (1, 1) else 1))
        # No padding: Caffe's rounding is then PyTorch's ceil_mode.
        x = F.max_pool2d(x, 2, 2, ceil_mode=True)
        pools[stage] = x
    x = F.relu(w.conv(x, "fc6", dense, 7))
    x = F.relu(w.conv(x, "fc7", dense, 1))
    x = w.conv(x, "score_fr", classes, 1)

    if stride <= 16:
        x = w.deconv(x, "upscore2", classes, 4, 2, bias=False)
        x = x + cut(w.conv(pools[4], "score_pool4", classes, 1), 5, 5, x)
    if stride <= 8:
        x = w.deconv(x, "upscore_pool4", classes, 4, 2, bias=False)
        x = x + cut(w.conv(pools[3], "score_pool3", classes, 1), 9, 9, x)
    name, offset = {32: ("upscore", 19), 16: ("upscore16", 27), 8: ("upscore8", 31)}[stride]
    x = w.deconv(x, name, classes, 2 * stride, stride, bias=False)
    return {"scores": cut(x, offset, offset, image)}


def unet(w, image, classes, depth, width):
    def double(x, path, channels):
        x = F.relu(w.conv(x, f"{path}.conv1", channels, 3))
        return F.relu(w.conv(x, f"{path}.conv2", channels, 3))

    x, skips = image, []
    for level in range(depth):
        x = double(x, f"down.{level}", width << level)
        skips.append(x)
        x = F.max_pool2d(x, 2)
    x = double(x, "bottom", width << depth)
    for turn, skip in enumerate(reversed(skips)):
        x = w.deconv(x, f"up.{turn}.up", skip.shape[1], 2, 2)
        top, left = (skip.shape[2] - x.shape[2]) // 2, (skip.shape[3] - x.shape[3]) // 2
        x = double(torch.cat([cut(skip, top, left, x), x], 1), f"up.{turn}", skip.shape[1])
    return {"scores": w.conv(x, "head", classes, 1)}


def unet_same(w, image, classes, depth, width):
    def double(x, path, channels):
        for i in (1, 2):
            x = w.conv(x, f"{path}.conv{i}", channels, 3, pad=1, bias=False)
            x = F.relu(w.batchnorm(x, f"{path}.norm{i}"))
        return x

    x, skips = image, []
    for level in range(depth):
        x = double(x, f"down.{level}", width << level)
        skips.append(x)
        x = F.max_pool2d(x, 2)
    x = double(x, "bottom", width << depth)
    for turn, skip in enumerate(reversed(skips)):
        x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
        x = double(torch.cat([skip, x], 1), f"up.{turn}", skip.shape[1])
    return {"scores": w.conv(x, "head", classes, 1)}


def segnet_like(w, image, classes, width):
    def unit(x, path, channels):
        return F.relu(w.batchnorm(w.conv(x, f"{path}.conv", channels, 3, pad=1), f"{path}.norm"))

    counts, widths = [2, 2, 3, 3, 3], [width, width * 2, width * 4, width * 8, width * 8]
    x = image
    for stage in range(5):
        for i in range(counts[stage]):
            x = unit(x, f"encoder{stage + 1}.{i}", widths[stage])
        x = F.max_pool2d(x, 2)
    for stage in reversed(range(5)):
        x = F.interpolate(x, scale_factor=2, mode="nearest")
        # The last convolution of a stage leads to the width of the stage above; at the top only one is left of two,
        # for the classifier takes the other's place.
        for i in range(counts[stage] if stage > 0 else 1):
            last = i == counts[stage] - 1
            x = unit(x, f"decoder{stage + 1}.{i}", widths[max(stage - 1, 0)] if last else widths[stage])
    return {"scores": w.conv(x, "classifier", classes, 3, pad=1)}


def srcnn(w, image):
    x = F.relu(w.conv(image, "conv1", 64, 9, pad=4, mode="replicate"))
    x = F.relu(w.conv(x, "conv2", 32, 5, pad=2, mode="replicate"))
    return {"sharp": w.conv(x, "conv3", 1, 5, pad=2, mode="replicate")}


def espcn(w, image, factor):
    x = torch.tanh(w.conv(image, "conv1", 64, 5, pad=2))
    x = torch.tanh(w.conv(x, "conv2", 32, 3, pad=1))
    return {"enlarged": F.pixel_shuffle(w.conv(x, "conv3", factor * factor, 3, pad=1), factor)}


def dilated_context(w, image, classes, width, dense):
    x = image
    for stage, count, channels, dilation in [(1, 2, 1, 1), (2, 2, 2, 1), (3, 3, 4, 1), (4, 3, 8, 1), (5, 3, 8, 2)]:
        for i in range(1, count + 1):
            x = F.relu(w.conv(x, f"conv{stage}_{i}", width * channels, 3, pad=dilation, dilation=dilation))
        if stage <= 3:
            x = F.max_pool2d(x, 2)
    x = F.relu(w.conv(x, "fc6", dense, 7, pad=12, dilation=4))
    x = F.relu(w.conv(x, "fc7", dense, 1))
    x = w.conv(x, "final", classes, 1)
    layers = [
        ("ctx1_1", 2, 1), ("ctx1_2", 2, 1), ("ctx2_1", 4, 2), ("ctx3_1", 8, 4), ("ctx4_1", 16, 8), ("ctx5_1", 32, 16),
        ("ctx_fc1", 32, 1),
    ]  # fmt: skip
    for name, factor, dilation in layers:
        x = F.relu(w.conv(x, f"{name}.conv", classes * factor, 3, pad=dilation, dilation=dilation))
    x = w.conv(x, "ctx_final", classes, 1)
    return {"scores": F.interpolate(x, scale_factor=8, mode="bilinear", align_corners=False)}


def mobile_segmenter(w, image, classes, width):
    def unit(x, path, channels, k=1, stride=1, dilation=1, groups=1, active=True):
        pad = dilation * (k // 2)
        x = w.conv(x, f"{path}.conv", channels, k, stride, pad, dilation, groups, bias=False)
        x = w.batchnorm(x, f"{path}.norm")
        return F.relu6(x) if active else x

    def inverted(x, path, channels, factor, stride=1, dilation=1):
        wide = x.shape[1] * factor
        y = unit(x, f"{path}.expand", wide)
        y = unit(y, f"{path}.depthwise", wide, 3, stride, dilation, groups=wide)
        y = unit(y, f"{path}.project", channels, active=False)
        return x + y if y.shape == x.shape else y

    def stage(x, path, channels, count, stride=1, dilation=1):
        for i in range(count):
            x = inverted(x, f"{path}.{i}", channels, 6, stride if i == 0 else 1, dilation)
        return x

    x = unit(image, "stem", width * 2, 3, stride=2)
    x = inverted(x, "stage1", width, 1)
    quarter = x = stage(x, "stage2", width * 3 // 2, 2, stride=2)
    x = stage(x, "stage3", width * 2, 3, stride=2)
    x = stage(x, "stage4", width * 4, 4, stride=2)
    x = stage(x, "stage5", width * 6, 3, dilation=2)
    x = F.interpolate(unit(x, "head.reduce", width * 4), scale_factor=4, mode="bilinear", align_corners=False)
    x = torch.cat([x, unit(quarter, "head.skip", width * 2)], 1)
    x = w.conv(unit(x, "head.join", width * 4, 3), "head.classifier", classes, 1)
    return {"scores": F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=False)}


def csrnet(w, image, width):
    x, index = image, 0
    for channels in [1, 1, 0, 2, 2, 0, 4, 4, 4, 0, 8, 8, 8]:
        if channels == 0:
            x, index = F.max_pool2d(x, 2), index + 1
        else:
            x, index = F.relu(w.conv(x, f"frontend.{index}", width * channels, 3, pad=1)), index + 2
    for i, channels in enumerate([8, 8, 8, 4, 2, 1]):
        x = F.relu(w.conv(x, f"backend.{2 * i}", width * channels, 3, pad=2, dilation=2))
    return {"people": w.conv(x, "output_layer", 1, 1)}


def residual_unet(w, image, depth, width):
    def residual(x, path, channels, stride=1):
        y = F.relu(w.batchnorm(x, f"{path}.norm1"))
        y = F.relu(w.batchnorm(w.conv(y, f"{path}.conv1", channels, 3, stride, 1), f"{path}.norm2"))
        return w.conv(y, f"{path}.conv2", channels, 3, 1, 1) + w.conv(x, f"{path}.shortcut", channels, 1, stride)

    x = F.relu(w.batchnorm(w.conv(image, "stem.conv1", width, 3, pad=1), "stem.norm"))
    x = w.conv(x, "stem.conv2", width, 3, pad=1) + w.conv(image, "stem.shortcut", width, 1)
    skips = []
    for level in range(depth):
        skips.append(x)
        x = residual(x, f"down.{level}", width << (level + 1), 2)
    for turn, skip in enumerate(reversed(skips)):
        x = torch.cat([F.interpolate(x, scale_factor=2, mode="nearest"), skip], 1)
        x = residual(x, f"up.{turn}", skip.shape[1])
    return {"road": torch.sigmoid(w.conv(x, "head", 1, 1))}


def attention_unet(w, image, classes, depth, width):
    def unit(x, path, channels):
        return F.relu(w.batchnorm(w.conv(x, f"{path}.conv", channels, 3, pad=1), f"{path}.norm"))

    def double(x, path, channels):
        return unit(unit(x, f"{path}.0", channels), f"{path}.1", channels)

    def gate(skip, signal, path):
        def point(x, name, channels):
            return w.batchnorm(w.conv(x, f"{path}.{name}.conv", channels, 1), f"{path}.{name}.norm")

        inner = skip.shape[1] // 2
        joined = F.relu(point(skip, "skip", inner) + point(signal, "signal", inner))
        return skip * torch.sigmoid(point(joined, "attention", 1))

    x, skips = image, []
    for level in range(depth):
        x = double(x, f"down.{level}", width << level)
        skips.append(x)
        x = F.max_pool2d(x, 2)
    x = double(x, "bottom", width << depth)
    for turn, skip in enumerate(reversed(skips)):
        x = unit(F.interpolate(x, scale_factor=2, mode="nearest"), f"up.{turn}.enlarge", skip.shape[1])
        x = double(torch.cat([gate(skip, x, f"up.{turn}.gate"), x], 1), f"up.{turn}", skip.shape[1])
    return {"scores": w.conv(x, "head", classes, 1)}


def vgg16(w, image, width):
    x, index = image, 0
    for count, channels in [(2, 1), (2, 2), (3, 4), (3, 8), (3, 8)]:
        for _ in range(count):
            x, index = F.relu(w.conv(x, f"features.{index}", width * channels, 3, pad=1)), index + 2
        x, index = F.max_pool2d(x, 2), index + 1
    return {"features": x}


def nuclei(w, image, width):
    def surroundings(x, factor, reach):
        mean = F.avg_pool2d(F.avg_pool2d(x, factor, ceil_mode=True), 2 * reach + 1, 1, reach, count_include_pad=False)
        return cut(F.interpolate(mean, scale_factor=factor, mode="bilinear", align_corners=False), 0, 0, x)

    def contrast(factor, reach):
        difference = image - surroundings(image, factor, reach)
        size = difference.abs()
        return difference / (surroundings(size, 16, 6) + size.mean((2, 3), keepdim=True) + 1e-3)

    def unit(x, path, channels):
        return F.relu(w.batchnorm(w.conv(x, f"{path}.conv", channels, 3, pad=1, bias=False), f"{path}.norm"))

    def double(x, path, channels):
        return unit(unit(x, f"{path}.0", channels), f"{path}.1", channels)

    def join(x, skip):
        x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
        return torch.cat([cut(x, 0, 0, skip), skip], 1)

    def pool(x):
        return F.max_pool2d(x, 2, ceil_mode=True)

    seen = torch.cat([contrast(8, 4), contrast(16, 6)], 1)
    half = unit(F.relu(w.conv(F.pad(seen, (1, 2, 1, 2)), "stem", width, 4, 2)), "down.0", width)
    quarter = double(pool(half), "down.1", width * 3 // 2)
    eighth = double(pool(quarter), "down.2", width * 2)
    x = double(pool(eighth), "down.3", width * 3)
    x = unit(join(x, eighth), "up.0", width * 2)
    x = unit(join(x, quarter), "up.1", width * 3 // 2)
    x = double(join(x, half), "up.2", width)
    x = cut(F.pixel_shuffle(w.conv(x, "enlarge", width * 2, 1), 2), 0, 0, image)
    x = unit(torch.cat([x, seen], 1), "join", width // 2)
    area, interior = torch.sigmoid(w.conv(x, "area", 1, 1)), torch.sigmoid(w.conv(x, "interior", 1, 1))
    mask = (area >= 0.5).float()
    return {"mask": mask, "nuclei": (interior >= 0.5).float(), "nuclei map 2": mask, "nuclei map 3": area}


def nuclei_picture():
    """A part of the picture that was drawn for the network, 1 x 1 x H x W in 0...1."""
    from PIL import Image

    picture = np.array(Image.open(ROOT / "Networks" / "nuclei" / "example.png"))
    return torch.from_numpy(picture[None, None, :96, :112].astype(np.float32) / 255)


def edges(w, image):
    """With the weights in the repository, by correlation in NumPy."""
    tensors = read_safetensors(ROOT / "Networks" / "edges" / "edges.safetensors")

    def correlate(x, kernel):
        reach = kernel.shape[-1] // 2
        rows, columns = x.shape
        x = np.pad(x, reach, mode="edge")
        return sum(
            kernel[i, j] * x[i : i + rows, j : j + columns]
            for i in range(kernel.shape[0])
            for j in range(kernel.shape[1])
        )

    smooth = correlate(image[0, 0].numpy().astype(np.float64), tensors["smooth.weight"][0, 0])
    total = sum(np.abs(correlate(smooth, kernel[0])) for kernel in tensors["gradient.weight"])
    logit = tensors["threshold.weight"][0, 0, 0, 0] * total + tensors["threshold.bias"][0]
    return {"edge": torch.from_numpy((1 / (1 + np.exp(-logit))).astype(np.float32)[None, None])}


def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    entries = json.loads(data[8 : 8 + length])
    return {
        name: np.frombuffer(data, "<f4", int(np.prod(entry["shape"])), 8 + length + entry["data_offsets"][0]).reshape(
            entry["shape"]
        )
        for name, entry in entries.items()
    }


# Network: channels and size of the input, parameters of the golden, defaults of the network file, the function with
# what only it takes.
CASES = {
    "attention_unet": (
        (3, 36, 44), dict(classes=2, depth=2, width=4), dict(classes=1, depth=4, width=64), attention_unet, {},
    ),
    "csrnet": ((3, 37, 45), dict(width=4), dict(width=64), csrnet, {}),
    "dilated_context": (
        (3, 40, 48), dict(classes=3, width=4, dense=16), dict(classes=21, width=64, dense=4096), dilated_context, {},
    ),
    "edges": ((1, 37, 45), dict(), dict(), edges, {}),
    "espcn": ((1, 23, 29), dict(factor=2), dict(factor=3), espcn, {}),
    "fcn16s": (
        (3, 37, 45), dict(classes=3, width=4, dense=16), dict(classes=21, width=64, dense=4096), fcn, dict(stride=16),
    ),
    "fcn32s": (
        (3, 37, 45), dict(classes=3, width=4, dense=16), dict(classes=21, width=64, dense=4096), fcn, dict(stride=32),
    ),
    "fcn8s": (
        (3, 37, 45), dict(classes=3, width=4, dense=16), dict(classes=21, width=64, dense=4096), fcn, dict(stride=8),
    ),
    "mobile_segmenter": ((3, 45, 61), dict(classes=3, width=8), dict(classes=21, width=16), mobile_segmenter, {}),
    "nuclei": ((1, 96, 112), dict(width=16), dict(width=16), nuclei, {}),
    "residual_unet": ((3, 36, 44), dict(depth=2, width=4), dict(depth=3, width=64), residual_unet, {}),
    "segnet_like": ((3, 32, 64), dict(classes=3, width=4), dict(classes=12, width=64), segnet_like, {}),
    "srcnn": ((1, 37, 45), dict(), dict(), srcnn, {}),
    "unet": ((1, 60, 68), dict(classes=2, depth=2, width=4), dict(classes=2, depth=4, width=64), unet, {}),
    "unet_same": ((3, 40, 48), dict(classes=3, depth=3, width=4), dict(classes=2, depth=4, width=32), unet_same, {}),
    "vgg16": ((3, 70, 97), dict(width=4), dict(width=64), vgg16, {}),
}  # fmt: skip

TALLEST = 320


def sizes(channels, parameters, function):
    """The heights that PyTorch accepts, with those of the outputs."""

    def run(height, width):
        image = torch.empty((1, channels, height, width), device="meta")
        try:
            return [output.shape[2] for output in function(Shapes(SEED), image, **parameters).values()]
        except RuntimeError:
            return None

    width = next(size for size in range(TALLEST, 0, -1) if run(size, size))
    found = ((height, run(height, width)) for height in range(1, TALLEST + 1))
    return [(height, *outputs) for height, outputs in found if outputs]


def main(names):
    torch.set_num_threads(1)
    for name in names or CASES:
        (channels, height, width), parameters, defaults, function, fixed = CASES[name]
        weights = Stored(name) if function is nuclei else Weights(SEED)
        image = nuclei_picture() if function is nuclei else weights.uniform("image", (1, channels, height, width), 0, 1)
        with torch.no_grad():
            outputs = function(weights, image, **parameters, **fixed)
        folder = ROOT / "Tests" / "Golden" / name
        folder.mkdir(parents=True, exist_ok=True)
        arrays = {"in_image": image.numpy()} | {f"out_{key}": value.numpy() for key, value in outputs.items()}
        np.savez(folder / "golden.npz", **arrays)
        lines = [f"{key} = {value}" for key, value in parameters.items()] + [f"seed = {SEED}"]
        (folder / "parameters.txt").write_text("\n".join(lines) + "\n")
        if function is not edges:
            pairs = sizes(channels, defaults, lambda w, x, **given: function(w, x, **given, **fixed))
            (folder / "sizes.txt").write_text("".join(" ".join(map(str, pair)) + "\n" for pair in pairs))
        for key, value in arrays.items():
            print(f"{name:18} {key:14} {str(value.shape):20} {value.min():12.5g} .. {value.max():.5g}")


if __name__ == "__main__":
    main(sys.argv[1:])
