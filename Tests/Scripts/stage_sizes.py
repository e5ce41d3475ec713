"""Writes Tests/FCNStandardTests/Fixtures/stage_sizes.json: the sizes that PyTorch and ONNX Runtime give for single
stages, for every size of the image from 1 to 64.

One line is one configuration of a stage:

stage, arguments  as in stages.json
inputs            the size of each input for an image of n pixels, as [p, c, q, m, d]: m * floor((p * n + c) / q) + d,
                  where that is at least 1; left out for one input of n pixels
source            the frameworks that gave the sizes (all of them the same ones)
sizes             the output's size for n = 1...64, null where the framework refuses or gives no pixel; a second list
                  for the columns where they have another rule than the rows
ours              the sizes as this language has them, where it differs on purpose, for the `reason` beside it

What neither framework has is computed here in plain loops from the framework's definition: Caffe's rounding of pools,
and TensorFlow's SAME where ONNX Runtime has no SAME_UPPER for it (with dilation, or with another border than zero).

Where the frameworks disagree, one of them is left out. ONNX Runtime's pools divide towards zero: a window of 3 at a
stride of 2 gives an output for an image of 2 although nothing is rounded up, against the ONNX specification and
PyTorch; it is not asked for `floor`. Factors of an upsampling are rounded numbers in both: by 7/5 PyTorch is a pixel
short for an image of 45, by 7/3 and 7/6 ONNX Runtime is, for 27 and for 54. The other framework is asked, which gives
floor(n * p / q).

Run with Python 3, PyTorch, numpy, onnx and onnxruntime:  python3 Tests/Scripts/stage_sizes.py
"""

import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from measured_sizes import IMAGE, LAST, by_rule, in_onnx_runtime, in_pytorch, pixels, table

ONE_PIXEL = (0, 1, 1, 1, 0)
PYTORCH, ONNX_RUNTIME = "PyTorch", "ONNX Runtime"
CAFFE_RULE, TENSORFLOW_RULE = "Caffe's rule", "TensorFlow's rule"
lines = []


# Lines of the table.


def without(sizes, refused):
    """A table in which the images of some sizes are refused."""
    return [[None if n in refused else size for n, size in enumerate(axis, 1)] for axis in sizes]


def nowhere(sizes):
    return without(sizes, range(1, LAST + 1))


def record(stage, arguments, measures, inputs=(IMAGE,), ours=None, reason=None):
    """A line of the table. All frameworks must give the same sizes; `ours` makes another table of theirs."""
    answers = {source: table(measure, inputs) for source, measure in measures.items()}
    sizes = next(iter(answers.values()))
    assert all(answer == sizes for answer in answers.values()), (stage, arguments, answers)
    entry = {"stage": stage, "arguments": arguments}
    if inputs != (IMAGE,):
        entry["inputs"] = inputs
    entry["source"] = ", ".join(answers)
    entry["sizes"] = sizes
    if ours and ours(sizes) != sizes:
        entry |= {"ours": ours(sizes), "reason": reason}
    lines.append(json.dumps(entry, separators=(",", ":")))


# Arguments.


def size(rows, columns):
    return {"size": [rows, columns]}


def value(index):
    return {"input": index}


def pair(argument):
    return tuple(argument["size"]) if isinstance(argument, dict) else (argument, argument)


def sides(pad):
    """top, left, bottom, right"""
    return tuple(pad) if isinstance(pad, list) else pair(pad) * 2


def given(**arguments):
    return {name: argument for name, argument in arguments.items() if argument is not None}


def zeros(*shape):
    return np.zeros(shape, np.float32)


def int64(*numbers):
    return np.array(numbers, np.int64)


# Convolution.


def same_tf(n, kernel, stride, dilation=1):
    """TensorFlow's SAME: the pixels before and after (tensorflow.org/api_docs/python/tf/nn, "Notes on padding")."""
    total = max((math.ceil(n / stride) - 1) * stride + (kernel - 1) * dilation + 1 - n, 0)
    return total // 2, total - total // 2


