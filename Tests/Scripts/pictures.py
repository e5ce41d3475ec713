"""Writes the pictures and expected numbers of Tests/FCNRuntimeTests/Fixtures.

Needs Pillow and NumPy. Pillow encodes the pictures; the numbers come from NumPy alone, so that nothing that is tested
computes its own expectation. Arrays are float32 .npy files: (channels, height, width).
"""

import io
import pathlib
import struct
import sys
import zlib

import numpy as np
from PIL import Image

OUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "Tests/FCNRuntimeTests/Fixtures")
rng = np.random.default_rng(7)


def save_array(name, array):
    np.save(OUT / f"{name}.npy", np.ascontiguousarray(array, dtype="<f4"))


def planar(samples):
    samples = np.asarray(samples)
    return samples[None] if samples.ndim == 2 else samples.transpose(2, 0, 1)


def smooth(height, width, channels, maximum):
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(channels), indexing="ij")
    value = 0.5 + 0.3 * np.sin(0.31 * x + c) + 0.2 * np.cos(0.47 * y - 2 * c)
    return np.rint(np.clip(value, 0, 1) * maximum)


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(rows, width, height, bits, color, interlace=0, extra=b""):
    """A PNG file from rows of packed bytes without their filter byte."""
    data = b"".join(b"\0" + row for row in rows)
    head = struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, interlace)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(data, 9))
            + chunk(b"IEND", b""))


def write(name, data):
    (OUT / name).write_bytes(data)


def packed(values, bits):
    """Rows of values packed to `bits` each, the first in the highest bits."""
    rows = []
    for row in values:
        text = "".join(format(int(v), f"0{bits}b") for v in row)
        text += "0" * (-len(text) % 8)
        rows.append(bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8)))
    return rows


def adam7(samples, bits):
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    rows = []
    for y, x, dy, dx in passes:
        for row in samples[y::dy, x::dx]:
            if row.size:
                rows.append(row.astype(">u2" if bits == 16 else "u1").tobytes())
    return rows


