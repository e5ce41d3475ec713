#!/usr/bin/env python3
"""Writes Tests/FCNRuntimeTests/Fixtures/video: small Y4M streams of every kind, the RGB of their frames, and the streams
that these RGB pictures make when they are written again.

Needs numpy. Colours are those of ITU-R BT.601 and BT.709; chroma is interpolated linearly between the places where the
kind of the stream puts it, and averaged over the pixels around it on the way back."""

import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent.parent / "FCNRuntimeTests/Fixtures/video"
HEIGHT, WIDTH, FRAMES = 5, 7, 2
MATRICES = {"bt601": (0.299, 0.114), "bt709": (0.2126, 0.0722)}
# Pixels for each chroma sample, and the place of the first sample in pixels: down and across.
KINDS = {
    "420jpeg": ((2, 0.5), (2, 0.5)),
    "420mpeg2": ((2, 0.5), (2, 0.0)),
    "420paldv": ((2, 0.0), (2, 0.0)),
    "422": ((1, 0.0), (2, 0.0)),
    "444": ((1, 0.0), (1, 0.0)),
    "mono": None,
}


def count(size, step):
    return -(-size // step)


def up(size, step, first):
    """The matrix that makes `size` pixels of chroma samples."""
    samples = count(size, step)
    matrix = np.zeros((size, samples))
    for pixel in range(size):
        place = (pixel - first) / step
        low = int(np.floor(place))
        share = place - low
        matrix[pixel, np.clip(low, 0, samples - 1)] += 1 - share
        matrix[pixel, np.clip(low + 1, 0, samples - 1)] += share
    return matrix


def down(size, step, first):
    """The matrix that makes chroma samples of `size` pixels: a triangle as wide as the step, or a box of two pixels."""
    samples = count(size, step)
    matrix = np.zeros((samples, size))
    for sample in range(samples):
        if step == 1:
            taps = [(sample, 1.0)]
        elif first == 0.5:
            taps = [(2 * sample, 0.5), (2 * sample + 1, 0.5)]
        else:
            taps = [(2 * sample - 1, 0.25), (2 * sample, 0.5), (2 * sample + 1, 0.25)]
        for pixel, weight in taps:
            matrix[sample, np.clip(pixel, 0, size - 1)] += weight
    return matrix


def scales(full):
    return (0, 255, 255) if full else (16, 219, 224)


def decode(y, cb, cr, matrix, full):
    black, luma_steps, chroma_steps = scales(full)
    kr, kb = MATRICES[matrix]
    luma = (y.astype(float) - black) / luma_steps
    blue = luma + 2 * (1 - kb) * (cb - 128) / chroma_steps
    red = luma + 2 * (1 - kr) * (cr - 128) / chroma_steps
    green = (luma - kr * red - kb * blue) / (1 - kr - kb)
    return np.clip(np.floor(255 * np.stack([red, green, blue]) + 0.5), 0, 255)


def encode(rgb, matrix, full):
    black, luma_steps, chroma_steps = scales(full)
    kr, kb = MATRICES[matrix]
    red, green, blue = rgb / 255
    luma = kr * red + (1 - kr - kb) * green + kb * blue
    return (
        black + luma_steps * luma,
        128 + chroma_steps * (blue - luma) / (2 * (1 - kb)),
        128 + chroma_steps * (red - luma) / (2 * (1 - kr)),
    )


def sample(plane):
    return np.clip(np.floor(plane + 0.5), 0, 255).astype(np.uint8)


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, axes in KINDS.items():
        for full in (False, True):
            for matrix in MATRICES:
                generator = np.random.default_rng(HEIGHT)
                tag = f"C{name} XCOLORRANGE={'FULL' if full else 'LIMITED'}"
                header = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F30000:1001 Ip A1:1 {tag}\n".encode()
                read, written, pictures = header, header, []
                for _ in range(FRAMES):
                    y = generator.integers(0, 256, (HEIGHT, WIDTH)).astype(np.uint8)
                    read += b"FRAME\n" + y.tobytes()
                    if axes is None:
                        black, steps, _ = scales(full)
                        picture = np.clip(np.floor(255 * (y.astype(float) - black) / steps + 0.5), 0, 255)[None]
                        written += b"FRAME\n" + sample(black + steps * picture[0] / 255).tobytes()
                    else:
                        (rows, row), (columns, column) = axes
                        shape = (count(HEIGHT, rows), count(WIDTH, columns))
                        # Moderate chroma, so that most colours can be shown.
                        cb, cr = (generator.integers(90, 167, shape).astype(np.uint8) for _ in range(2))
                        read += cb.tobytes() + cr.tobytes()
                        wide = [up(HEIGHT, rows, row) @ c @ up(WIDTH, columns, column).T for c in (cb, cr)]
                        picture = decode(y, *wide, matrix, full)
                        planes = encode(picture, matrix, full)
                        written += b"FRAME\n" + sample(planes[0]).tobytes()
                        for plane in planes[1:]:
                            written += sample(down(HEIGHT, rows, row) @ plane @ down(WIDTH, columns, column).T).tobytes()
                    pictures.append(picture)
                stem = f"{name}-{'full' if full else 'limited'}-{matrix}"
                (FOLDER / f"{stem}.y4m").write_bytes(read)
                (FOLDER / f"{stem}.written.y4m").write_bytes(written)
                np.save(FOLDER / f"{stem}.npy", pictures[-1].astype("<f4"))


main()