def convolution(kernel, pad=None, stride=None, dilation=None, border=None):
    arguments = {"channels": 1} | given(kernel=kernel, pad=pad, stride=stride, dilation=dilation, border=border)
    kernels, strides, dilations = pair(kernel), pair(stride or 1), pair(dilation or 1)
    weight = torch.zeros(1, 1, *kernels)
    mode = {None: "constant", "zero": "constant"}.get(border, border)
    measures = {}
    if pad == "same_tf":
        def padded(x):
            amounts = [same_tf(n, k, s, d) for n, k, s, d in zip(x.shape[2:], kernels, strides, dilations)]
            x = F.pad(x, [*amounts[1], *amounts[0]], mode=mode)
            return F.conv2d(x, weight, None, strides, 0, dilations)

        if mode == "constant" and dilations == (1, 1):
            measures[ONNX_RUNTIME] = in_onnx_runtime(
                "Conv", weight.numpy(), kernel_shape=kernels, strides=strides, auto_pad="SAME_UPPER")
        else:
            measures[TENSORFLOW_RULE] = in_pytorch(padded)
        record("conv", arguments, measures)
        return
    centred = tuple((k - 1) * d // 2 for k, d in zip(kernels, dilations)) * 2
    top, left, bottom, right = centred if pad == "same" else sides(0 if pad in (None, "valid") else pad)
    if (top, left) == (bottom, right):
        layer = nn.Conv2d(
            1, 1, kernels, strides, (top, left), dilations, padding_mode="zeros" if mode == "constant" else mode)
        measures[PYTORCH] = in_pytorch(layer)
        if pad == "same" and strides == (1, 1) and mode == "constant":
            same = in_pytorch(nn.Conv2d(1, 1, kernels, padding="same", dilation=dilations))
            assert table(same, (IMAGE,)) == table(measures[PYTORCH], (IMAGE,))
    else:
        measures[PYTORCH] = in_pytorch(
            lambda x: F.conv2d(F.pad(x, [left, right, top, bottom], mode=mode), weight, None, strides, 0, dilations))
    if mode == "constant":
        measures[ONNX_RUNTIME] = in_onnx_runtime(
            "Conv", weight.numpy(), kernel_shape=kernels, strides=strides, dilations=dilations,
            pads=[top, left, bottom, right])
    record("conv", arguments, measures)


for stride in (None, 2, 3):
    for kernel in (1, 2, 3, 4, 5, 7):
        for pad in (None if kernel == 1 else "valid", 1, 3, [0, 2, 1, 0], "same_tf"):
            convolution(kernel, pad, stride)
        if kernel % 2:
            convolution(kernel, "same", stride)
    for dilation in (2, 3):
        for kernel in (2, 3, 5):
            for pad in ("valid", 2, [1, 0, 2, 3], "same_tf"):
                convolution(kernel, pad, stride, dilation)
            if (kernel - 1) * dilation % 2 == 0:
                convolution(kernel, "same", stride, dilation)
    for border, kernels in (("reflect", (2, 3, 5)), ("replicate", (2, 5))):
        for kernel in kernels:
            for pad in (1, 4, [0, 2, 1, 3], "same_tf"):
                convolution(kernel, pad, stride, border=border)
        convolution(7, "same", stride, border=border)
        convolution(3, "same", stride, dilation=2, border=border)
        convolution(3, "same_tf", stride, dilation=2, border=border)
convolution(3, "same", 4)
convolution(3, 100)
convolution(7, 40, 32)
convolution(size(3, 5), "same")
convolution(size(3, 5), size(1, 2), size(2, 1))
convolution(size(3, 5), size(0, 3), size(2, 3), size(1, 2))
convolution(size(1, 7), "valid", size(1, 2))
convolution(size(2, 3), "same_tf", size(3, 2))
convolution(size(5, 2), [2, 0, 1, 3], size(1, 4), size(2, 1), "reflect")
convolution(size(5, 2), [2, 0, 1, 3], size(1, 4), size(2, 1), "replicate")
for kernel in (2, 4):
    record(
        "conv", {"channels": 1, "kernel": kernel, "pad": "same"},
        {PYTORCH: in_pytorch(nn.Conv2d(1, 1, kernel, padding="same", bias=False))}, ours=nowhere,
        reason="a window of an even number of pixels has no middle: the odd pixel is asked for by numbers")


# Pools.


def caffe_windows(n, kernel, stride, pad, is_padded):
    """Caffe's PoolingLayer::Reshape (pooling_layer.cpp); it counts as padded where one of its axes is."""
    count = math.ceil((n + 2 * pad - kernel) / stride) + 1
    if is_padded and (count - 1) * stride >= n + pad:
        count -= 1
    return count


def pooling(stage, kernel, stride=None, pad=None, rounding=None, ours=None, reason=None):
    arguments = given(kernel=kernel, stride=stride, pad=pad, round=rounding)
    if stage == "avgpool" and pad is not None:
        arguments["count_include_pad"] = True
    kernels, strides = pair(kernel), pair(stride or kernel)
    function = F.max_pool2d if stage == "maxpool" else F.avg_pool2d
    operation = "MaxPool" if stage == "maxpool" else "AveragePool"
    is_ceil = rounding == "ceil"
    measures = {}
    if pad == "same_tf":
        same = {"kernel_shape": kernels, "strides": strides, "auto_pad": "SAME_UPPER"}
        record(
            stage, arguments, {ONNX_RUNTIME: in_onnx_runtime(operation, **same)},
            ours=lambda sizes: table(in_onnx_runtime("AveragePool", **same), (IMAGE,)),
            reason="where windows leave pixels out MaxPool refuses; AveragePool and TensorFlow give ceil(n / stride)")
        return
    top, left, bottom, right = sides(pad or 0)
    if rounding == "ceil_caffe":
        assert (top, left) == (bottom, right), "Caffe pads both sides alike"
        measures[CAFFE_RULE] = by_rule(*(
            lambda n, k=k, s=s, p=p: caffe_windows(n, k, s, p, top + left > 0)
            for k, s, p in zip(kernels, strides, (top, left))))
        record(stage, arguments, measures, ours=ours, reason=reason)
        return
    fits = 2 * top <= kernels[0] and 2 * left <= kernels[1]
    if (top, left) == (bottom, right) and (fits or top >= kernels[0] or left >= kernels[1]):
        measures[PYTORCH] = in_pytorch(lambda x: function(x, kernels, strides, (top, left), ceil_mode=is_ceil))
    elif not is_ceil:
        # Dropping the last window does not depend on which of the pixels are padding.
        measures[PYTORCH] = in_pytorch(lambda x: function(F.pad(x, [left, right, top, bottom]), kernels, strides))
    if is_ceil or top >= kernels[0]:
        measures[ONNX_RUNTIME] = in_onnx_runtime(
            operation, kernel_shape=kernels, strides=strides, pads=[top, left, bottom, right], ceil_mode=int(is_ceil))
    record(stage, arguments, measures)


for stage, kernels in (("maxpool", (1, 2, 3, 4, 5)), ("avgpool", (2, 3))):
    for kernel in kernels:
        pooling(stage, kernel)
        pooling(stage, kernel, rounding="ceil")
        pooling(stage, kernel, rounding="ceil_caffe")
        pooling(stage, kernel, pad="same_tf")
        for stride in (1, 2, 3):
            pooling(stage, kernel, stride, "same_tf")
            for pad in [None] + list(range(1, min(kernel, 3))) + ([[1, 0, 0, 1], [0, 1, 1, 1]] if kernel > 1 else []):
                pooling(stage, kernel, stride, pad)
                pooling(stage, kernel, stride, pad, "ceil")
                if not isinstance(pad, list) and (pad or stride <= kernel):
                    pooling(stage, kernel, stride, pad, "ceil_caffe")
    pooling(stage, size(3, 2), size(1, 2), [1, 0, 2, 1])
    pooling(stage, size(3, 5), size(2, 1), size(1, 2), "ceil")
    pooling(stage, size(3, 5), size(2, 1), size(1, 2), "ceil_caffe")
    pooling(stage, size(2, 3), size(2, 4), pad="same_tf")
    pooling(stage, 5, 4, 4, "ceil")
    pooling(stage, 7, 5, [6, 1, 3, 2], "ceil")
    pooling(stage, 2, 2, 2)
    pooling(stage, 3, 1, 3, "ceil")
    pooling(stage, 2, 5, rounding="ceil")
    pooling(
        stage, 2, 3, rounding="ceil_caffe", ours=nowhere,
        reason="with a stride larger than the kernel Caffe takes windows that lie wholly beyond the image")
    pooling(
        stage, size(2, 3), size(3, 1), size(0, 1), "ceil_caffe", ours=nowhere,
        reason="Caffe drops such a window of rows where only columns are padded; here each axis has its own rule")
    record(
        stage, {"kernel": 2, "round": "ceil"},
        {PYTORCH: in_pytorch(lambda x: (F.max_pool2d if stage == "maxpool" else F.avg_pool2d)(x, 2, ceil_mode=True))},
        inputs=((1, 0, 2, 1, 0),))


def filled(kernel, stride, pad):
    """No framework has `exact`: what they give where no pixel is left over."""
    def pool(x):
        if any((n + 2 * pad - kernel) % stride for n in x.shape[2:]):
            raise ValueError
        return F.max_pool2d(x, kernel, stride, pad)

    arguments = {"kernel": kernel, "stride": stride, "pad": pad, "round": "exact"}
    record("maxpool", arguments, {PYTORCH: in_pytorch(pool)})


for kernel, stride, pad in ((2, 2, 0), (3, 2, 0), (3, 2, 1), (2, 3, 0), (3, 3, 1), (5, 4, 2)):
    filled(kernel, stride, pad)


# Transposed convolution.


def transposed(kernel, stride=None, pad=None, output_padding=None):
    arguments = {"channels": 1} | given(kernel=kernel, stride=stride, pad=pad, output_padding=output_padding)
    kernels, strides, extra = pair(kernel), pair(stride or 1), pair(output_padding or 0)
    top, left, bottom, right = sides(pad or 0)
    measures = {}
    if (top, left) == (bottom, right):
        layer = nn.ConvTranspose2d(1, 1, kernels, strides, (top, left), extra)
        measures[PYTORCH] = in_pytorch(layer)
    measures[ONNX_RUNTIME] = in_onnx_runtime(
        "ConvTranspose", zeros(1, 1, *kernels), kernel_shape=kernels, strides=strides,
        pads=[top, left, bottom, right], output_padding=extra)
    record("deconv", arguments, measures)


for kernel in (1, 2, 3, 4, 5):
    for stride in (1, 2, 3):
        for pad in (None, 1, 2, [0, 2, 1, 0], [1, 2, 0, 4]):
            for output_padding in range(stride):
                transposed(kernel, stride, pad, output_padding or None)
transposed(size(64, 4), size(32, 2))
transposed(16, 8, 4)
transposed(3, 2, 1, 2)
transposed(2, 2, 20)
transposed(size(3, 4), size(2, 1), size(1, 2), size(1, 0))
transposed(size(2, 5), size(3, 4), [0, 3, 1, 1], size(0, 3))


def transposed_like(kernel, stride, pad, inputs):
    layer = nn.ConvTranspose2d(1, 1, pair(kernel), pair(stride), pair(pad))
    arguments = {"channels": 1, "kernel": kernel, "stride": stride, "pad": pad, "like": value(1)}
    measure = in_pytorch(lambda x, like: layer(x, output_size=list(like.shape[2:])))
    record("deconv", arguments, {PYTORCH: measure}, inputs)


half, half_up, third, third_up = (1, 0, 2, 1, 0), (1, 1, 2, 1, 0), (1, 0, 3, 1, 0), (1, 2, 3, 1, 0)
for kernel, pad in ((1, 0), (2, 0), (3, 1), (4, 1), (5, 1), (5, 2)):
    for small, stride in (
            (half, 2), (half_up, 2), (third, 3), (third_up, 3), ((1, 1, 3, 1, 0), 3), ((1, 0, 4, 1, 0), 4)):
        transposed_like(kernel, stride, pad, (small, IMAGE))
    transposed_like(kernel, 2, pad, ((1, -2, 2, 1, 0), IMAGE))
    transposed_like(kernel, 1, pad, (IMAGE, IMAGE))
    transposed_like(kernel, 3, pad, (half, (1, 0, 2, 3, 1)))
transposed_like(size(3, 4), size(2, 2), 1, (half_up, IMAGE))


# Resampling.


def resampled(p, q, mode, grid):
    """By p / q; see the top for the factors that one of the frameworks rounds."""
    arguments = {"factor": p if q == 1 else [p, q], "mode": mode, "grid": grid}
    measures = {}
    options = {
        ("nearest", "asymmetric"): {"mode": "nearest"}, ("nearest", "half_pixel"): {"mode": "nearest-exact"},
        ("bilinear", "half_pixel"): {"mode": "bilinear", "align_corners": False},
        ("bilinear", "align_corners"): {"mode": "bilinear", "align_corners": True},
    }.get((mode, grid))
    if options and (p, q) != (7, 5):
        measures[PYTORCH] = in_pytorch(lambda x: F.interpolate(x, scale_factor=p / q, **options))
    if (p, q) not in ((7, 3), (7, 6)):
        measures[ONNX_RUNTIME] = in_onnx_runtime(
            "Resize", None, np.array([1, 1, p / q, p / q], np.float32),
            mode={"nearest": "nearest", "bilinear": "linear"}[mode], coordinate_transformation_mode=grid)
    record("upsample", arguments, measures)


for p in range(1, 9):
    for q in range(1, 9):
        if math.gcd(p, q) == 1 and q <= 4 * p and p <= 4 * q:
            resampled(p, q, "nearest", "asymmetric")
            if max(p, q) <= 4:
                for mode, grid in (
                        ("nearest", "half_pixel"), ("bilinear", "half_pixel"), ("bilinear", "align_corners")):
                    resampled(p, q, mode, grid)
for mode in ("nearest", "bilinear"):
    like = in_pytorch(lambda x, like: F.interpolate(x, size=like.shape[2:], mode=mode))
    grid = "asymmetric" if mode == "nearest" else "half_pixel"
    arguments = {"like": value(1), "mode": mode, "grid": grid}
    for inputs in (
            (half, IMAGE), (IMAGE, half), (IMAGE, IMAGE), (third_up, (1, -3, 2, 1, 0)), ((1, -5, 1, 1, 0), IMAGE),
            (IMAGE, (0, 7, 1, 1, 0)), (ONE_PIXEL, IMAGE)):
        record("upsample", arguments, {PYTORCH: like}, inputs)
    record(
        "upsample", {"size": size(6, 40), "mode": mode, "grid": grid},
        {PYTORCH: in_pytorch(lambda x: F.interpolate(x, size=(6, 40), mode=mode))}, ((1, -3, 2, 1, 0),))


# Borders, crops, rearrangements.
for amount in (0, 1, 5, size(2, 3), [0, 1, 2, 4], [6, 0, 0, 0]):
    top, left, bottom, right = sides(amount)
    for mode in ("zero", "constant", "reflect", "replicate"):
        torch_mode = "constant" if mode == "zero" else mode
        onnx_mode = {"zero": "constant", "replicate": "edge"}.get(mode, mode)
        measures = {PYTORCH: in_pytorch(lambda x: F.pad(x, [left, right, top, bottom], mode=torch_mode))}
        # ONNX Runtime refuses to mirror an axis of one pixel even where nothing is added to it.
        if mode != "reflect" or min(top + bottom, left + right) > 0:
            measures[ONNX_RUNTIME] = in_onnx_runtime(
                "Pad", int64(0, 0, top, left, 0, 0, bottom, right), mode=onnx_mode)
        record("pad", {"amount": amount, "mode": mode} | ({"value": 0.5} if mode == "constant" else {}), measures)

for amount in (0, 1, 5, 31, size(2, 0), size(3, 7), [0, 1, 2, 3], [9, 0, 0, 4]):
    top, left, bottom, right = sides(amount)
    record("crop", {"amount": amount}, {
        PYTORCH: in_pytorch(lambda x: x[:, :, top:-bottom or None, left:-right or None]),
        ONNX_RUNTIME: in_onnx_runtime(
            "Slice", int64(top, left), int64(*[-end if end else LAST for end in (bottom, right)]), int64(2, 3)),
    })


def cut(x, like, offset=None):
    for axis in (2, 3):
        length = like.shape[axis]
        start = (x.shape[axis] - length) // 2 if offset is None else pair(offset)[axis - 2]
        x = x.narrow(axis, start, length)
    return x


for inputs in (
        (IMAGE, half), (IMAGE, third), (IMAGE, IMAGE), (half, IMAGE), (IMAGE, (1, -4, 1, 1, 0)),
        ((1, 3, 1, 1, 0), IMAGE), ((1, 0, 2, 2, 3), IMAGE), ((1, 0, 3, 3, 0), IMAGE), ((2, 0, 1, 1, -7), IMAGE),
        (IMAGE, (0, 6, 1, 1, 0))):
    record("crop", {"like": value(1), "center": True}, {PYTORCH: in_pytorch(cut)}, inputs)
    for offset in (0, 2, size(1, 3)):
        record(
            "crop", {"like": value(1), "offset": offset},
            {PYTORCH: in_pytorch(lambda x, like: cut(x, like, offset))}, inputs)

for arguments in ({"center": True}, {"offset": size(1, 3)}):
    part = torch.zeros(1, 1, 6, 9)
    record(
        "crop", {"size": size(6, 9)} | arguments,
        {PYTORCH: in_pytorch(lambda x: cut(x, part, arguments.get("offset")))})

for factor in (1, 2, 3, 4, 5):
    area = factor ** 2
    record("pixel_shuffle", {"factor": factor, "order": "crd"}, {
        PYTORCH: in_pytorch(lambda x: F.pixel_shuffle(x, factor), area),
        ONNX_RUNTIME: in_onnx_runtime("DepthToSpace", channels=area, blocksize=factor, mode="CRD")})
    record("pixel_shuffle", {"factor": factor, "order": "dcr"}, {
        ONNX_RUNTIME: in_onnx_runtime("DepthToSpace", channels=area, blocksize=factor, mode="DCR")})
    record("pixel_unshuffle", {"factor": factor, "order": "crd"}, {
        PYTORCH: in_pytorch(lambda x: F.pixel_unshuffle(x, factor))})
    record("pixel_unshuffle", {"factor": factor, "order": "dcr"}, {
        ONNX_RUNTIME: in_onnx_runtime("SpaceToDepth", blocksize=factor)})


# The whole image.
record("global_mean", {}, {
    PYTORCH: in_pytorch(nn.AdaptiveAvgPool2d(1)), ONNX_RUNTIME: in_onnx_runtime("GlobalAveragePool")})
for window in (1, 2, 3, 6, 7, 40, size(2, 3), size(5, 1)):
    record("adaptive_avgpool", {"size": window}, {PYTORCH: in_pytorch(nn.AdaptiveAvgPool2d(pair(window)))})
record("adaptive_avgpool", {"size": 3}, {PYTORCH: in_pytorch(nn.AdaptiveAvgPool2d(3))}, ((1, -4, 2, 1, 0),))

# Stages that fix the size, on values of a fixed size.
flat = in_pytorch(lambda x: nn.Flatten()(x)[:, :, None, None])
for form in (ONE_PIXEL, (0, 4, 1, 1, 0)):
    count = form[1] ** 2
    record("dense", {"units": 3}, {
        PYTORCH: in_pytorch(lambda x: nn.Linear(count, 3)(nn.Flatten()(x))[:, :, None, None])}, (form,))
    record("flatten", {"order": "chw"}, {PYTORCH: flat}, (form,))
record("reshape", {"channels": 1, "size": size(2, 8)}, {
    PYTORCH: in_pytorch(lambda x: x.reshape(-1, 1, 2, 8))}, ((0, 4, 1, 1, 0),))

# Pixel by pixel: the size stays.
ones = torch.ones(2)
for stage, arguments, function in (
        ("relu", {}, F.relu), ("relu6", {}, F.relu6), ("sigmoid", {}, torch.sigmoid), ("tanh", {}, torch.tanh),
        ("hardswish", {}, F.hardswish), ("hardsigmoid", {}, F.hardsigmoid), ("identity", {}, nn.Identity()),
        ("sqrt", {}, torch.sqrt), ("leaky", {"slope": 0.1}, F.leaky_relu),
        ("clip", {"low": 0, "high": 1}, lambda x: torch.clamp(x, 0, 1)),
        ("dropout", {"rate": 0.5}, lambda x: F.dropout(x, 0.5, training=False)),
        ("prelu", {}, lambda x: F.prelu(x, ones)),
        ("batchnorm", {"eps": 1e-5}, nn.BatchNorm2d(2).eval()),
        ("scale", {}, lambda x: x * ones[:, None, None] + ones[:, None, None]),
        ("bias", {}, lambda x: x + ones[:, None, None]),
        ("softmax", {}, lambda x: torch.softmax(x, 1)), ("argmax", {}, lambda x: x.argmax(1, keepdim=True))):
    record(stage, arguments, {PYTORCH: in_pytorch(function, 2)})
record("take", {"channels": [1, 0, 1]}, {PYTORCH: in_pytorch(lambda x: x[:, [1, 0, 1]], 2)})
record("channel_shuffle", {"groups": 2}, {PYTORCH: in_pytorch(nn.ChannelShuffle(2), 2)})
record("threshold", {"level": 0}, {PYTORCH: in_pytorch(lambda x: (x >= 0).float())})
record("confidence", {"of": "logits"}, {PYTORCH: in_pytorch(lambda x: torch.softmax(x, 1).topk(2, 1).values, 2)})

# Joins.
def join(stage, measures, *inputs):
    unequal = [n for n in range(1, LAST + 1) if len({pixels(form, n) for form in inputs if form != ONE_PIXEL}) > 1]
    record(
        stage, {}, measures, inputs, lambda sizes: without(sizes, unequal),
        "a value is repeated where its type says that it has one pixel, not where an image happens to be that small")


operations = {
    "add": (torch.add, "Add"), "sub": (torch.sub, "Sub"), "mul": (torch.mul, "Mul"), "div": (torch.div, "Div"),
    "min": (torch.minimum, "Min"), "max": (torch.maximum, "Max"),
    "concat": (lambda *values: torch.cat(values, 1), "Concat"),
}
for stage, (function, operation) in operations.items():
    axis = {"axis": 1} if stage == "concat" else {}
    measures = {PYTORCH: in_pytorch(function), ONNX_RUNTIME: in_onnx_runtime(operation, inputs=2, **axis)}
    join(stage, measures, IMAGE, IMAGE)
    join(stage, measures, IMAGE, (1, 0, 2, 2, 0))
    join(stage, measures, (1, 1, 2, 2, -1), IMAGE)
    if stage in ("add", "concat"):
        for inputs in (
                (IMAGE, (1, 0, 3, 3, 1)), ((1, 0, 2, 2, 0), (1, 0, 3, 3, 0)), (half, half_up), (IMAGE, half),
                (IMAGE, (1, 1, 1, 1, 0)), ((1, -3, 1, 1, 0), (1, -3, 1, 1, 0))):
            join(stage, measures, *inputs)
    if stage != "concat":
        join(stage, measures, IMAGE, ONE_PIXEL)
        join(stage, measures, ONE_PIXEL, half_up)
        record(stage, {"by": 0.5}, {PYTORCH: in_pytorch(lambda x: function(x, torch.tensor(0.5)))})
join("add", {PYTORCH: in_pytorch(lambda a, b, c: a + b + c)}, IMAGE, (1, 0, 2, 2, 0), (1, 0, 3, 3, 0))
join("concat", {PYTORCH: in_pytorch(lambda *values: torch.cat(values, 1))}, IMAGE, (1, 0, 2, 2, 0), (1, 0, 3, 3, 0))

# Sizes that grow differently, or of which one is constant, suit each other for a few images only.
faster, slower, constant = (2, 0, 1, 1, -7), (3, 0, 4, 1, 2), (0, 5, 1, 1, 0)
for stage, inputs in (
        ("add", (IMAGE, constant)), ("add", (IMAGE, faster)), ("add", (slower, IMAGE)), ("concat", (constant, IMAGE)),
        ("concat", (IMAGE, faster)), ("concat", (IMAGE, slower)), ("concat", (IMAGE, ONE_PIXEL))):
    record(
        stage, {}, {PYTORCH: in_pytorch(operations[stage][0])}, inputs, nowhere,
        "values whose sizes grow differently agree by accident: the join is refused")
for kernel, stride, pad in ((2, 2, 0), (3, 2, 1), (4, 3, 1)):
    for small in (1, 2, 13, 31):
        transposed_like(kernel, stride, pad, ((0, small, 1, 1, 0), IMAGE))
    for like in (8, 21):
        transposed_like(kernel, stride, pad, (IMAGE, (0, like, 1, 1, 0)))
    transposed_like(kernel, stride, pad, (IMAGE, IMAGE))
    transposed_like(kernel, stride, pad, (third, IMAGE))
transposed_like(size(2, 3), size(2, 3), size(0, 1), (half, (1, 0, 2, 2, 1)))
for inputs in (((0, 20, 1, 1, 0), IMAGE), ((1, 0, 2, 1, 9), IMAGE), (IMAGE, (2, 0, 1, 1, -11))):
    record("crop", {"like": value(1), "center": True}, {PYTORCH: in_pytorch(cut)}, inputs)
    record("crop", {"like": value(1), "offset": 2}, {PYTORCH: in_pytorch(lambda x, like: cut(x, like, 2))}, inputs)
for rows, columns in ((7, 7), (5, 8)):
    embedding = torch.zeros(1, 1, rows, columns)
    record(
        "position_embedding", {"size": size(rows, columns)}, {PYTORCH: in_pytorch(lambda x: x + embedding)},
        ours=lambda sizes: [[n if n == axis else None for n in range(1, LAST + 1)] for axis in (rows, columns)],
        reason="a number for every pixel is no number for an image that happens to have one")

path = pathlib.Path(__file__).parent.parent / "FCNStandardTests/Fixtures/stage_sizes.json"
path.write_text("[\n" + ",\n".join(lines) + "\n]\n")
empty = sum(all(size is None for axis in json.loads(line)["sizes"] for size in axis) for line in lines)
print(f"{len(lines)} configurations, {empty} of them refused for every size, {path.stat().st_size} bytes")
