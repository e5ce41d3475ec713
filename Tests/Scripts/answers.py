"""Maps and what SciPy finds in them: writes Tests/FCNRuntimeTests/Fixtures/answers.json.

python3 Tests/Scripts/answers.py      (needs numpy and scipy)
"""
import json
import pathlib

import numpy as np
from scipy import ndimage

random = np.random.default_rng(20261126)
# Numbers of maps are multiples of 1 / UNIT and stored as whole numbers.
UNIT = 256


def quantized(map_):
    return (np.round(np.asarray(map_, np.float64) * UNIT) / UNIT).astype(np.float32)


def whole(map_):
    return np.round(map_.astype(np.float64) * UNIT).astype(int).ravel().tolist()


def regions(labels, connectivity, fill, least, within, score):
    """Connected regions of every class, by scipy.ndimage; in reading order of their first pixel."""
    structure = np.ones((3, 3)) if connectivity == 8 else ndimage.generate_binary_structure(2, 1)
    other = ndimage.generate_binary_structure(2, 1) if connectivity == 8 else np.ones((3, 3))
    found = []
    for value in np.unique(labels[labels > 0]):
        numbered, count = ndimage.label(labels == value, structure)
        found += [(np.argwhere((numbered == k).ravel())[0, 0], value, numbered == k) for k in range(1, count + 1)]
    found.sort(key=lambda item: item[0])
    ids = np.zeros(labels.shape, int)
    for number, (_, _, mask) in enumerate(found, 1):
        ids[mask] = number
    if within is not None:
        # Ring by ring: a pixel goes to the lowest number among its neighbours of the ring before.
        while True:
            padded = np.pad(ids, 1)
            best = np.full(ids.shape, 10**9)
            for down in (-1, 0, 1):
                for right in (-1, 0, 1):
                    if (down or right) and (connectivity == 8 or not (down and right)):
                        near = padded[1 + down:1 + down + ids.shape[0], 1 + right:1 + right + ids.shape[1]]
                        best = np.where(near > 0, np.minimum(best, near), best)
            grown = (ids == 0) & (within != 0) & (best < 10**9)
            if not grown.any():
                break
            ids = np.where(grown, best, ids)
    if fill:
        holes, count = ndimage.label(ids == 0, other)
        filled = ids.copy()
        for k in range(1, count + 1):
            hole = holes == k
            if hole[0].any() or hole[-1].any() or hole[:, 0].any() or hole[:, -1].any():
                continue
            around = ndimage.binary_dilation(hole, ndimage.generate_binary_structure(2, 1)) & ~hole
            owners = np.unique(ids[around])
            if len(owners) == 1:
                filled[hole] = owners[0]
        ids = filled
    kept = [k for k in range(1, len(found) + 1) if (ids == k).sum() >= least]
    result = np.zeros(labels.shape, int)
    items = []
    for number, k in enumerate(kept, 1):
        mask = ids == k
        result[mask] = number
        rows, columns = np.nonzero(mask)
        value = int(found[k - 1][1])
        item = {
            "label": value, "area": int(mask.sum()), "row": float(rows.mean()), "column": float(columns.mean()),
            "top": int(rows.min()), "bottom": int(rows.max()), "left": int(columns.min()), "right": int(columns.max()),
        }
        if score is not None:
            channel = 0 if len(score) == 1 else value
            item["score"] = float(score[channel].astype(np.float64)[mask].mean())
        items.append(item)
    return result, items


def component_case(index):
    height, width = random.integers(1, 24, 2)
    classes = int(random.integers(2, 4))
    labels = random.choice(classes, (height, width), p=[0.5] + [0.5 / (classes - 1)] * (classes - 1))
    if index % 3 == 0:
        labels = ndimage.median_filter(labels, 3)
    if index % 4 == 1:
        labels = np.where(ndimage.uniform_filter(random.random((height, width)), 5) > 0.5, 1, 0)
    connectivity = int(random.choice([4, 8]))
    fill = bool(random.random() < 0.5)
    least = int(random.choice([1, 1, 2, 5]))
    within = (random.random((height, width)) < 0.7).astype(int) if random.random() < 0.4 else None
    score = quantized(random.random((int(random.choice([1, classes])), height, width)))
    score = score if random.random() < 0.5 else None
    ids, items = regions(labels, connectivity, fill, least, within, score)
    return {
        "height": int(height), "width": int(width), "labels": labels.ravel().tolist(), "connectivity": connectivity,
        "fill": fill, "least": least, "within": None if within is None else within.ravel().tolist(),
        "score": None if score is None else [whole(plane) for plane in score],
        "ids": ids.ravel().tolist(), "regions": items,
    }


