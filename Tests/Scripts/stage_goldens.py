"""Writes Tests/FCNStandardTests/Fixtures/stages.json: small cases of every stage with the outputs of PyTorch.

What PyTorch does not have (TensorFlow's SAME, Caffe's rounding, some rounding rules of resampling) is computed here in
plain loops from the definitions of those frameworks.

Run with Python 3, PyTorch and numpy:  python3 Tests/Scripts/stage_goldens.py
"""

import json
import math
import pathlib
from fractions import Fraction

import numpy as np
import torch
import torch.nn.functional as F

generator = np.random.default_rng(7)
cases = []


def numbers(*shape):
    """Multiples of 1/8: exact in 32 bits, short in text."""
    return torch.tensor(generator.integers(-16, 17, size=shape) / 8, dtype=torch.float64)


def positive(*shape):
    return torch.tensor(generator.integers(4, 17, size=shape) / 8, dtype=torch.float64)


def short(value):
    # 32 bits cannot hold the smallest numbers, and the comparison has an absolute bound far above them.
    value = float(value) if abs(value) > 1e-12 else 0
    return int(value) if value == int(value) else float(f"{value:.7g}")


def tensor(value):
    value = value.detach()
    return {"shape": list(value.shape), "values": [short(v) for v in value.reshape(-1)]}


def case(stage, arguments, inputs, weights, output):
    """Inputs and the output are [C, H, W]."""
    cases.append({
        "stage": stage, "arguments": arguments, "inputs": [tensor(v) for v in inputs],
        "weights": [tensor(v) for v in weights], "output": tensor(output),
    })


def size(rows, columns):
    return {"size": [rows, columns]}


def value(index):
    return {"input": index}


def pair(argument):
    return tuple(argument["size"]) if isinstance(argument, dict) else (argument, argument)


def same_tf(n, kernel, stride):
    total = max((math.ceil(n / stride) - 1) * stride + kernel - n, 0)
    return total // 2, total - total // 2


# Pointwise.
x = numbers(3, 3, 4)
for name, function in {
    "relu": F.relu, "relu6": lambda v: F.relu6(4 * v), "sigmoid": torch.sigmoid, "tanh": torch.tanh,
    "hardswish": F.hardswish, "hardsigmoid": F.hardsigmoid, "identity": lambda v: v,
}.items():
    source = 4 * x if name == "relu6" else 2 * x
    case(name, {}, [source], [], function(x) if name == "relu6" else function(source))
    row = 3 * numbers(1, 1, 5)
    case(name, {}, [row], [], function(row / 4) if name == "relu6" else function(row))
for slope in (0.1, 0.01, 1.5):
    case("leaky", {"slope": slope}, [x], [], F.leaky_relu(x, slope))
case("clip", {"low": -0.5, "high": 1}, [x], [], torch.clamp(x, -0.5, 1))
case("dropout", {"rate": 0.5}, [x], [], F.dropout(x, 0.5, training=False))
w = positive(3)
case("prelu", {}, [x], [w], F.prelu(x[None], w)[0])
case("prelu", {"shared": True}, [x], [w[:1]], F.prelu(x[None], w[:1])[0])
for eps in (1e-5, 1e-3, 0.1):
    w, b, m, v = positive(3), numbers(3), numbers(3), positive(3)
    case("batchnorm", {"eps": eps}, [x], [w, b, m, v], F.batch_norm(x[None], m, v, w, b, False, 0, eps)[0])
case("batchnorm", {"eps": 1e-5, "affine": False}, [x], [m, v], F.batch_norm(x[None], m, v, None, None, False, 0, 1e-5)[0])
case("scale", {}, [x], [w, b], x * w[:, None, None] + b[:, None, None])
case("scale", {"bias": False}, [x], [w], x * w[:, None, None])
case("scale", {"weight": False}, [x], [b], x + b[:, None, None])
case("bias", {}, [x], [b], x + b[:, None, None])
case("softmax", {}, [x], [], torch.softmax(x, 0))
far = 30 * numbers(5, 2, 3)
case("softmax", {}, [far], [], torch.softmax(far, 0))
case("argmax", {}, [x], [], x.argmax(0, keepdim=True))
ties = torch.tensor(generator.integers(0, 2, size=(4, 3, 5)), dtype=torch.float64)
case("argmax", {}, [ties], [], torch.tensor(np.argmax(ties.numpy(), 0)[None]))
case("global_mean", {}, [x], [], x.mean([1, 2], keepdim=True))