def pictures():
    for channels, kind in [(1, 0), (2, 4), (3, 2), (4, 6)]:
        for bits in (8, 16):
            full = 2**bits - 1
            samples = rng.integers(0, full + 1, (5, 7, channels))
            rows = [row.astype(">u2" if bits == 16 else "u1").tobytes() for row in samples]
            write(f"png-{channels}x{bits}.png", png(rows, 7, 5, bits, kind))
            save_array(f"png-{channels}x{bits}", samples.transpose(2, 0, 1))
    for bits in (1, 2, 4):
        samples = rng.integers(0, 2**bits, (5, 11))
        write(f"png-grey{bits}.png", png(packed(samples, bits), 11, 5, bits, 0))
        save_array(f"png-grey{bits}", samples[None] * (255 // (2**bits - 1)))
        colors = rng.integers(0, 256, (2**bits, 3))
        write(f"png-palette{bits}.png",
              png(packed(samples, bits), 11, 5, bits, 3, extra=chunk(b"PLTE", colors.astype("u1").tobytes())))
        save_array(f"png-palette{bits}", colors[samples].transpose(2, 0, 1))
    samples = rng.integers(0, 4, (6, 5))
    colors = rng.integers(0, 256, (4, 3))
    alpha = np.array([0, 128, 255, 255])
    write("png-transparent.png", png(packed(samples, 8), 5, 6, 8, 3, extra=chunk(
        b"PLTE", colors.astype("u1").tobytes()) + chunk(b"tRNS", alpha[:2].astype("u1").tobytes())))
    save_array("png-transparent", np.concatenate([colors[samples], alpha[samples][..., None]], 2).transpose(2, 0, 1))
    for bits in (8, 16):
        samples = rng.integers(0, 2**bits, (9, 10, 3))
        write(f"png-interlaced{bits}.png", png(adam7(samples, bits), 10, 9, bits, 2, interlace=1))
        save_array(f"png-interlaced{bits}", samples.transpose(2, 0, 1))

    grey = smooth(13, 19, 1, 255)[..., 0].astype("u1")
    color = smooth(13, 19, 3, 255).astype("u1")
    for name, picture, options in [
        ("grey", Image.fromarray(grey), {}),
        ("444", Image.fromarray(color), {"subsampling": 0}),
        ("420", Image.fromarray(color), {"subsampling": 2}),
        ("progressive", Image.fromarray(color), {"progressive": True, "subsampling": 0}),
    ]:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=92, **options)
        write(f"jpeg-{name}.jpg", buffer.getvalue())
        save_array(f"jpeg-{name}", planar(np.array(Image.open(buffer))))
    Image.fromarray(np.zeros((4, 4, 4), "u1"), "CMYK").save(OUT / "jpeg-cmyk.jpg", "JPEG")

    # The picture stands upright after the turn; what is stored is turned the other way.
    upright = np.zeros((16, 24), "u1")
    upright[:8, :8], upright[:8, 8:16], upright[:8, 16:] = 10, 60, 110
    upright[8:, :8], upright[8:, 8:16], upright[8:, 16:] = 160, 200, 250
    save_array("upright", upright[None])
    stored = {
        1: upright, 2: upright[:, ::-1], 3: upright[::-1, ::-1], 4: upright[::-1],
        5: upright.T, 6: np.rot90(upright, 1), 7: np.rot90(upright, 2).T, 8: np.rot90(upright, -1),
    }
    for code, samples in stored.items():
        order = "<" if code % 2 else ">"
        entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, code, 0)
        exif = b"Exif\0\0" + (b"II" if code % 2 else b"MM") + struct.pack(order + "HIH", 42, 8, 1) + entry + bytes(4)
        Image.fromarray(np.ascontiguousarray(samples)).save(
            OUT / f"orientation{code}.jpg", "JPEG", quality=100, exif=exif)

    # The same in PNG files, whose eXIf chunk stands before the pixels or behind them.
    corner = np.array([[10, 60, 110], [160, 200, 250]], "u1")
    turned = {1: corner, 2: corner[:, ::-1], 3: corner[::-1, ::-1], 4: corner[::-1], 5: corner.T,
              6: np.rot90(corner, 1), 7: np.rot90(corner, 2).T, 8: np.rot90(corner, -1)}
    for code, samples in turned.items():
        entry = struct.pack(">HHIHH", 0x0112, 3, 1, code, 0)
        exif = chunk(b"eXIf", b"MM" + struct.pack(">HIH", 42, 8, 1) + entry + bytes(4))
        file = png([row.tobytes() for row in samples], samples.shape[1], samples.shape[0], 8, 0,
                   extra=exif if code % 2 else b"")
        write(f"orientation{code}.png", file if code % 2 else file[:-12] + exif + file[-12:])

    # 1 is black.
    bits = np.array([[1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0], [0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 1], [1] * 11], "u1")
    write("pbm-p4.pbm", b"P4\n# comment\n11 3\n" + b"".join(packed(bits, 1)))
    text = "\n".join("".join(str(v) for v in row) for row in bits[:2]) + "\n# comment\n" + " ".join("1" * 11)
    write("pbm-p1.pbm", b"P1 11 3\n" + text.encode() + b"\n")
    for name in ("pbm-p1", "pbm-p4"):
        save_array(name, (1 - bits[None].astype("i4")) * 255)

    samples = rng.integers(0, 256, (3, 4, 3))
    write("pnm-p6.ppm", b"P6 # comment\n4 3\n255\n" + samples.astype("u1").tobytes())
    write("pnm-p3.ppm", b"P3\n4 3 255\n" + " ".join(str(v) for v in samples.reshape(-1)).encode() + b"\n")
    save_array("pnm-p6", samples.transpose(2, 0, 1))
    save_array("pnm-p3", samples.transpose(2, 0, 1))
    samples = rng.integers(0, 65536, (4, 3))
    write("pnm-p5wide.pgm", b"P5\n3 4\n65535\n" + samples.astype(">u2").tobytes())
    save_array("pnm-p5wide", samples[None])
    samples = rng.integers(0, 16, (4, 3))
    write("pnm-p2.pgm", b"P2\n# comment\n3 4\n15\n" + b"\n".join(b" ".join(str(v).encode() for v in r) for r in samples))
    save_array("pnm-p2", samples[None] * 17)


