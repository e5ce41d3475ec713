"""What stages do to one axis of a value, by plain integer arithmetic.

An axis is an array that holds, for each position, the first and the last input position that it is computed from.
"""

import numpy as np


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
