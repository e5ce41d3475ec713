"""Writes the TIFF files and the expected samples of Tests/FCNRuntimeTests/Fixtures (tiff-*).

Needs NumPy, tifffile and imagecodecs. Plain files are written here byte for byte, compressed ones by tifffile; the
samples come from NumPy alone. Arrays are float32 .npy files: (channels, height, width).
"""

import pathlib
import struct
import sys

import numpy as np
import tifffile

OUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "Tests/FCNRuntimeTests/Fixtures")
rng = np.random.default_rng(11)

BYTE, ASCII, SHORT, LONG, RATIONAL, DOUBLE, LONG8 = 1, 2, 3, 4, 5, 12, 16
FORMATS = {BYTE: "B", SHORT: "H", LONG: "I", DOUBLE: "d", LONG8: "Q"}


def save_array(name, samples):
    """Saves (height, width, channels), or (height, width), as planes."""
    samples = np.asarray(samples)
    planes = samples[None] if samples.ndim == 2 else samples.transpose(2, 0, 1)
    np.save(OUT / f"tiff-{name}.npy", np.ascontiguousarray(planes, dtype="<f4"))


def tiff(pages, order="<", big=False):
    """A TIFF file of pages ({tag: (type, values)}, strips)."""
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "H", 43 if big else 42)
    file = bytearray(head + (struct.pack(order + "HHQ", 8, 0, 0) if big else struct.pack(order + "I", 0)))
    word, inline = ("Q", 8) if big else ("I", 4)
    link = len(file) - inline
    for tags, strips in pages:
        offsets = []
        for strip in strips:
            offsets.append(len(file))
            file += strip
        tags = dict(tags)
        tags[273] = (LONG8 if big else LONG, offsets)
        tags[279] = (LONG8 if big else LONG, [len(strip) for strip in strips])
        entries = []
        for tag, (kind, values) in sorted(tags.items()):
            if kind == ASCII:
                count, data = len(values) + 1, values.encode() + b"\0"
            elif kind == RATIONAL:
                count, data = len(values), b"".join(struct.pack(order + "II", *value) for value in values)
            else:
                count, data = len(values), struct.pack(order + FORMATS[kind] * len(values), *values)
            if len(data) > inline:
                file += bytes(len(file) % 2)
                place, data = len(file), data
                file += data
                data = struct.pack(order + word, place)
            entries.append(struct.pack(order + "HH" + word, tag, kind, count) + data.ljust(inline, b"\0"))
        file += bytes(len(file) % 2)
        file[link:link + inline] = struct.pack(order + word, len(file))
        file += struct.pack(order + ("Q" if big else "H"), len(entries)) + b"".join(entries)
        link = len(file)
        file += bytes(inline)
    return bytes(file)


def tags(samples, bits=None, photometric=1, planar=False, rows=None, more={}):
    """The tags of a picture (height, width) or (height, width, channels)."""
    channels = samples.shape[2] if samples.ndim == 3 else 1
    format = {"u": 1, "i": 2, "f": 3}[samples.dtype.kind]
    result = {
        256: (LONG, [samples.shape[1]]), 257: (LONG, [samples.shape[0]]),
        258: (SHORT, [bits or samples.dtype.itemsize * 8] * channels), 259: (SHORT, [1]), 262: (SHORT, [photometric]),
        277: (SHORT, [channels]), 278: (LONG, [rows or samples.shape[0]]), 284: (SHORT, [2 if planar else 1]),
        339: (SHORT, [format] * channels),
    }
    colors = 3 if photometric == 2 else 1
    if channels > colors:
        result[338] = (SHORT, [0] * (channels - colors))
    result.update(more)
    return result


def strips(samples, order="<", planar=False, rows=None):
    rows = rows or samples.shape[0]
    data = samples.astype(samples.dtype.newbyteorder(order))
    planes = [data[..., c] for c in range(data.shape[2])] if planar else [data]
    return [plane[y:y + rows].tobytes() for plane in planes for y in range(0, len(plane), rows)]


def packed(values, bits):
    """Rows of values packed to `bits` each, the first in the highest bits."""
    rows = []
    for row in values:
        text = "".join(format(int(v), f"0{bits}b") for v in row)
        text += "0" * (-len(text) % 8)
        rows.append(bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8)))
    return b"".join(rows)


def write(name, data):
    (OUT / f"tiff-{name}.tif").write_bytes(data)


def plain(name, samples, order="<", big=False, planar=False, rows=None, photometric=1, more={}):
    write(name, tiff([(tags(samples, photometric=photometric, planar=planar, rows=rows, more=more),
                       strips(samples, order, planar, rows))], order, big))


def random(kind, *shape):
    if np.dtype(kind).kind == "f":
        return rng.normal(scale=100, size=shape).astype(kind)
    limits = np.iinfo(kind)
    return rng.integers(limits.min, limits.max, shape, dtype=kind, endpoint=True)


