#!/usr/bin/env python3
"""Writes Tests/FCNInterchangeTests/NPYSamples.swift: small .npy and .npz files made by NumPy, as hexadecimal text.

    npy_samples.py > Tests/FCNInterchangeTests/NPYSamples.swift
"""
import io

import numpy as np


def npy(array, version=(1, 0)):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return out.getvalue()


def npz(save, **arrays):
    out = io.BytesIO()
    save(out, **arrays)
    return out.getvalue()


def declare(name, data):
    text = data.hex()
    lines = [text[start : start + 108] for start in range(0, len(text), 108)]
    joined = " \\\n    ".join(lines).replace(" \\", "\\")
    print(f'  static let {name} = bytes(\n    """\n    {joined}\n    """)')


numbers = np.array([[0.5, -1.25, 3], [4, 1024, -0.0078125]])
whole = np.array([[0, 1, 2], [3, 200, 255]])
print("/// Files made by NumPy through `Tests/Scripts/npy_samples.py`; do not edit.")
print("enum NPYSamples {")
declare("float16", npy(numbers.astype("<f2")))
declare("float32", npy(numbers.astype("<f4")))
declare("float64", npy(numbers.astype("<f8")))
declare("version2", npy(numbers.astype("<f4"), (2, 0)))
declare("version3", npy(numbers.astype("<f4"), (3, 0)))
declare("fortran", npy(np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4))))
declare("int64", npy(whole.astype("<i8")))
declare("uint8", npy(whole.astype("u1")))
declare("scalar", npy(np.array(7, dtype="<f4")))
declare("empty", npy(np.zeros((0, 3), dtype="<f4")))
declare("bigEndian", npy(numbers.astype(">f4")))
declare("complex", npy(numbers.astype("<c8")))
declare("record", npy(np.zeros(2, dtype=[("a", "<f4")])))
declare("notANumber", npy(np.array([[0, 1], [np.nan, 3]], dtype="<f4")))
declare("stored", npz(np.savez, weight=numbers.astype("<f4"), count=whole.astype("<i8")))
declare("deflated", npz(np.savez_compressed, weight=np.full((64, 64), 0.5, dtype="<f4"), bias=np.arange(4, dtype="<f8")))
print()
print(
    """  private static func bytes(_ text: String) -> [UInt8] {
    let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }
}"""
)
