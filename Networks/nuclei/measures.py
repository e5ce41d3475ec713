"""How good masks and separated nuclei are, and the growing of interiors into nuclei as the program does it."""

import numpy as np
from scipy import ndimage, sparse
from scipy.optimize import linear_sum_assignment

EIGHT = np.ones((3, 3), bool)


def nuclei(mask, interior, least_area=20):
    """Numbers the nuclei as `components(connectivity: 8, least_area: 20, fill_holes: true, within: mask)` does.

    Every connected part of `interior`, its holes filled, grows in rings of one pixel over `mask`; where two meet, the
    one of the lower number takes the pixel. Then those of fewer than `least_area` pixels are dropped.
    """
    labels = filled(ndimage.label(interior, EIGHT)[0])
    none = labels.max() + 1
    while True:
        reached = ndimage.minimum_filter(np.where(labels > 0, labels, none), footprint=EIGHT, mode="nearest")
        free = mask & (labels == 0) & (reached < none)
        if not free.any():
            break
        labels = np.where(free, reached, labels)
    kept = np.bincount(labels.ravel(), minlength=none) >= least_area
    kept[0] = False
    return (np.cumsum(kept) * kept)[labels]


def filled(labels):
    """Holes that border on one nucleus only belong to it."""
    holes, count = ndimage.label(labels == 0)
    for hole, place in enumerate(ndimage.find_objects(holes), start=1):
        if any(side.start == 0 or side.stop == length for side, length in zip(place, labels.shape)):
            continue
        around = tuple(slice(side.start - 1, side.stop + 1) for side in place)
        here = holes[around] == hole
        owners = np.unique(labels[around][ndimage.binary_dilation(here) & ~here])
        if len(owners) == 1 and owners[0] > 0:
            labels[around][here] = owners[0]
    return labels


def area_overlap(mask, truth):
    """Intersection over union of two masks; 1 where both are empty."""
    union = (mask | truth).sum()
    return 1.0 if union == 0 else float((mask & truth).sum() / union)


def matches(labels, truth, least=0.5):
    """The number of pairs of a found and a drawn nucleus whose intersection over union is greater than `least`."""
    if labels.max() == 0 or truth.max() == 0:
        return 0
    common = sparse.coo_matrix((np.ones(labels.size), (labels.ravel(), truth.ravel()))).toarray()[1:, 1:]
    areas, drawn = np.bincount(labels.ravel())[1:], np.bincount(truth.ravel())[1:]
    quotient = common / np.maximum(areas[:, None] + drawn[None] - common, 1)
    pairs = linear_sum_assignment(quotient, maximize=True)
    return int((quotient[pairs] > least).sum())


def score(labels, mask, truth):
    """The measures of one picture."""
    found, drawn, right = int(labels.max()), int(truth.max()), matches(labels, truth)
    return {
        "overlap": area_overlap(mask, truth > 0),
        "found": found,
        "drawn": drawn,
        "right": right,
    }


def summary(scores):
    """The measures of many pictures together.

    `iou`: mean intersection over union of the masks; `count`: mean absolute difference of the numbers of nuclei;
    `relative`: their sum as part of all nuclei drawn; `bias`: the same with signs; `ap50`: right / (right + missed +
    wrong), a nucleus being right that overlaps a drawn one by more than half.
    """
    found, drawn, right = (np.array([score[key] for score in scores]) for key in ("found", "drawn", "right"))
    total = max(drawn.sum(), 1)
    return {
        "iou": float(np.mean([score["overlap"] for score in scores])),
        "count": float(np.abs(found - drawn).mean()),
        "relative": float(np.abs(found - drawn).sum() / total),
        "bias": float((found - drawn).sum() / total),
        "ap50": float(right.sum() / max((found + drawn - right).sum(), 1)),
        "nuclei": int(drawn.sum()),
    }