def kinds():
    """Every type of sample, in strips of two rows, by turns little- and big-endian, TIFF and BigTIFF."""
    for index, kind in enumerate(["u1", "u2", "u4", "i1", "i2", "i4", "f2", "f4", "f8"]):
        samples = random(kind, 5, 7)
        plain(kind, samples, order="<>"[index % 2], big=index % 3 == 0, rows=2)
        save_array(kind, samples)
    for bits in (1, 2, 4, 6, 12):
        samples = rng.integers(0, 2**bits, (5, 7)).astype("u2")
        write(f"bits{bits}", tiff([(tags(samples, bits), [packed(samples, bits)])]))
        save_array(f"bits{bits}", samples)


def layouts():
    samples = random("u2", 5, 7, 5)
    save_array("five", samples)
    plain("five-chunky", samples, rows=2)
    plain("five-planar", samples, planar=True, rows=3, order=">")
    samples = random("f4", 20, 37, 3)
    save_array("tiled", samples)
    for name, options in [
        ("chunky", dict(planarconfig="contig", compression="zlib", predictor=3)),
        ("planar", dict(planarconfig="separate", compression="lzw")),
    ]:
        data = samples.transpose(2, 0, 1) if name == "planar" else samples
        tifffile.imwrite(OUT / f"tiff-tiled-{name}.tif", data, tile=(16, 16), photometric="minisblack", metadata=None,
                         software=False, **options)
    y, x = np.mgrid[:24, :40]
    samples = np.rint(127 + 90 * np.sin(0.3 * x) * np.cos(0.2 * y)).astype("u1")
    save_array("compressed", samples)
    for compression in ["zlib", "lzw", "packbits", "zstd", "lzma", "lerc"]:
        predictor = 2 if compression in ("zlib", "lzw", "zstd") else None
        tifffile.imwrite(OUT / f"tiff-{compression}.tif", samples, compression=compression, predictor=predictor,
                         rowsperstrip=7, metadata=None, software=False)
    color = np.stack([samples, samples[::-1], 255 - samples], 2)
    tifffile.imwrite(OUT / "tiff-jpeg.tif", color, compression="jpeg", compressionargs={"level": 98},
                     rowsperstrip=16, metadata=None, software=False)
    # What is lost is lost: the samples are those of another decoder.
    save_array("jpeg", tifffile.imread(OUT / "tiff-jpeg.tif"))


def colors():
    samples = random("u1", 4, 6, 3)
    save_array("rgb", samples)
    plain("rgb", samples, photometric=2)
    for bits, kind in ((8, "u1"), (16, "u2")):
        grey = random(kind, 4, 6)
        plain(f"white{bits}", grey, photometric=0)
        save_array(f"white{bits}", 2**bits - 1 - grey.astype("i8"))
    bit = rng.integers(0, 2, (4, 6)).astype("u1")
    write("white1", tiff([(tags(bit, 1, photometric=0), [packed(bit, 1)])]))
    save_array("white1", 1 - bit)
    for name, bits, scale in [("palette8", 8, 257), ("palette4", 4, 1), ("palette-wide", 4, 0)]:
        indexes = rng.integers(0, 2**bits, (4, 6)).astype("u1")
        map = rng.integers(0, 65536 if scale == 0 else 256, (3, 2**bits))
        more = {320: (SHORT, (map * max(scale, 1)).reshape(-1).tolist())}
        write(name, tiff([(tags(indexes, bits, photometric=3, more=more), [packed(indexes, bits)])]))
        save_array(name, map.T[indexes])
    samples = random("u1", 4, 6, 4)
    save_array("alpha", samples)
    plain("alpha", samples, photometric=2, more={338: (SHORT, [2])})
    samples[..., :3] = np.rint(samples[..., :3] * (samples[..., 3:] / 255.0))
    save_array("premultiplied", samples)
    plain("premultiplied", samples, photometric=2, more={338: (SHORT, [1])})
    five = random("u1", 4, 6, 5)
    save_array("alpha-before", five)
    plain("alpha-before", five, photometric=2, more={338: (SHORT, [2, 0])})
    plain("cmyk", random("u1", 4, 6, 4), photometric=5, more={338: (SHORT, [0])})
    plain("ycbcr", random("u1", 4, 6, 3), photometric=6, more={530: (SHORT, [1, 1])})
    plain("lab", random("u1", 4, 6, 3), photometric=8)
    plain("u8", random("u8", 4, 6))
    plain("white-float", random("f4", 4, 6), photometric=0)
    complexes = random("f4", 4, 6, 2)
    write("complex", tiff([(tags(complexes[..., 0], 64, more={339: (SHORT, [6])}), strips(complexes))]))


