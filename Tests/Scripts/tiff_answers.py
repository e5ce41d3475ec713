"""Compares TIFF files with NumPy files: tiff_answers.py A.tif A.npy B.tif B.npy ...

tifffile must read exactly the numbers that NumPy reads. Ends with 77 where tifffile or imagecodecs is missing.
"""

import sys

try:
    import imagecodecs  # noqa: F401 (tifffile needs it for predictors)
    import numpy as np
    import tifffile
except ImportError:
    sys.exit(77)

for tiff, npy in zip(sys.argv[1::2], sys.argv[2::2]):
    found, expected = tifffile.imread(tiff), np.load(npy)
    if expected.shape[0] == 1:
        expected = expected[0]
    if found.dtype != np.float32 or found.shape != expected.shape or not np.array_equal(found, expected):
        sys.exit(f"{tiff}: {found.dtype} {found.shape} differs from {npy}: {expected.shape}")
