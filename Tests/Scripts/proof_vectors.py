#!/usr/bin/env python3
"""Writes Tests/Proof/vectors.json: for which sizes published networks are defined, what comes out, and what it sees.

Every network is written here a second time, along one axis and from its paper or code, by plain integer arithmetic:
an axis of a value is an array that holds, for each position, the first and the last input position that it is computed
from. The claims stand in `VECTORS`, written by hand. The script evaluates every network at every size from 1 to 1024
and stops if a claim about sizes is wrong; windows are measured in the middle of a large input.

One line of vectors.json is one network:

- file, settings: the network as text, and its parameters;
- rows, columns: the input sizes on which every output is defined (`size % modulus` is one of `residues`, and
  `size >= least`), the same as text, and the size of the outputs, `times * round(size / divisor) + add`;
- receptive_field, null where an output sees the whole image or a grid that depends on its size:
  largest    the most input positions, from the first to the last, that one output position sees;
  stride     input positions from one output position to the next;
  windows    [first, last] of the output positions 0, 1, ... of one period, had the image no edges: position
             `k * len(windows) + i` sees `windows[i]` shifted by `k * period`;
  period     input positions after which the windows repeat;
  offset     the first input position that output position 0 stands for (the margin that valid convolutions cut off);
  halo       [before, after]: input positions that a tile of the output needs beyond those that it stands for, wherever
             it begins and ends. Output position i stands for floor(i * stride) + offset up to, and without,
             ceil((i + 1) * stride) + offset;
  aligned    the same for tiles that begin and end on whole periods.

Needs NumPy. Run from anywhere: `proof_vectors.py`.
"""

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 1024


class Undefined(Exception):
    """The network is not defined for this size."""


class Line:
    """One axis of a value: the first and the last input position that each position is computed from."""

    # What sees nothing but padding: empty, and without effect on a minimum and a maximum.
    NONE = (1 << 40, -(1 << 40))

    def __init__(self, first, last):
        if len(first) < 1:
            raise Undefined
        self.first, self.last = first, last

    def __len__(self):
        return len(self.first)

    @staticmethod
    def input(size):
        return Line(np.arange(size), np.arange(size))

    def at(self, positions):
        """What is computed from the given positions, a row for each output; those outside the axis are padding."""
        inside = (positions >= 0) & (positions < len(self))
        index = np.where(inside, positions, 0)
        first = np.where(inside, self.first[index], Line.NONE[0]).min(axis=1, initial=Line.NONE[0])
        last = np.where(inside, self.last[index], Line.NONE[1]).max(axis=1, initial=Line.NONE[1])
        return Line(first, last)


def windows(x, count, kernel, stride, before, dilation=1):
    starts = np.arange(max(count, 0)) * stride - before
    return x.at(starts[:, None] + np.arange(kernel) * dilation)