# Joins.
operations = {
    "add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div, "min": torch.minimum, "max": torch.maximum,
}
for name, operation in operations.items():
    a, b = numbers(3, 2, 3), positive(3, 2, 3)
    case(name, {}, [a, b], [], operation(a, b))
    case(name, {}, [a, b[:, :1, :1]], [], operation(a, b[:, :1, :1]))
    case(name, {}, [a, b[:1]], [], operation(a, b[:1]))
    case(name, {}, [a[:, :1, :1], b], [], operation(a[:, :1, :1], b))
    case(name, {"by": 0.75}, [a], [], operation(a, torch.tensor(0.75, dtype=torch.float64)))
    if name in ("sub", "div"):
        case(name, {"by": 0.75, "reversed": True}, [b], [], operation(torch.tensor(0.75, dtype=torch.float64), b))
    else:
        c = numbers(3, 2, 3)
        case(name, {}, [a, b, c], [], operation(operation(a, b), c))
a, b, c = numbers(2, 3, 2), numbers(1, 3, 2), numbers(3, 3, 2)
case("concat", {}, [a, b], [], torch.cat([a, b]))
case("concat", {}, [c, a, b, a], [], torch.cat([c, a, b, a]))


def convolution(shape, channels, kernel, pad=None, stride=1, dilation=1, groups=1, border=None, bias=True):
    x = numbers(*shape)
    kernel_size, strides, dilations = pair(kernel), pair(stride), pair(dilation)
    weight, offset = numbers(channels, shape[0] // groups, *kernel_size), numbers(channels)
    effective = [(k - 1) * d + 1 for k, d in zip(kernel_size, dilations)]
    if pad == "same":
        top, left = [(k - 1) // 2 for k in effective]
        bottom, right = top, left
    elif pad == "same_tf":
        top, bottom = same_tf(shape[1], effective[0], strides[0])
        left, right = same_tf(shape[2], effective[1], strides[1])
    elif pad in (None, "valid"):
        top = left = bottom = right = 0
    elif isinstance(pad, list):
        top, left, bottom, right = pad
    else:
        (top, left) = (bottom, right) = pair(pad)
    mode = {None: "constant", "zero": "constant"}.get(border, border)
    padded = F.pad(x[None], [left, right, top, bottom], mode=mode)
    y = F.conv2d(padded, weight, offset if bias else None, strides, 0, dilations, groups)[0]
    arguments = {"channels": channels, "kernel": kernel}
    for name, argument, default in [
        ("pad", pad, None), ("stride", stride, 1), ("dilation", dilation, 1), ("groups", groups, 1),
        ("border", border, None), ("bias", bias, True),
    ]:
        if argument != default:
            arguments[name] = argument
    case("conv", arguments, [x], [weight] + ([offset] if bias else []), y)


convolution((2, 4, 5), 3, 1)
convolution((2, 1, 1), 3, 3, "same")
convolution((2, 4, 5), 2, 3, "same")
convolution((2, 5, 4), 2, 3, "valid", bias=False)
convolution((2, 5, 6), 2, 3, "same", stride=2)
convolution((2, 6, 5), 2, 3, "same_tf", stride=2)
convolution((1, 7, 6), 2, 3, "same_tf", stride=3)
convolution((1, 5, 6), 2, 2, "same_tf")
convolution((1, 9, 8), 1, 3, "same_tf", stride=2, dilation=2)
convolution((1, 6, 7), 2, 4, [1, 2, 2, 1])
convolution((1, 6, 7), 2, size(3, 5), size(1, 2))
convolution((1, 6, 7), 2, size(5, 1), "same")
convolution((2, 6, 7), 2, 3, 2, dilation=2)
convolution((2, 7, 7), 2, 3, 4, dilation=size(4, 2))
convolution((4, 4, 4), 4, 3, "same", groups=4)
convolution((4, 4, 4), 8, 3, 1, groups=4, bias=False)
convolution((4, 5, 4), 6, 3, 1, stride=size(2, 1), groups=2)
convolution((2, 4, 5), 2, 3, "same", border="reflect")
convolution((1, 6, 6), 1, 7, "same", border="reflect")
convolution((2, 4, 5), 2, 3, "same", border="replicate")
convolution((1, 3, 2), 1, 7, "same", border="replicate")
convolution((1, 6, 5), 2, 3, "same_tf", stride=2, border="reflect")
convolution((1, 3, 3), 1, 3, 5)
convolution((1, 1, 6), 2, size(1, 3), "valid")


def transposed(shape, channels, kernel, stride=1, pad=0, output_padding=None, groups=1, bias=True, like=None):
    x = numbers(*shape)
    kernel_size, strides = pair(kernel), pair(stride)
    weight, offset = numbers(shape[0], channels // groups, *kernel_size), numbers(channels)
    (top, left, bottom, right) = pad if isinstance(pad, list) else pair(pad) * 2
    inputs = [x]
    arguments = {"channels": channels, "kernel": kernel, "stride": stride, "pad": pad, "groups": groups, "bias": bias}
    extra = pair(output_padding or 0)
    if like:
        inputs.append(numbers(1, *like))
        arguments["like"] = value(1)
        full = [(n - 1) * s + k for n, s, k in zip(shape[1:], strides, kernel_size)]
        extra = (like[0] - full[0] + top + bottom, like[1] - full[1] + left + right)
    elif output_padding is not None:
        arguments["output_padding"] = output_padding
    # Unpadded, then cropped: a pad on each side cuts the output, an output padding adds to its end.
    y = F.conv_transpose2d(x[None], weight, offset if bias else None, strides, 0, 0, groups)[0]
    grown = F.pad(y, [0, max(extra[1] - right, 0), 0, max(extra[0] - bottom, 0)])
    if bias:
        grown[:, y.shape[1]:, :] = offset[:, None, None]
        grown[:, :, y.shape[2]:] = offset[:, None, None]
    height = y.shape[1] - top - bottom + extra[0]
    width = y.shape[2] - left - right + extra[1]
    y = grown[:, top:top + height, left:left + width]
    if top == bottom and left == right:
        reference = F.conv_transpose2d(
            x[None], weight, offset if bias else None, strides, (top, left), extra, groups)[0]
        assert reference.shape == y.shape and torch.allclose(reference, y)
    case("deconv", arguments, inputs, [weight] + ([offset] if bias else []), y)


transposed((2, 3, 4), 2, 2, stride=2)
transposed((2, 3, 4), 2, 4, stride=2, pad=1)
transposed((2, 3, 2), 2, 3, stride=2, pad=1, output_padding=1)
transposed((1, 3, 2), 2, 3, stride=3, pad=1, output_padding=size(2, 0))
transposed((1, 1, 1), 2, 4, stride=4, bias=False)
transposed((1, 2, 3), 1, 8, stride=4, pad=2)
transposed((2, 3, 3), 2, 3)
transposed((2, 3, 3), 2, 3, pad=1)
transposed((2, 4, 3), 2, size(2, 3), stride=size(1, 2), pad=size(0, 1))
transposed((4, 3, 3), 4, 4, stride=2, pad=1, groups=4)
transposed((4, 2, 3), 6, 3, stride=2, groups=2, bias=False)
transposed((1, 3, 4), 1, 4, stride=2, pad=[0, 1, 2, 1])
transposed((1, 3, 4), 1, 2, stride=3)
transposed((1, 3, 4), 1, 3, stride=2, pad=1, like=(6, 7))
transposed((2, 3, 4), 2, 3, stride=2, pad=1, like=(5, 8))
transposed((1, 4, 3), 1, 2, stride=2, like=(9, 6))


def pool_windows(n, kernel, stride, before, after, rounding):
    """Caffe's definition (pooling_layer.cpp) and PyTorch's (Pool.h), in one."""
    room = n + before + after - kernel
    assert rounding != "exact" or room % stride == 0
    if rounding in ("floor", "exact"):
        return room // stride + 1
    count = -(-room // stride) + 1
    if (rounding == "ceil" or before + after > 0) and (count - 1) * stride >= n + before:
        count -= 1
    return count


def pooling(stage, shape, kernel, stride=None, pad=0, rounding=None, include=None):
    x = numbers(*shape)
    kernel_size, strides = pair(kernel), pair(stride or kernel)
    if pad == "same_tf":
        rows = same_tf(shape[1], kernel_size[0], strides[0])
        columns = same_tf(shape[2], kernel_size[1], strides[1])
    else:
        (top, left, bottom, right) = pad if isinstance(pad, list) else pair(pad) * 2
        rows, columns = (top, bottom), (left, right)
    axes = [
        [
            (i * s - before, min(i * s - before + k, n + after))
            for i in range(pool_windows(n, k, s, before, after, rounding or "floor"))
        ]
        for n, k, s, (before, after) in zip(shape[1:], kernel_size, strides, (rows, columns))
    ]
    y = torch.zeros(shape[0], len(axes[0]), len(axes[1]), dtype=torch.float64)
    for i, (y0, y1) in enumerate(axes[0]):
        for j, (x0, x1) in enumerate(axes[1]):
            part = x[:, max(y0, 0):min(y1, shape[1]), max(x0, 0):min(x1, shape[2])].reshape(shape[0], -1)
            if stage == "maxpool":
                y[:, i, j] = part.max(1).values
            else:
                y[:, i, j] = part.sum(1) / ((y1 - y0) * (x1 - x0) if include else part.shape[1])
    symmetric = rows[0] == rows[1] and columns[0] == columns[1]
    if pad != "same_tf" and symmetric and rounding != "ceil_caffe" and all(
            2 * p[0] <= k for p, k in zip((rows, columns), kernel_size)):
        padding, ceil = (rows[0], columns[0]), rounding == "ceil"
        if stage == "maxpool":
            reference = F.max_pool2d(x[None], kernel_size, strides, padding, ceil_mode=ceil)[0]
        else:
            reference = F.avg_pool2d(x[None], kernel_size, strides, padding, ceil, bool(include))[0]
        assert reference.shape == y.shape and torch.allclose(reference, y), (stage, shape, kernel, stride, pad)
    arguments = {"kernel": kernel}
    for name, argument in [("stride", stride), ("round", rounding), ("count_include_pad", include)]:
        if argument is not None:
            arguments[name] = argument
    if pad != 0:
        arguments["pad"] = pad
    case(stage, arguments, [x], [], y)


for stage, include in (("maxpool", None), ("avgpool", True), ("avgpool", False)):
    pooling(stage, (2, 5, 6), 2)
    pooling(stage, (2, 5, 4), 3, 2, 1, include=include)
    pooling(stage, (1, 6, 7), 3, 2, rounding="ceil")
    pooling(stage, (1, 1, 1), 2, 2, rounding="ceil")
    pooling(stage, (1, 6, 5), 3, 2, 1, "ceil", include=include)
    pooling(stage, (1, 5, 4), 2, 2, 1, "ceil", include=include)
    pooling(stage, (1, 7, 5), 2, 3, rounding="ceil")
    pooling(stage, (1, 6, 5), 3, 2, rounding="ceil_caffe")
    pooling(stage, (1, 6, 5), 3, 2, 1, "ceil_caffe", include=include)
    pooling(stage, (1, 6, 5), 3, 2, "same_tf", include=include)
    pooling(stage, (1, 4, 7), 2, 2, "same_tf", include=include)
    pooling(stage, (1, 6, 5), size(3, 2), size(1, 2), [1, 0, 2, 1], include=include)
    pooling(stage, (1, 4, 5), 5, 1, 2, include=include)


def coordinate(i, grid, scale, n, out):
    if grid == "half_pixel":
        return (i + Fraction(1, 2)) * scale - Fraction(1, 2)
    if grid == "asymmetric":
        return i * scale
    return Fraction(i * (n - 1), out - 1) if out > 1 else Fraction(0)


roundings = {
    "floor": math.floor, "ceil": math.ceil, "half_down": lambda v: math.ceil(v - Fraction(1, 2)),
    "half_up": lambda v: math.floor(v + Fraction(1, 2)),
}


def resampling(shape, mode, grid, factor=None, like=None, rounding=None, fixed=None):
    x = numbers(*shape)
    outs = like or fixed or [n * factor[0] // factor[1] for n in shape[1:]]
    y = x
    for axis, (n, out) in enumerate(zip(shape[1:], outs), start=1):
        scale = Fraction(factor[1], factor[0]) if factor else Fraction(n, out)
        parts = []
        for i in range(out):
            place = coordinate(i, grid, scale, n, out)
            default = "floor" if grid == "asymmetric" else "half_up"
            first = math.floor(place) if mode == "bilinear" else roundings[rounding or default](place)
            weight = float(place - first) if mode == "bilinear" else 0.0
            lower, upper = min(max(first, 0), n - 1), min(max(first + 1, 0), n - 1)
            parts.append((1 - weight) * y.select(axis, lower) + weight * y.select(axis, upper))
        y = torch.stack(parts, axis)
    name = {("bilinear", "half_pixel"): "bilinear", ("bilinear", "align_corners"): "bilinear",
            ("nearest", "asymmetric"): "nearest", ("nearest", "half_pixel"): "nearest-exact"}.get((mode, grid))
    if name and rounding is None:
        options = {"scale_factor": factor[0] / factor[1]} if factor else {"size": tuple(outs)}
        if mode == "bilinear":
            options["align_corners"] = grid == "align_corners"
        reference = F.interpolate(x[None], mode=name, **options)[0]
        assert reference.shape == y.shape and torch.allclose(reference, y), (shape, mode, grid, factor, like)
    arguments = {"mode": mode, "grid": grid}
    if like:
        arguments["like"] = value(1)
    elif fixed:
        arguments["size"] = fixed[0] if fixed[0] == fixed[1] else size(*fixed)
    else:
        arguments["factor"] = factor[0] if factor[1] == 1 else list(factor)
    if rounding:
        arguments["rounding"] = rounding
    case("upsample", arguments, [x] + ([numbers(1, *like)] if like else []), [], y)


for mode in ("nearest", "bilinear"):
    for grid in ("half_pixel", "align_corners", "asymmetric"):
        resampling((2, 3, 2), mode, grid, (2, 1))
        resampling((1, 4, 5), mode, grid, (3, 2))
        resampling((1, 5, 3), mode, grid, like=(7, 8))
        resampling((1, 6, 7), mode, grid, (1, 2))
        resampling((1, 1, 3), mode, grid, (4, 1))
for rounding in roundings:
    resampling((1, 5, 6), "nearest", "half_pixel", (2, 3), rounding=rounding)
    resampling((1, 5, 4), "nearest", "align_corners", like=(9, 2), rounding=rounding)

# Crops, pads, rearrangements.
x = numbers(2, 6, 7)
case("crop", {"amount": 1}, [x], [], x[:, 1:5, 1:6])
case("crop", {"amount": [0, 1, 2, 3]}, [x], [], x[:, 0:4, 1:4])
case("crop", {"amount": size(2, 0)}, [x], [], x[:, 2:4])
case("crop", {"like": value(1), "offset": size(1, 3)}, [x, numbers(1, 4, 2)], [], x[:, 1:5, 3:5])
case("crop", {"like": value(1), "offset": 0}, [x, numbers(3, 6, 7)], [], x)
case("crop", {"like": value(1), "center": True}, [x, numbers(1, 3, 4)], [], x[:, 1:4, 1:5])
case("crop", {"like": value(1), "center": True}, [x, numbers(1, 2, 7)], [], x[:, 2:4])
x = numbers(2, 3, 4)
case("pad", {"amount": 1}, [x], [], F.pad(x, [1, 1, 1, 1]))
case("pad", {"amount": [2, 0, 1, 3], "mode": "constant", "value": 0.5}, [x], [], F.pad(x, [0, 3, 2, 1], value=0.5))
case("pad", {"amount": size(2, 3), "mode": "reflect"}, [x], [], F.pad(x[None], [3, 3, 2, 2], mode="reflect")[0])
case("pad", {"amount": [1, 2, 0, 3], "mode": "reflect"}, [x], [], F.pad(x[None], [2, 3, 1, 0], mode="reflect")[0])
case("pad", {"amount": size(4, 5), "mode": "replicate"}, [x], [], F.pad(x[None], [5, 5, 4, 4], mode="replicate")[0])
for factor, shape in ((2, (8, 2, 3)), (3, (9, 1, 2)), (1, (2, 2, 2))):
    x = numbers(*shape)
    c = shape[0] // factor ** 2
    case("pixel_shuffle", {"factor": factor, "order": "crd"}, [x], [], F.pixel_shuffle(x, factor))
    blocks = x.reshape(factor, factor, c, *shape[1:]).permute(2, 3, 0, 4, 1)
    y = blocks.reshape(c, shape[1] * factor, shape[2] * factor)
    case("pixel_shuffle", {"factor": factor, "order": "dcr"}, [x], [], y)
    case("pixel_unshuffle", {"factor": factor, "order": "dcr"}, [y], [], x)
    y = F.pixel_shuffle(x, factor)
    case("pixel_unshuffle", {"factor": factor, "order": "crd"}, [y], [], F.pixel_unshuffle(y, factor))

# Stages that fix the size.
x = numbers(3, 2, 4)
w, b = numbers(5, 24), numbers(5)
case("dense", {"units": 5}, [x], [w, b], F.linear(x.reshape(-1), w, b)[:, None, None])
w = numbers(2, 3)
case("dense", {"units": 2, "bias": False}, [x[:, :1, :1]], [w], F.linear(x[:, 0, 0], w)[:, None, None])
case("flatten", {"order": "chw"}, [x], [], x.reshape(-1, 1, 1))
case("flatten", {"order": "hwc"}, [x], [], x.permute(1, 2, 0).reshape(-1, 1, 1))
case("reshape", {"channels": 2, "size": size(3, 4)}, [x], [], x.reshape(2, 3, 4))

# Pools that accept only sizes which their windows fill.
for stage, include in (("maxpool", None), ("avgpool", True), ("avgpool", False)):
    pooling(stage, (2, 4, 6), 2, rounding="exact")
    pooling(stage, (1, 5, 6), 3, 2, [1, 0, 1, 1], "exact", include=include)

# Roots, parts of the image.
x = 2 * positive(3, 3, 4)
x[:, 1, 2] = 0
case("sqrt", {}, [x], [], torch.sqrt(x))
for parts, shape in [
    (1, (3, 4, 5)), (2, (1, 4, 5)), (3, (2, 7, 8)), (size(2, 3), (1, 5, 3)), (size(6, 1), (1, 4, 5)),
    (4, (2, 1, 3)), (size(3, 7), (1, 2, 3)),
]:
    x = numbers(*shape)
    case("adaptive_avgpool", {"size": parts}, [x], [], F.adaptive_avg_pool2d(x[None], pair(parts))[0])

# Outputs of a fixed size.
for mode in ("nearest", "bilinear"):
    for grid in ("half_pixel", "align_corners", "asymmetric"):
        resampling((1, 4, 5), mode, grid, fixed=(6, 3))
        resampling((2, 3, 1), mode, grid, fixed=(4, 4))
x = numbers(2, 6, 7)
case("crop", {"size": size(3, 4), "offset": size(2, 1)}, [x], [], x[:, 2:5, 1:5])
case("crop", {"size": 3, "center": True}, [x], [], x[:, 1:4, 2:5])
case("crop", {"size": size(6, 2), "center": True}, [x], [], x[:, :, 2:4])
w = numbers(2, 6, 7)
case("position_embedding", {"size": size(6, 7)}, [x], [w], x + w)
x, w = numbers(3, 1, 1), numbers(3, 1, 1)
case("position_embedding", {"size": 1}, [x], [w], x + w)

# Classes and how sure they are.
x = numbers(1, 4, 5)
for level in (0.5, -0.25, 2):
    case("threshold", {"level": level}, [x], [], (x >= level).double())
for shape in ((2, 3, 4), (3, 2, 5), (9, 3, 3), (17, 2, 2)):
    x = 2 * numbers(*shape)
    for of, p in (("logits", x.softmax(0)), ("probabilities", x)):
        first, second = p.topk(2, dim=0).values
        case("confidence", {"of": of}, [x], [], torch.stack([first, first - second]))
x = numbers(1, 3, 5)
for of, level, p in (("logits", 0.5, x.sigmoid()), ("logits", 0.25, x.sigmoid()), ("probabilities", 0.75, x.abs() / 2)):
    source = p if of == "probabilities" else x
    first = torch.where(p >= level, p, 1 - p)
    case("confidence", {"of": of, "level": level}, [source], [], torch.cat([first, 2 * first - 1]))

# Chosen channels.
for shape, chosen in [
    ((3, 2, 3), [2, 0, 1]), ((5, 2, 2), [4]), ((2, 1, 3), [1, 1, 0, 1]), ((9, 2, 2), [8, 0, 7, 3]),
    ((2, 2, 2), list(range(2)) * 9),
]:
    x = numbers(*shape)
    case("take", {"channels": chosen}, [x], [], x[chosen])
for channels, groups in [(6, 2), (6, 3), (4, 1), (5, 5), (24, 2), (18, 6)]:
    x = numbers(channels, 2, 3)
    case("channel_shuffle", {"groups": groups}, [x], [], F.channel_shuffle(x[None], groups)[0])

path = pathlib.Path(__file__).parent.parent / "FCNStandardTests/Fixtures/stages.json"
lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in cases)
path.write_text("[\n" + lines + "\n]\n")
print(f"{len(cases)} cases, {path.stat().st_size} bytes")
