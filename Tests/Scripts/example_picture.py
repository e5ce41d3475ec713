#!/usr/bin/env python3
"""Draws Networks/edges/example.png: a made-up scene (sky, hills, a house, a sun, a fence), for a first run without a
photograph at hand. Needs NumPy only; the same picture every time."""
import struct
import sys
import zlib

import numpy as np

H, W = 360, 540
y, x = np.mgrid[0:H, 0:W].astype(np.float64)
rng = np.random.default_rng(7)
sky = np.stack([0.45 + 0.35 * y / H, 0.62 + 0.25 * y / H, 0.90 + 0 * y], -1)
img = sky.copy()


def paint(mask, color, shade=None):
    c = np.asarray(color, float)[None, None, :] * (1 if shade is None else shade[..., None])
    img[mask] = np.broadcast_to(c, img.shape)[mask]


paint((x - 430) ** 2 + (y - 70) ** 2 < 38**2, (1.0, 0.88, 0.45))
for cx, cy, r in [(90, 70, 26), (125, 62, 34), (165, 74, 24), (300, 48, 18), (325, 44, 24)]:
    paint((x - cx) ** 2 / 1.9 + (y - cy) ** 2 < r**2, (0.97, 0.97, 0.98))
paint(y > 190 + 38 * np.sin(x / 70) + 12 * np.sin(x / 23), (0.35, 0.55, 0.42), 0.8 + 0.3 * y / H)
paint(y > 235 + 20 * np.sin(x / 110 + 2), (0.47, 0.66, 0.30), 0.75 + 0.35 * y / H)
paint((np.abs(x - 200) < 62) & (np.abs(y - 245) < 45), (0.83, 0.70, 0.55), 1 - 0.0022 * (x - 140))
paint((y > 145) & (y < 202) & (np.abs(x - 200) < (y - 140) * 1.35), (0.62, 0.25, 0.20), 0.75 + 0.004 * (y - 140))
paint((np.abs(x - 200) < 14) & (np.abs(y - 264) < 26), (0.35, 0.22, 0.15))
for wx in (162, 238):
    paint((np.abs(x - wx) < 13) & (np.abs(y - 236) < 13), (0.25, 0.35, 0.5))
    paint(((np.abs(x - wx) < 1.5) | (np.abs(y - 236) < 1.5)) & (np.abs(x - wx) < 13) & (np.abs(y - 236) < 13), (0.9, 0.9, 0.88))
for k in range(11):
    px = 300 + 22 * k
    paint((np.abs(x - px) < 5) & (y > 262) & (y < 318), (0.9, 0.86, 0.78), 0.8 + 0.02 * k + 0 * x)
paint((x > 295) & (x < 530) & ((np.abs(y - 275) < 3) | (np.abs(y - 302) < 3)), (0.86, 0.8, 0.7))
paint((np.abs(x - 70) < 8) & (y > 215) & (y < 305), (0.36, 0.25, 0.17))
paint((x - 70) ** 2 / 0.8 + (y - 190) ** 2 < 48**2, (0.22, 0.45, 0.20), 0.8 + 0.5 * ((70 - x) + (190 - y)) / 200)
img += rng.normal(0, 0.008, img.shape)
data = (np.clip(img, 0, 1) * 255 + 0.5).astype(np.uint8) & 0xFC


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


raw = b"".join(b"\2" + (row - prev).astype(np.uint8).tobytes() for row, prev in
               zip(data, np.concatenate([np.zeros_like(data[:1]), data[:-1]])))
out = sys.argv[1] if len(sys.argv) > 1 else "Networks/edges/example.png"
with open(out, "wb") as f:
    f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))