def taps(filter, size, out):
    """The matrix (out, size) that resamples a line with half-pixel centres, no antialiasing, edges repeated."""
    matrix = np.zeros((out, size))
    scale = size / out
    for o in range(out):
        if filter == "area":
            low, high = o * scale, (o + 1) * scale
            for i in range(size):
                matrix[o, i] = max(0.0, min(i + 1, high) - max(i, low)) / scale
            continue
        center = (o + 0.5) * scale - 0.5
        base = int(np.floor(center))
        t = center - base
        if filter == "nearest":
            weights = {int(np.floor((o + 0.5) * scale)): 1.0}
        elif filter == "bilinear":
            weights = {base: 1 - t, base + 1: t}
        else:
            def cubic(x, a=-0.75):
                x = abs(x)
                if x <= 1:
                    return (a + 2) * x**3 - (a + 3) * x**2 + 1
                return a * x**3 - 5 * a * x**2 + 8 * a * x - 4 * a if x < 2 else 0.0
            weights = {base + k: cubic(t - k) for k in range(-1, 3)}
        for i, w in weights.items():
            matrix[o, min(max(i, 0), size - 1)] += w
    return matrix


def resized(planes, filter, height, width):
    vertical, horizontal = taps(filter, planes.shape[1], height), taps(filter, planes.shape[2], width)
    return np.einsum("oh,chw,pw->cop", vertical, planes, horizontal)


def preprocessing():
    photo = rng.integers(0, 256, (12, 18, 3)).astype("u1")
    Image.fromarray(photo).save(OUT / "photo.png")
    rgb = photo.transpose(2, 0, 1) / 255.0
    save_array("photo-rgb", rgb)
    save_array("photo-bgr255", rgb[::-1] * 255)
    mean, deviation = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    save_array("photo-normalised", (rgb - mean[:, None, None]) / deviation[:, None, None])
    save_array("photo-grey", (rgb * np.array([0.2, 0.7, 0.1])[:, None, None]).sum(0, keepdims=True))
    luma = (rgb * np.array([0.299, 0.587, 0.114])[:, None, None]).sum(0, keepdims=True)
    save_array("photo-luma", luma)
    for filter in ("nearest", "bilinear", "bicubic", "area"):
        save_array(f"photo-{filter}-7x25", resized(rgb, filter, 7, 25))
        save_array(f"photo-{filter}-30x5", resized(rgb, filter, 30, 5))
    # Luma of 24x36 with the chroma of the photograph enlarged (bicubic), as an RGB picture.
    y = resized(luma, "bicubic", 24, 36)[0]
    y = np.clip(y, 0, 1)
    cb = (rgb[2] - luma[0]) / 1.772
    cr = (rgb[0] - luma[0]) / 1.402
    cb, cr = resized(np.stack([cb, cr]), "bicubic", 24, 36)
    joined = np.stack([y + 1.402 * cr, y - 0.344136286 * cb - 0.714136286 * cr, y + 1.772 * cb])
    save_array("photo-luma-doubled", y[None])
    save_array("photo-joined", np.rint(np.clip(joined, 0, 1) * 255))


def arrays():
    values = rng.normal(size=(3, 4, 5))
    save_array("array", values)
    np.save(OUT / "array-batch.npy", values[None].astype("<f4"))
    np.save(OUT / "array-double.npy", values)
    np.save(OUT / "array-fortran.npy", np.asfortranarray(values.astype("<f4")))
    np.save(OUT / "array-two.npy", values[0].astype("<f4"))
    bad = values.astype("<f4")
    bad[1, 2, 3] = np.nan
    np.save(OUT / "array-nan.npy", bad)
    bad[1, 2, 3] = -np.inf
    np.save(OUT / "array-infinite.npy", bad)


OUT.mkdir(parents=True, exist_ok=True)
pictures()
preprocessing()
arrays()