def pages():
    stack = random("u2", 5, 4, 6)
    save_array("pages", stack.transpose(1, 2, 0))
    write("pages", tiff([(tags(page), strips(page)) for page in stack]))
    # A page, a smaller copy of it and a mask: one page.
    more = lambda kind: {254: (LONG, [kind])}
    page, mask = stack[0], (stack[0] > 0).astype("u1")
    write("overview", tiff([
        (tags(page, more=more(0)), strips(page)),
        (tags(page[::2, ::2], more=more(1)), strips(page[::2, ::2])),
        (tags(mask, 8, photometric=4, more=more(4)), strips(mask)),
    ]))
    save_array("overview", page)
    plain("imagej-stack", stack[0], more={270: (ASCII, "ImageJ=1.53t\nimages=5\nslices=5\n")})
    other = random("u2", 4, 5)
    write("pages-of-two-sizes", tiff([(tags(p), strips(p)) for p in (page, other)]))
    eight = random("u1", 4, 6)
    write("pages-of-two-depths", tiff([(tags(p), strips(p)) for p in (page, eight)]))
    save_array("pages-of-two-depths", np.stack([page, eight], 2))

    upright = np.array([[10, 60, 110], [160, 200, 250]], "u1")
    save_array("upright", upright)
    stored = {
        1: upright, 2: upright[:, ::-1], 3: upright[::-1, ::-1], 4: upright[::-1],
        5: upright.T, 6: np.rot90(upright, 1), 7: np.rot90(upright, 2).T, 8: np.rot90(upright, -1),
    }
    for code, samples in stored.items():
        plain(f"orientation{code}", np.ascontiguousarray(samples), more={274: (SHORT, [code])})


def values():
    """12 bits in 16; missing data; percentiles as NumPy has them."""
    samples = rng.integers(0, 4096, (6, 9)).astype("u2")
    plain("twelve", samples)
    save_array("twelve", samples)
    missing = random("f4", 6, 9, 2)
    missing[1, 2, 0] = missing[5, 8, 1] = missing[0, 0, 1] = -9999
    plain("nodata", missing, more={42113: (ASCII, "-9999 ")})
    save_array("nodata", np.where(missing == -9999, 0, missing))
    for name in ("nan", "nan-declared"):
        broken = np.where(missing == -9999, np.float32("nan"), missing).astype("f4")
        plain(name, broken, more={42113: (ASCII, "nan")} if name == "nan-declared" else {})
    for name, samples in [("u1", random("u1", 6, 9, 2)), ("u2", random("u2", 6, 9, 2)), ("u4", random("u4", 6, 9, 2)),
                          ("f4", random("f4", 6, 9, 2)), ("nodata", missing)]:
        if name != "nodata":
            plain(f"percentiles-{name}", samples)
        planes = samples.astype("f8").transpose(2, 0, 1)
        result = []
        for plane in planes:
            valid = plane[plane != -9999]
            low, high = np.percentile(valid, [2.5, 97])
            result.append(np.where(plane == -9999, 0, (plane - low) / (high - low)))
        save_array(f"percentiles-{name}", np.stack(result, 2))


def places():
    """Resolutions and GeoTIFF: a grid of 12 x 16 pixels of 10 x 20 metres whose corner lies at (500000, 4600000)."""
    samples = random("u1", 12, 16)
    resolution = {282: (RATIONAL, [(300, 1)]), 283: (RATIONAL, [(150, 1)]), 296: (SHORT, [2])}
    keys = lambda kind: {34735: (SHORT, [1, 1, 0, 4, 1024, 0, 1, 1, 1025, 0, 1, kind, 1026, 34737, 12, 0,
                                         3072, 0, 1, 32633]), 34737: (ASCII, "UTM zone 33|")}
    scale = {33550: (DOUBLE, [10.0, 20.0, 0.0])}
    corner = {33922: (DOUBLE, [0.0, 0.0, 0.0, 500000.0, 4600000.0, 0.0])}
    plain("resolution", samples, more=resolution)
    plain("geo", samples, more={**resolution, **scale, **corner, **keys(1)})
    plain("geo-point", samples, more={**scale, **corner, **keys(2)}, big=True)
    matrix = [6.0, 8.0, 0.0, 500000.0, 8.0, -6.0, 0.0, 4600000.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
    plain("geo-matrix", samples, more={34264: (DOUBLE, matrix), **keys(1)})
    points = [0.0, 0.0, 0.0, 100.0, 200.0, 0.0, 16.0, 12.0, 0.0, 260.0, -40.0, 0.0]
    plain("geo-points", samples, more={33922: (DOUBLE, points), **keys(1)})
    plain("geo-turned", np.ascontiguousarray(np.rot90(samples, 1)),
          more={274: (SHORT, [6]), **resolution, **scale, **corner, **keys(1)})
    plain("imagej", samples, more={282: (RATIONAL, [(4, 1)]), 283: (RATIONAL, [(4, 1)]), 296: (SHORT, [1]),
                                   270: (ASCII, "ImageJ=1.53t\nunit=micron\nloop=false\nmin=0.0\nmax=255.0\n")})


OUT.mkdir(parents=True, exist_ok=True)
kinds()
layouts()
colors()
pages()
values()
places()
