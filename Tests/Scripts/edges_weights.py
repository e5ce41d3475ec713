#!/usr/bin/env python3
"""Writes Networks/edges/edges.safetensors: classical image operators as the weights of convolutions.

Needs NumPy. Run from anywhere; running it again changes nothing.
"""

import json
import struct
from pathlib import Path

import numpy as np

# Gradient per pixel at which an edge counts as probable (images are 0...1), and how sharply the answer turns there.
THRESHOLD = 0.05
STEEPNESS = 90.0


def smoothing():
    """The 5 x 5 binomial filter, close to a Gaussian of standard deviation 1; its sum is 1."""
    row = np.array([1, 4, 6, 4, 1], np.float64) / 16
    return np.outer(row, row)[None, None]


def gradients():
    """Scharr derivatives along 0, 45, 90 and 135 degrees, scaled to brightness per pixel."""
    across = np.array([[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]], np.float64) / 32
    down = across.T
    half = np.sqrt(0.5)
    return np.stack([across, half * (across + down), down, half * (down - across)])[:, None]


def threshold():
    """Sums the four magnitudes. Together they are nearly the length of the gradient, times the mean over all directions
    of the sum of |cos| over four axes, 8 / pi; between them and that lie at most 5 per cent."""
    return np.full((1, 4, 1, 1), STEEPNESS / (8 / np.pi)), np.array([-STEEPNESS * THRESHOLD])


def write_safetensors(path, tensors):
    header, data = {}, b""
    for name in sorted(tensors):
        numbers = np.ascontiguousarray(tensors[name], "<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensors[name].shape),
            "data_offsets": [len(data), len(data) + len(numbers)],
        }
        data += numbers
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    weight, bias = threshold()
    target = Path(__file__).resolve().parents[2] / "Networks" / "edges" / "edges.safetensors"
    write_safetensors(
        target,
        {
            "smooth.weight": smoothing(),
            "gradient.weight": gradients(),
            "threshold.weight": weight,
            "threshold.bias": bias,
        },
    )


if __name__ == "__main__":
    main()