def peaks(map_, threshold, distance, sub_pixel):
    """Local maxima by scipy.ndimage.maximum_filter; plateaus by label; ties within the distance by reading order."""
    greatest = ndimage.maximum_filter(map_, 2 * distance + 1, mode="constant", cval=-np.inf)
    candidates = (map_ == greatest) & (map_ >= threshold)
    numbered, count = ndimage.label(candidates, np.ones((3, 3)))
    found = []
    for k in range(1, count + 1):
        places = np.argwhere(numbered == k)
        row, column = places.mean(axis=0)
        first = int(places[0, 0]) * map_.shape[1] + int(places[0, 1])
        if sub_pixel and len(places) == 1:
            r, c = places[0]
            for axis in (0, 1):
                at = (r, c)[axis]
                if 0 < at < map_.shape[axis] - 1:
                    before, after = [float(map_[(r + d, c) if axis == 0 else (r, c + d)]) for d in (-1, 1)]
                    bend = before - 2 * float(map_[r, c]) + after
                    move = np.clip((before - after) / (2 * bend), -0.5, 0.5) if bend < 0 else 0.0
                    if axis == 0:
                        row += move
                    else:
                        column += move
        found.append((-float(map_[tuple(places[0])]), first, float(row), float(column)))
    taken = []
    for score, first, row, column in sorted(found):
        if all(max(abs(row - r), abs(column - c)) > distance for _, r, c in taken):
            taken.append((-score, row, column))
    return [{"score": s, "row": r, "column": c} for s, r, c in taken]


def peak_case(index):
    channels = int(random.integers(1, 3))
    height, width = random.integers(1, 26, 2)
    map_ = random.random((channels, height, width)).astype(np.float32)
    if index % 2 == 0:  # many equal numbers: plateaus and ties
        map_ = np.round(map_ * 4) / 4
    if index % 3 == 0:
        map_ = ndimage.gaussian_filter(map_, (0, 1.5, 1.5)).astype(np.float32)
    map_ = quantized(map_)
    threshold = float(np.float32(random.choice([-1, 0.25, 0.5, 0.9])))
    distance = int(random.choice([1, 1, 2, 3, 40]))
    sub_pixel = bool(random.random() < 0.5)
    points = []
    for channel, plane in enumerate(map_):
        points += [dict(p, channel=channel) for p in peaks(plane, threshold, distance, sub_pixel)]
    return {
        "channels": channels, "height": int(height), "width": int(width), "map": whole(map_),
        "threshold": threshold, "distance": distance, "sub_pixel": sub_pixel, "points": points,
    }


def soft_argmax_case():
    height, width = random.integers(1, 15, 2)
    map_ = quantized(random.standard_normal((2, height, width)) * 3)
    beta = float(random.choice([0.5, 1, 10]))
    points = []
    for plane in map_.astype(np.float64):
        weights = np.exp(beta * (plane - plane.max()))
        weights /= weights.sum()
        rows, columns = np.mgrid[:height, :width]
        points.append({"row": float((weights * rows).sum()), "column": float((weights * columns).sum()),
                       "score": float(plane.max())})
    return {"height": int(height), "width": int(width), "map": whole(map_), "beta": beta,
            "points": points}


cases = {
    "unit": UNIT,
    "components": [component_case(index) for index in range(90)],
    "peaks": [peak_case(index) for index in range(60)],
    "soft_argmax": [soft_argmax_case() for _ in range(12)],
}
path = pathlib.Path(__file__).parents[1] / "FCNRuntimeTests/Fixtures/answers.json"
rounded = json.loads(json.dumps(cases), parse_float=lambda text: float(f"{float(text):.9g}"))
path.write_text(json.dumps(rounded, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes")
