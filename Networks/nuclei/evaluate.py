#!/usr/bin/env python3
"""Measures the built program on drawn pictures that it has not learned from, beside Otsu's threshold.

    fcnc build Networks/nuclei/nuclei.fcn --weights Networks/nuclei/nuclei.safetensors -o nuclei
    python3 Networks/nuclei/evaluate.py ./nuclei

prints a table in Markdown. Needs numpy, scipy, pillow and scikit-image. With `--picture P --truth T`, a picture of your
own and its labels (an array or picture of whole numbers, 0 being background), these are measured instead.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage
from skimage.feature import peak_local_max
from skimage.filters import threshold_otsu
from skimage.segmentation import watershed

import measures
import pictures

# Training draws from seeds of a few millions.
FIRST = 2_000_000_000
SIZE = 333, 411


def otsu(picture):
    """Otsu's threshold (1979) of the smoothed picture."""
    smooth = ndimage.gaussian_filter(picture.astype(float), 1)
    return smooth > threshold_otsu(smooth) if smooth.max() > smooth.min() else np.zeros(picture.shape, bool)


def regions(picture):
    """The connected regions above the threshold."""
    mask = otsu(picture)
    return mask, measures.nuclei(mask, mask)


def basins(picture):
    """Those regions, cut where the distance to the background has a valley."""
    mask = otsu(picture)
    distance = ndimage.gaussian_filter(ndimage.distance_transform_edt(mask), 1)
    peaks = peak_local_max(distance, min_distance=4, labels=mask.astype(int))
    seeds = np.zeros(mask.shape, int)
    seeds[tuple(peaks.T)] = np.arange(1, len(peaks) + 1)
    labels = watershed(-distance, seeds, mask=mask)
    kept = np.bincount(labels.ravel()) >= 20
    kept[0] = False
    return mask, (np.cumsum(kept) * kept)[labels]


def answers(program, samples):
    """The masks and nuclei that the program finds in pictures."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name in ("pictures", "mask", "nuclei"):
            (folder / name).mkdir()
        for number, (picture, _) in enumerate(samples):
            Image.fromarray(picture).save(folder / "pictures" / f"{number:04}.png")
        outputs = [f"{name}={folder / name}/{{stem}}.npy" for name in ("mask", "nuclei")]
        command = [program, folder / "pictures", "-o", outputs[0], "-o", outputs[1], "--quiet"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for number in range(len(samples)):
            mask, nuclei = (np.load(folder / name / f"{number:04}.npy")[0] for name in ("mask", "nuclei"))
            yield mask > 0, nuclei.astype(int)


def rows(program, title, samples):
    """A row of the table for every method."""
    methods = {
        "this network": list(answers(program, samples)),
        "Otsu, regions": [regions(picture) for picture, _ in samples],
        "Otsu, watershed": [basins(picture) for picture, _ in samples],
    }
    for name, found in methods.items():
        scores = [measures.score(nuclei, mask, truth) for (mask, nuclei), (_, truth) in zip(found, samples)]
        s = measures.summary(scores)
        yield (
            f"| {title} | {s['nuclei']} | {name} | {s['iou']:.3f} | {s['count']:.1f} | {100 * s['relative']:.1f} % "
            f"| {100 * s['bias']:+.1f} % | {s['ap50']:.3f} |"
        )


def read(path):
    return np.load(path) if str(path).endswith(".npy") else np.array(Image.open(path))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="what `fcnc build` made")
    parser.add_argument("--pictures", type=int, default=100, help="pictures of each level (default: %(default)s)")
    parser.add_argument("--picture", type=Path, help="a picture of your own")
    parser.add_argument("--truth", type=Path, help="its labels")
    options = parser.parse_args()
    program = str(Path(options.program).resolve())
    print("| pictures | nuclei | method | IoU of area | count off by | of all | bias | AP at IoU 0.5 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    if options.picture:
        truth = np.unique(read(options.truth), return_inverse=True)[1].reshape(read(options.truth).shape)
        sets = {options.picture.stem: [(read(options.picture), truth)]}
    else:
        sets = {
            level: [pictures.draw(FIRST + number, *SIZE, level) for number in range(options.pictures)]
            for level in pictures.LEVELS
        }
    for title, samples in sets.items():
        for row in rows(program, title, samples):
            print(row, flush=True)


if __name__ == "__main__":
    main()