def conv(x, kernel, stride=1, pad="same", dilation=1):
    """`pad`: a number for both sides, a pair, or "same": half the reach of the kernel."""
    reach = (kernel - 1) * dilation
    before, after = (reach // 2, reach // 2) if pad == "same" else pad if isinstance(pad, tuple) else (pad, pad)
    return windows(x, (len(x) + before + after - reach - 1) // stride + 1, kernel, stride, before, dilation)


def reflect_conv(x, kernel, stride=1):
    """Padding by half the kernel with the mirrored image, which must be larger than the padding."""
    if len(x) <= kernel // 2:
        raise Undefined
    index = np.pad(np.arange(len(x)), kernel // 2, mode="reflect")
    return conv(Line(x.first[index], x.last[index]), kernel, stride, 0)


def pool(x, kernel=2, stride=None, pad=0, rounding="floor"):
    stride = stride or kernel
    room = len(x) + 2 * pad - kernel
    if room < 0 and rounding == "floor" or room % stride and rounding == "exact":
        raise Undefined
    count = room // stride + 1 if rounding in ("floor", "exact") else -(-room // stride) + 1
    if rounding == "ceil" and (count - 1) * stride >= len(x) + pad:
        count -= 1
    return windows(x, count, kernel, stride, pad)


def same_pool(x):
    """TensorFlow's SAME, 2 x 2: an odd size is padded by one pixel after the last."""
    return windows(x, -(-len(x) // 2), 2, 2, 0)


def deconv(x, kernel, stride, pad=0, output_padding=0, after=None):
    after = pad if after is None else after
    count = (len(x) - 1) * stride - pad - after + kernel + output_padding
    place = np.arange(max(count, 0)) + pad
    tap = np.arange(-(-kernel // stride))
    source = place[:, None] // stride - tap
    reached = place[:, None] - source * stride < kernel
    return x.at(np.where(reached, source, -1))


def nearest(x, factor):
    return x.at((np.arange(len(x) * factor) // factor)[:, None])


def between(x, numerators, denominator):
    """Each of the places `numerators / denominator` between its two neighbours, the edges repeated."""
    pairs = np.stack([numerators // denominator, -(-numerators // denominator)], axis=1)
    return x.at(np.clip(pairs, 0, len(x) - 1))


def bilinear(x, factor):
    """Half-pixel centres: PyTorch's align_corners=False."""
    return between(x, 2 * np.arange(len(x) * factor) + 1 - factor, 2 * factor)


def align_corners(x, size):
    return between(x, np.arange(size) * (len(x) - 1), max(size - 1, 1))


def shuffle(x, factor):
    """Channels become pixels: every output pixel is made from the one input pixel that it lies in."""
    return nearest(x, factor)


def mean(x):
    return Line(np.array([x.first.min()]), np.array([x.last.max()]))


def adaptive_mean(x, size):
    n = len(x)
    parts = [slice(i * n // size, -(-(i + 1) * n // size)) for i in range(size)]
    return Line(np.array([x.first[p].min() for p in parts]), np.array([x.last[p].max() for p in parts]))


def broadcast(x, like):
    """A mean over the whole image, for every position."""
    return x.at(np.zeros((len(like), 1), dtype=np.int64))


def join(*values):
    """add, mul, concat: every pixel with the one at the same place."""
    if len({len(value) for value in values}) > 1:
        raise Undefined
    return Line(
        np.minimum.reduce([value.first for value in values]), np.maximum.reduce([value.last for value in values]))


add = concat = join


def crop(x, before, after):
    return Line(x.first[before : len(x) - after], x.last[before : len(x) - after])


def crop_like(x, like, offset):
    if offset < 0 or offset + len(like) > len(x):
        raise Undefined
    return crop(x, offset, len(x) - len(like) - offset)


def crop_center(x, like):
    if len(like) > len(x):
        raise Undefined
    return crop_like(x, like, (len(x) - len(like)) // 2)


def times(count, x, stage, *arguments, **named):
    for _ in range(count):
        x = stage(x, *arguments, **named)
    return x


# Networks. `axis` is 0 for rows, 1 for columns, where they differ.


def fcn(x, stride, pad, axis):
    """shelhamer/fcn.berkeleyvision.org: net.py of voc-fcn32s, 16s, 8s; the offsets of the cuts are coord_map's."""
    image, pools = x, {}
    for group, count in enumerate([2, 2, 3, 3, 3], start=1):
        x = conv(x, 3, pad=pad if group == 1 else 1)
        x = pools[group] = pool(times(count - 1, x, conv, 3), rounding="ceil")
    x = conv(x, 7, pad=0)
    if stride <= 16:
        x = deconv(x, 4, 2)
        x = add(x, crop_like(pools[4], x, 5))
    if stride <= 8:
        x = deconv(x, 4, 2)
        x = add(x, crop_like(pools[3], x, 9))
    least = {32: 81, 16: 73, 8: 69}[stride]
    return crop_like(deconv(x, 2 * stride, stride), image, pad - least)


def segnet_basic(x, axis):
    """alexgkendall/SegNet-Tutorial: segnet_basic_inference.prototxt, where upsample4 has pad_out_h."""
    pooled = []
    for _ in range(4):
        x = conv(x, 7)
        pooled.append(x)
        x = pool(x, rounding="ceil")
    for level in (3, 2, 1, 0):
        wide = nearest(x, 2)
        if level == 3 and axis == 0:
            wide = crop(wide, 0, 1)
        # A pixel goes back to where it was the greatest of the pooled value: both are needed, and of one size.
        x = conv(join(wide, pooled[level], nearest_within(pool(pooled[level], rounding="ceil"), pooled[level])), 7)
    return x


def nearest_within(x, like):
    return crop_like(nearest(x, 2), like, 0)


def unet_2015(x, axis, depth=4):
    """Ronneberger, Fischer, Brox 2015: valid convolutions, and every pool has an even input."""
    skips = []
    for _ in range(depth):
        x = times(2, x, conv, 3, pad=0)
        skips.append(x)
        x = pool(x, rounding="exact")
    x = times(2, x, conv, 3, pad=0)
    for skip in reversed(skips):
        x = deconv(x, 2, 2)
        x = times(2, concat(crop_center(skip, x), x), conv, 3, pad=0)
    return x


def basic_block(x, stride=1, dilation=1):
    """Two 3 x 3 convolutions and the shortcut (He et al. 2016)."""
    return add(conv(conv(x, 3, stride, pad=1), 3), conv(x, 1, stride, pad=0))


def resnet(x, blocks):
    """The stem at stride 2 and the four stages at strides 4 to 32."""
    stem = conv(x, 7, 2, pad=3)
    features = [stem]
    x = pool(stem, 3, 2, 1)
    for stage, count in enumerate(blocks):
        x = times(count - 1, basic_block(x, 1 if stage == 0 else 2), basic_block)
        features.append(x)
    return features


def smp_resnet_unet(x, blocks, axis):
    """segmentation_models.pytorch: Unet, nearest x2 and a concat with the encoder's value, but none at stride 1."""
    *skips, x = resnet(x, blocks)
    for skip in reversed(skips):
        x = times(2, concat(nearest(x, 2), skip), conv, 3)
    return conv(times(2, nearest(x, 2), conv, 3), 3)


def rsu(x, depth):
    """xuebinqin/U-2-Net: RSU7 to RSU4, a small U-Net of `depth` levels with its input added."""
    inside = conv(x, 3)
    y, skips = conv(inside, 3), []
    for _ in range(depth - 2):
        skips.append(y)
        y = conv(pool(y, rounding="ceil"), 3)
    y = conv(concat(conv(y, 3, dilation=2), y), 3)
    for skip in reversed(skips):
        y = conv(concat(bilinear(y, 2), skip), 3)
    return add(y, inside)


def rsu4f(x):
    """RSU4F: dilations in place of pools."""
    inside = conv(x, 3)
    one = conv(inside, 3)
    two = conv(one, 3, dilation=2)
    three = conv(two, 3, dilation=4)
    y = conv(concat(conv(three, 3, dilation=8), three), 3, dilation=4)
    y = conv(concat(y, two), 3, dilation=2)
    return add(conv(concat(y, one), 3), inside)


def u2net(x, axis):
    """xuebinqin/U-2-Net: U2NET of model/u2net.py, the version whose upsampling has factors."""
    stages = [lambda v, d=d: rsu(v, d) for d in (7, 6, 5, 4)] + [rsu4f]
    skips = []
    for stage in stages:
        x = stage(x)
        skips.append(x)
        x = pool(x, rounding="ceil")
    x = rsu4f(x)
    sides = [x]
    for stage, skip in zip(reversed(stages), reversed(skips)):
        x = stage(concat(bilinear(x, 2), skip))
        sides.append(x)
    factors = [32, 16, 8, 4, 2, 1]
    return concat(*(bilinear(conv(side, 3), factor) for side, factor in zip(sides, factors)))


def noise2noise(x, axis):
    """NVlabs/noise2noise: autoencoder of network.py."""
    skips, x = [x], conv(x, 3)
    for _ in range(4):
        x = same_pool(conv(x, 3))
        skips.append(x)
    x = conv(same_pool(conv(x, 3)), 3)
    for skip in reversed(skips):
        x = times(2, concat(nearest(x, 2), skip), conv, 3)
    return conv(x, 3)


def squeeze(x):
    return join(x, broadcast(mean(x), x))


def cunet(x, up, axis):
    """nagadomi/nunif: CUNet and UpCUNet of waifu2x/models/cunet.py."""

    def double(v):
        return times(2, v, conv, 3, pad=0)

    x1 = double(x)
    x2 = deconv(squeeze(double(conv(x1, 2, 2, pad=0))), 2, 2)
    x3 = conv(add(crop(x1, 4, 4), x2), 3, pad=0)
    z1 = deconv(x3, 4, 2, pad=3) if up else conv(x3, 3, pad=0)

    x1 = double(z1)
    x2 = squeeze(double(conv(x1, 2, 2, pad=0)))
    x3 = deconv(squeeze(double(conv(x2, 2, 2, pad=0))), 2, 2)
    x4 = deconv(squeeze(double(add(crop(x2, 4, 4), x3))), 2, 2)
    z2 = times(2, add(crop(x1, 16, 16), x4), conv, 3, pad=0)
    return add(crop(z1, 20, 20), z2)


def pspnet(x, axis, blocks=(3, 4, 6, 3)):
    """hszhao/semseg: PSPNet of model/pspnet.py on a ResNet-50 with a deep stem; it asserts (H - 1) % 8 == 0."""
    if (len(x) - 1) % 8:
        raise Undefined
    size = (len(x) - 1) // 8 * 8 + 1
    x = pool(times(2, conv(x, 3, 2, pad=1), conv, 3), 3, 2, 1)
    for count, stride, dilation in zip(blocks, (1, 2, 1, 1), (1, 1, 2, 4)):
        for i in range(count):
            first = stride if i == 0 else 1
            x = add(conv(x, 3, first, pad=dilation, dilation=dilation), conv(x, 1, first, pad=0))
    x = concat(x, *(align_corners(adaptive_mean(x, bins), len(x)) for bins in (1, 2, 3, 6)))
    return align_corners(conv(x, 3), size)


def bisenetv2(x, axis):
    """CoinCheung/BiSeNet: BiSeNetV2 of lib/models/bisenetv2.py, evaluating."""

    def gather_expand(v, stride):
        if stride == 1:
            return add(conv(conv(v, 3), 3), v)
        return add(conv(conv(conv(v, 3), 3, 2, pad=1), 3), conv(v, 3, 2, pad=1))

    detail = x
    for more in (1, 2, 2):
        detail = times(more, conv(detail, 3, 2, pad=1), conv, 3)

    stem = conv(x, 3, 2, pad=1)
    context = conv(concat(conv(stem, 3, 2, pad=1), pool(stem, 3, 2, 1)), 3)
    for more in (1, 1, 3):
        context = times(more, gather_expand(context, 2), gather_expand, 1)
    context = conv(add(broadcast(mean(context), context), context), 3)

    left = join(conv(detail, 3), nearest(conv(context, 3), 4))
    right = join(pool(conv(detail, 3, 2, pad=1), 3, 2, 1), conv(context, 3))
    fused = conv(add(left, nearest(right, 4)), 3)
    return bilinear(conv(fused, 3), 8)


def dbnet_r18(x, axis):
    """MhLiao/DB: SegDetector of decoders/seg_detector.py on a ResNet-18."""
    _, c2, c3, c4, c5 = resnet(x, (2, 2, 2, 2))
    out4 = add(nearest(c5, 2), c4)
    out3 = add(nearest(out4, 2), c3)
    out2 = add(nearest(out3, 2), c2)
    fuse = concat(nearest(conv(c5, 3), 8), nearest(conv(out4, 3), 4), nearest(conv(out3, 3), 2), conv(out2, 3))
    return deconv(deconv(conv(fuse, 3), 2, 2), 2, 2)


def fast_style(x, axis):
    """pytorch/examples: TransformerNet of fast_neural_style/neural_style/transformer_net.py."""

    def normed(v):
        return join(v, broadcast(mean(v), v))

    x = normed(reflect_conv(x, 9))
    x = times(2, x, lambda v: normed(reflect_conv(v, 3, 2)))
    x = times(5, x, lambda v: add(normed(reflect_conv(normed(reflect_conv(v, 3)), 3)), v))
    x = times(2, x, lambda v: normed(reflect_conv(nearest(v, 2), 3)))
    return reflect_conv(x, 9)


def vgg16(x, axis, fc6=False):
    """Simonyan, Zisserman 2015; the first dense layer as a 7 x 7 convolution (Long, Shelhamer, Darrell 2015)."""
    for count in (2, 2, 3, 3, 3):
        x = pool(times(count, x, conv, 3))
    return conv(x, 7, pad=0) if fc6 else x


def dncnn(x, depth, axis):
    """cszn/KAIR: network_dncnn.py; the noise is subtracted from the image."""
    return add(times(depth, x, conv, 3), x)


def convolutions(*kernels, pad="same", enlarge=1):
    def network(x, axis):
        for kernel in kernels:
            x = conv(x, kernel, pad=pad)
        return shuffle(x, enlarge)

    return network


def upconv7(x, axis):
    """nagadomi/nunif: waifu2x/models/upconv_7.py."""
    return deconv(times(6, x, conv, 3, pad=0), 4, 2, pad=3)


def fsrcnn(x, factor, axis):
    """Dong, Loy, Tang 2016, as yjn870/FSRCNN-pytorch has it: the last stage is a deconvolution of 9 x 9."""
    return deconv(times(4, conv(x, 5), conv, 3), 9, factor, pad=4, output_padding=factor - 1)


def csrnet(x, axis):
    """leeyeehoo/CSRNet-pytorch: model.py."""
    for count in (2, 2, 3):
        x = pool(times(count, x, conv, 3))
    return times(6, times(3, x, conv, 3), conv, 3, dilation=2)


def mcnn_column1(x, axis):
    """svishwa/crowdcount-mcnn: branch1 of src/models.py."""
    return conv(conv(pool(conv(pool(conv(x, 9)), 7)), 7), 7)


def unet_4level(x, enlarge, axis):
    skips = []
    for _ in range(4):
        x = times(2, x, conv, 3)
        skips.append(x)
        x = pool(x)
    x = times(2, x, conv, 3)
    for skip in reversed(skips):
        x = times(2, concat(enlarge(x, 2), skip), conv, 3)
    return x


def espnet_city(x, axis):
    """sacmehta/ESPNet: p = 2, q = 8."""

    def pyramid(v, kernel=1, stride=1):
        v = conv(v, kernel, stride, pad=(kernel - 1) // 2)
        return concat(*(conv(v, 3, dilation=d) for d in (1, 2, 4, 8, 16)))

    half = pool(x, 3, 2, 1)
    quarter = pool(half, 3, 2, 1)
    level1 = conv(x, 3, 2, pad=1)
    b1 = concat(level1, half)
    level2_0 = pyramid(b1, 3, 2)
    level2 = times(2, level2_0, lambda v: add(v, pyramid(v)))
    b2 = concat(level2, level2_0, quarter)
    level3_0 = pyramid(b2, 3, 2)
    level3 = times(8, level3_0, lambda v: add(v, pyramid(v)))
    deep = deconv(concat(level3_0, level3), 2, 2)
    combined = deconv(pyramid(concat(b2, deep)), 2, 2)
    return deconv(conv(concat(combined, level1), 3), 2, 2)


def lwnet_retina(x, axis):
    """agaldran/lwnet: W-Net."""

    def double(v):
        return add(times(2, v, conv, 3), v)

    def enlarge(v, skip):
        return double(concat(deconv(v, 2, 2), conv(skip, 3)))

    def unet(v):
        full = double(v)
        half = double(pool(full))
        return enlarge(enlarge(double(pool(half)), half), full)

    return unet(concat(x, unet(x)))


def mtcnn_pnet(x, axis):
    """timesler/facenet-pytorch: PNet."""
    return times(2, pool(conv(x, 3, pad=0), rounding="ceil"), conv, 3, pad=0)


def extremec3_portrait(x, axis):
    """clovaai/ext_portrait_segmentation: ExtremeC3Net, read from its ONNX file."""

    def branch(v, kernel, dilation):
        return conv(conv(v, kernel), 3, dilation=dilation) if kernel else conv(v, 3)

    def block(v, *branches):
        return concat(*(branch(v, *b) for b in branches))

    def residual(v):
        return add(v, block(v, (3, 2), (7, 4), (15, 8)))

    half = pool(x)
    b1 = concat(conv(x, 3, 2, pad=1), half)
    level2_0 = block(conv(b1, 3, 2, pad=1), (0, 0), (3, 2), (5, 3))
    level2 = add(level2_0, block(level2_0, (0, 0), (5, 3), (7, 4)))
    b2 = concat(level2, level2_0, pool(half))
    level3_0 = block(b2, (0, 0), (5, 3), (9, 5))
    deep = concat(level3_0, times(5, level3_0, residual))
    fine = residual(conv(x, 3, 2, pad=1))
    joined = add(align_corners(deep, 2 * len(deep)), fine)
    return align_corners(joined, 2 * len(joined))


def sinet_portrait(x, axis):
    """clovaai/ext_portrait_segmentation: SINet, read from its ONNX file."""

    def branch(v, kernel, down):
        if down == 1:
            return conv(v, kernel)
        low = conv(pool(v, down), kernel)
        return align_corners(low, down * len(low))

    def block(v, first, second):
        return concat(branch(v, *first), branch(v, *second))

    def residual(v, first, second):
        return add(v, block(v, first, second))

    def down(v):
        return squeeze(conv(v, 3, 2, pad=1))

    level2_0 = down(conv(x, 3, 2, pad=1))
    level2 = residual(block(level2_0, (3, 1), (5, 1)), (3, 1), (3, 1))
    level3_0 = down(concat(level2_0, level2))
    y = block(level3_0, (3, 1), (5, 1))
    for first, second in [
        ((3, 1), (3, 1)), ((5, 1), (3, 2)), ((5, 2), (3, 4)), ((3, 1), (3, 1)), ((5, 1), (5, 1)), ((3, 2), (3, 4)),
        ((3, 1), (5, 2)),
    ]:
        y = residual(y, first, second)
    deep = concat(level3_0, y)
    gated = add(join(level2, align_corners(deep, 2 * len(deep))), align_corners(deep, 2 * len(deep)))
    half = align_corners(gated, 2 * len(gated))
    return conv(align_corners(half, 2 * len(half)), 3)


def prisma_portrait(x, axis):
    """anilsathyan7/Portrait-Segmentation: Prisma-net, read from its ONNX file."""

    def residual(v):
        return add(v, times(2, v, conv, 3))

    x, skips = conv(x, 3), []
    for count in (1, 1, 1, 2):
        x = times(count, x, residual)
        skips.append(x)
        x = conv(x, 3, 2, pad=(0, 1))
    x = times(6, x, residual)
    for skip in reversed(skips):
        x = times(3, add(deconv(x, 3, 2, after=1), skip), residual)
    return x


# Claims.


class Sizes:
    """Where an axis is defined, and the size of the output: `times * round(size / divisor) + add`."""

    def __init__(self, residues, modulus, least, times=1, divisor=1, rounding="floor", add=0):
        self.residues, self.modulus, self.least = residues, modulus, least
        self.times, self.divisor, self.rounding, self.add = times, divisor, rounding, add

    def __call__(self, size):
        if size % self.modulus not in self.residues or size < self.least:
            return None
        quotient = size // self.divisor if self.rounding == "floor" else -(-size // self.divisor)
        return self.times * quotient + self.add

    def domain(self, variable):
        bound = f"{variable} >= {self.least}"
        if len(self.residues) == self.modulus:
            return bound
        return f"{variable} ≡ {ranges(self.residues)} (mod {self.modulus}), {bound}"

    def record(self, variable):
        return {
            "residues": self.residues, "modulus": self.modulus, "least": self.least, "domain": self.domain(variable),
            "times": self.times, "divisor": self.divisor, "round": self.rounding, "add": self.add,
        }


def ranges(numbers):
    """`0, 31`; three or more neighbours as a range: `0, 25...31`."""
    runs = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}...{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def every(least, **output):
    return Sizes([0], 1, least, **output)


def multiple(modulus, least=None, **output):
    return Sizes([0], modulus, least or modulus, **output)


class Vector:
    """A network and what is claimed of it."""

    def __init__(
        self, name, network, rows, columns=None, *, file=None, text=None, settings=None, offset=0, is_local=True,
        **arguments,
    ):
        """`file` is a network of Networks, `text` one of Tests/Proof/Networks whose name is not that of the vector;
        `settings` are its parameters, `arguments` those of the function `network`."""
        self.name, self.network, self.arguments = name, network, arguments
        self.rows, self.columns = rows, columns or rows
        self.file = f"Networks/{file}/{file}.fcn" if file else f"Tests/Proof/Networks/{text or name}.fcn"
        self.settings, self.offset, self.is_local = settings or {}, offset, is_local

    def evaluate(self, size, axis):
        return self.network(Line.input(size), axis=axis, **self.arguments)

    def check(self):
        for axis, sizes in enumerate([self.rows] if self.columns is self.rows else [self.rows, self.columns]):
            for size in range(1, LIMIT + 1):
                try:
                    found = len(self.evaluate(size, axis))
                except Undefined:
                    found = None
                assert found == sizes(size), (self.name, "rows" if axis == 0 else "columns", size, found, sizes(size))

    def receptive_field(self):
        if not self.is_local:
            return None
        # Large enough for the widest window and many periods on both sides of the middle.
        size = next(s for s in range(1 << 15, 2 << 15) if self.columns(s))
        value = self.evaluate(size, axis=1)
        stride = Fraction(self.columns.divisor, self.columns.times)
        count = next(p for p in range(1, 4096) if self.repeats(value, p, p * stride))
        period = int(count * stride)
        turn = len(value) // 2 // count
        first, last = (
            [int(v[turn * count + i]) - turn * period for i in range(count)] for v in (value.first, value.last))
        starts = [math.floor(i * stride) + self.offset for i in range(count)]
        ends = [math.ceil((i + 1) * stride) + self.offset for i in range(count)]
        return {
            "largest": max(b - a + 1 for a, b in zip(first, last)),
            "stride": str(stride),
            "offset": self.offset,
            "halo": [max(s - a for s, a in zip(starts, first)), max(b - e + 1 for e, b in zip(ends, last))],
            "aligned": [self.offset - min(first), max(last) - period - self.offset + 1],
            "period": period,
            "windows": [list(pair) for pair in zip(first, last)],
        }

    @staticmethod
    def repeats(value, count, period):
        """Whether the windows in the middle third repeat after `count` positions, `period` input positions on."""
        if period.denominator > 1:
            return False
        middle = slice(len(value) // 3, 2 * len(value) // 3)
        return all(
            np.array_equal(np.roll(v, -count)[middle], v[middle] + int(period)) for v in (value.first, value.last))

    def record(self):
        self.check()
        return {
            "name": self.name, "file": self.file, "settings": {k: str(v) for k, v in self.settings.items()},
            "rows": self.rows.record("H"), "columns": self.columns.record("W"),
            "receptive_field": self.receptive_field(),
        }


narrow = {"width": 2, "dense": 4, "classes": 2}
up32 = {"times": 32, "divisor": 32, "rounding": "ceil"}

VECTORS = [
    Vector("fcn32s_p100", fcn, every(1), file="fcn32s", settings=narrow, stride=32, pad=100),
    Vector("fcn16s_p100", fcn, every(1), file="fcn16s", settings=narrow, stride=16, pad=100),
    Vector("fcn8s_p100", fcn, every(1), file="fcn8s", settings=narrow, stride=8, pad=100),
    Vector("fcn8s_p99", fcn, every(1), text="fcn_padded", settings={"stride": 8, "pad": 99}, stride=8, pad=99),
    Vector("fcn32s_p81", fcn, every(33), text="fcn_padded", settings={"stride": 32, "pad": 81}, stride=32, pad=81),
    Vector("fcn16s_p73", fcn, every(49), text="fcn_padded", settings={"stride": 16, "pad": 73}, stride=16, pad=73),
    Vector("fcn8s_p69", fcn, every(57), text="fcn_padded", settings={"stride": 8, "pad": 69}, stride=8, pad=69),
    Vector("segnet_basic", segnet_basic, Sizes([8], 16, 8), multiple(16)),
    Vector("unet_2015", unet_2015, Sizes([12], 16, 188, add=-184), offset=92),
    Vector(
        "smp_resnet18_unet", smp_resnet_unet, Sizes([0, 31], 32, 31, **up32), text="smp_resnet_unet",
        settings={f"blocks{i}": 2 for i in range(1, 5)}, blocks=(2, 2, 2, 2)),
    Vector(
        "smp_resnet34_unet", smp_resnet_unet, Sizes([0, 31], 32, 31, **up32), text="smp_resnet_unet",
        blocks=(3, 4, 6, 3)),
    Vector("u2net", u2net, multiple(32)),
    Vector("noise2noise", noise2noise, multiple(32)),
    Vector("cunet", cunet, multiple(4, 60, add=-56), is_local=False, up=False),
    Vector(
        "upcunet", cunet, multiple(2, 38, times=2, add=-72), is_local=False, text="cunet", settings={"up": "true"},
        up=True),
    Vector("pspnet", pspnet, Sizes([1], 8, 1), is_local=False),
    Vector(
        "bisenetv2", bisenetv2, Sizes([0, *range(25, 32)], 32, 25, times=8, divisor=8, rounding="ceil"),
        is_local=False),
    Vector("dbnet_r18", dbnet_r18, Sizes([0, 29, 30, 31], 32, 29, times=4, divisor=4, rounding="ceil")),
    Vector("fast_style", fast_style, every(5, times=4, divisor=4, rounding="ceil"), is_local=False),
    Vector("vgg16_pool5", vgg16, every(32, divisor=32), file="vgg16", settings={"width": 2}),
    Vector("vgg16_fc6", vgg16, every(224, divisor=32, add=-6), offset=96, fc6=True),
    Vector("dncnn17", dncnn, every(1), file="dncnn25", settings={"depth": 17, "width": 2}, depth=17),
    Vector("dncnn20", dncnn, every(1), file="dncnn25", settings={"depth": 20, "width": 2}, depth=20),
    Vector("srcnn_915", convolutions(9, 1, 5), every(1)),
    Vector("espcn_x3", convolutions(5, 3, 3, enlarge=3), every(1, times=3), file="espcn", settings={"factor": 3}),
    Vector(
        "fsrcnn_deconv_x2", fsrcnn, every(1, times=2), text="fsrcnn_deconv", settings={"factor": 2}, factor=2),
    Vector(
        "fsrcnn_deconv_x3", fsrcnn, every(1, times=3), text="fsrcnn_deconv", settings={"factor": 3}, factor=3),
    Vector("csrnet", csrnet, every(8, divisor=8), file="csrnet", settings={"width": 2}),
    Vector("mcnn_column1", mcnn_column1, every(4, divisor=4)),
    Vector("unet_4level_nearest", unet_4level, multiple(16), enlarge=nearest),
    Vector(
        "unet_4level_bilinear", unet_4level, multiple(16), file="unet_same", settings={"width": 2}, enlarge=bilinear),
    Vector(
        "espnet_city", espnet_city, Sizes([0, 7], 8, 7, times=8, divisor=8, rounding="ceil"), file="espnet_city"),
    Vector(
        "fsrcnn_x2", convolutions(5, 3, 3, 3, 3, enlarge=2), every(1, times=2), file="fsrcnn",
        settings={"factor": 2}),
    Vector(
        "fsrcnn_x3", convolutions(5, 3, 3, 3, 3, enlarge=3), every(1, times=3), file="fsrcnn",
        settings={"factor": 3}),
    Vector("lwnet_retina", lwnet_retina, multiple(4), file="lwnet_retina"),
    Vector(
        "mtcnn_pnet", mtcnn_pnet, every(11, divisor=2, rounding="ceil", add=-5), file="mtcnn_pnet", offset=5),
    Vector(
        "waifu2x_vgg7", convolutions(*[3] * 7, pad=0), every(15, add=-14), file="waifu2x_vgg7", offset=7),
    Vector("waifu2x_upconv7", upconv7, every(15, times=2, add=-28), file="waifu2x_upconv7", offset=7),
    Vector("extremec3_portrait", extremec3_portrait, multiple(4), is_local=False),
    Vector(
        "sinet_portrait", sinet_portrait, Sizes([0, 29, 30, 31], 32, 29, times=4, divisor=4, rounding="ceil"),
        is_local=False),
    Vector("prisma_portrait", prisma_portrait, multiple(16)),
]


def main():
    lines = [json.dumps(vector.record(), ensure_ascii=False) for vector in VECTORS]
    text = "[\n" + ",\n".join(f"  {line}" for line in lines) + "\n]\n"
    (ROOT / "Tests/Proof/vectors.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
