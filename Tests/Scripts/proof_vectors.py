#!/usr/bin/env python3
"""Writes Tests/Proof/vectors.json: for which sizes published networks are defined, what comes out, and what it sees.

Every network is written a second time in `published_networks.py`, from its paper or code. The claims stand in
`VECTORS`, written by hand. The script evaluates every network at every size from 1 to 1024 and stops if a claim about
sizes is wrong; windows are measured in the middle of a large input.

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

import published_networks as net
from axis_arithmetic import Line, Undefined, bilinear, nearest

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 1024


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
    Vector("fcn32s_p100", net.fcn, every(1), file="fcn32s", settings=narrow, stride=32, pad=100),
    Vector("fcn16s_p100", net.fcn, every(1), file="fcn16s", settings=narrow, stride=16, pad=100),
    Vector("fcn8s_p100", net.fcn, every(1), file="fcn8s", settings=narrow, stride=8, pad=100),
    Vector("fcn8s_p99", net.fcn, every(1), text="fcn_padded", settings={"stride": 8, "pad": 99}, stride=8, pad=99),
    Vector("fcn32s_p81", net.fcn, every(33), text="fcn_padded", settings={"stride": 32, "pad": 81}, stride=32, pad=81),
    Vector("fcn16s_p73", net.fcn, every(49), text="fcn_padded", settings={"stride": 16, "pad": 73}, stride=16, pad=73),
    Vector("fcn8s_p69", net.fcn, every(57), text="fcn_padded", settings={"stride": 8, "pad": 69}, stride=8, pad=69),
    Vector("segnet_basic", net.segnet_basic, Sizes([8], 16, 8), multiple(16)),
    Vector("unet_2015", net.unet_2015, Sizes([12], 16, 188, add=-184), offset=92),
    Vector(
        "smp_resnet18_unet", net.smp_resnet_unet, Sizes([0, 31], 32, 31, **up32), text="smp_resnet_unet",
        settings={f"blocks{i}": 2 for i in range(1, 5)}, blocks=(2, 2, 2, 2)),
    Vector(
        "smp_resnet34_unet", net.smp_resnet_unet, Sizes([0, 31], 32, 31, **up32), text="smp_resnet_unet",
        blocks=(3, 4, 6, 3)),
    Vector("u2net", net.u2net, multiple(32)),
    Vector("noise2noise", net.noise2noise, multiple(32)),
    Vector("cunet", net.cunet, multiple(4, 60, add=-56), is_local=False, up=False),
    Vector(
        "upcunet", net.cunet, multiple(2, 38, times=2, add=-72), is_local=False, text="cunet", settings={"up": "true"},
        up=True),
    Vector("pspnet", net.pspnet, Sizes([1], 8, 1), is_local=False),
    Vector(
        "bisenetv2", net.bisenetv2, Sizes([0, *range(25, 32)], 32, 25, times=8, divisor=8, rounding="ceil"),
        is_local=False),
    Vector("dbnet_r18", net.dbnet_r18, Sizes([0, 29, 30, 31], 32, 29, times=4, divisor=4, rounding="ceil")),
    Vector("fast_style", net.fast_style, every(5, times=4, divisor=4, rounding="ceil"), is_local=False),
    Vector("vgg16_pool5", net.vgg16, every(32, divisor=32), file="vgg16", settings={"width": 2}),
    Vector("vgg16_fc6", net.vgg16, every(224, divisor=32, add=-6), offset=96, fc6=True),
    Vector("dncnn17", net.dncnn, every(1), file="dncnn25", settings={"depth": 17, "width": 2}, depth=17),
    Vector("dncnn20", net.dncnn, every(1), file="dncnn25", settings={"depth": 20, "width": 2}, depth=20),
    Vector("srcnn_915", net.convolutions(9, 1, 5), every(1)),
    Vector("espcn_x3", net.convolutions(5, 3, 3, enlarge=3), every(1, times=3), file="espcn", settings={"factor": 3}),
    Vector(
        "fsrcnn_deconv_x2", net.fsrcnn, every(1, times=2), text="fsrcnn_deconv", settings={"factor": 2}, factor=2),
    Vector(
        "fsrcnn_deconv_x3", net.fsrcnn, every(1, times=3), text="fsrcnn_deconv", settings={"factor": 3}, factor=3),
    Vector("csrnet", net.csrnet, every(8, divisor=8), file="csrnet", settings={"width": 2}),
    Vector("mcnn_column1", net.mcnn_column1, every(4, divisor=4)),
    Vector("unet_4level_nearest", net.unet_4level, multiple(16), enlarge=nearest),
    Vector(
        "unet_4level_bilinear", net.unet_4level, multiple(16), file="unet_same", settings={"width": 2},
        enlarge=bilinear),
    Vector(
        "espnet_city", net.espnet_city, Sizes([0, 7], 8, 7, times=8, divisor=8, rounding="ceil"), file="espnet_city"),
    Vector(
        "fsrcnn_x2", net.convolutions(5, 3, 3, 3, 3, enlarge=2), every(1, times=2), file="fsrcnn",
        settings={"factor": 2}),
    Vector(
        "fsrcnn_x3", net.convolutions(5, 3, 3, 3, 3, enlarge=3), every(1, times=3), file="fsrcnn",
        settings={"factor": 3}),
    Vector("lwnet_retina", net.lwnet_retina, multiple(4), file="lwnet_retina"),
    Vector(
        "mtcnn_pnet", net.mtcnn_pnet, every(11, divisor=2, rounding="ceil", add=-5), file="mtcnn_pnet", offset=5),
    Vector(
        "waifu2x_vgg7", net.convolutions(*[3] * 7, pad=0), every(15, add=-14), file="waifu2x_vgg7", offset=7),
    Vector("waifu2x_upconv7", net.upconv7, every(15, times=2, add=-28), file="waifu2x_upconv7", offset=7),
    Vector("extremec3_portrait", net.extremec3_portrait, multiple(4), is_local=False),
    Vector(
        "sinet_portrait", net.sinet_portrait, Sizes([0, 29, 30, 31], 32, 29, times=4, divisor=4, rounding="ceil"),
        file="sinet_portrait", is_local=False),
    Vector("prisma_portrait", net.prisma_portrait, multiple(16)),
]


def main():
    lines = [json.dumps(vector.record(), ensure_ascii=False) for vector in VECTORS]
    text = "[\n" + ",\n".join(f"  {line}" for line in lines) + "\n]\n"
    (ROOT / "Tests/Proof/vectors.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
