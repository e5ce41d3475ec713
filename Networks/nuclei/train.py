#!/usr/bin/env python3
"""Trains the network of nuclei.fcn on pictures that pictures.py draws, and writes nuclei.safetensors.

    python3 Networks/nuclei/train.py

takes about a quarter of an hour on one core of a CPU. `fcnc export` writes the network as PyTorch; its weights come back
under the names that nuclei.fcn has. Beside them training.json says with what they were made. Needs torch, numpy,
scipy and pillow; the same versions, seed and processor give the same weights.
"""

import argparse
import importlib.util
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import PIL
import scipy
import torch
import torch.nn.functional as F
from scipy import ndimage

import pictures

HERE = Path(__file__).resolve().parent
# Pictures are drawn in this size, and pieces of them are learned from.
SIZE, PIECE = 256, 160
# An interior is what lies deeper inside a nucleus than this part of its greatest depth.
INTERIOR = 0.5
# How much the pixels between two nuclei count for the interiors; the others count 1.
BETWEEN = 5


def depth(labels):
    """How deep inside its nucleus every pixel lies, 0 to 1. The edge of the picture is not the edge of a nucleus."""
    result = np.zeros(labels.shape, np.float32)
    for label, place in enumerate(ndimage.find_objects(labels), start=1):
        inside = labels[place] == label
        margins = [(int(side.start > 0), int(side.stop < length)) for side, length in zip(place, labels.shape)]
        distance = ndimage.distance_transform_edt(np.pad(inside, margins))
        distance = distance[tuple(slice(before, before + n) for (before, _), n in zip(margins, inside.shape))]
        result[place][inside] = (distance / distance.max())[inside]
    return result


def between(labels):
    """Where two nuclei are at most 4 pixels apart."""
    highest = ndimage.maximum_filter(labels, 5)
    lowest = ndimage.minimum_filter(np.where(labels > 0, labels, labels.max() + 1), 5)
    return (highest > 0) & (lowest < highest)


def example(seed):
    """A drawn picture and what is to be learned of it: area, interior, and how much a pixel of the interior counts."""
    picture, labels = pictures.draw(seed, SIZE, SIZE, list(pictures.LEVELS)[seed % len(pictures.LEVELS)])
    counts = np.where(between(labels), BETWEEN, 1)
    return np.stack([picture / 255, labels > 0, depth(labels) > INTERIOR, counts]).astype(np.float32)


def batch(rng, examples, size):
    """Pieces of examples, turned and mirrored at random, with another gamma and brightness."""
    pieces = []
    for index in rng.integers(len(examples), size=size):
        top, left = rng.integers(SIZE - PIECE + 1, size=2)
        piece = examples[index][:, top : top + PIECE, left : left + PIECE]
        piece = np.rot90(piece, rng.integers(4), (1, 2))
        piece = (piece[:, :, ::-1] if rng.random() < 0.5 else piece).copy()
        piece[0] = piece[0] ** np.exp(rng.uniform(-0.3, 0.3)) * rng.uniform(0.2, 1)
        pieces.append(piece)
    return torch.from_numpy(np.stack(pieces)).split(1, dim=1)


def dice(logits, target):
    """1 minus the overlap of two areas (Milletari et al. 2016)."""
    chance = logits.sigmoid()
    common, both = (chance * target).sum((1, 2, 3)), (chance + target).sum((1, 2, 3))
    return (1 - (2 * common + 50) / (both + 50)).mean()


def loss(logits, area, interior, counts):
    entropy = F.binary_cross_entropy_with_logits
    return (
        entropy(logits["mask"], area)
        + entropy(logits["nuclei"], interior, counts)
        + 0.5 * dice(logits["mask"], area)
        + 0.5 * dice(logits["nuclei"], interior)
    ) / 2


def exported(fcnc, folder):
    """The Python module that fcnc makes of the network."""
    path = Path(folder) / "nuclei_network.py"
    subprocess.run([fcnc, "export", "--to", "pytorch", HERE / "nuclei.fcn", "-o", path], check=True)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def train(network, examples, options):
    rng = np.random.default_rng(options.seed)
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, options.rate, total_steps=options.steps, pct_start=0.05, cycle_momentum=False
    )
    network.train().to(memory_format=torch.channels_last)
    start, mean = time.time(), None
    for step in range(1, options.steps + 1):
        picture, *targets = batch(rng, examples, options.batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bfloat16):
            logits = network.logits(picture)
        value = loss({name: number.float() for name, number in logits.items()}, *targets)
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        schedule.step()
        mean = value.item() if mean is None else 0.98 * mean + 0.02 * value.item()
        if step % 100 == 0 or step == options.steps:
            print(f"step {step} of {options.steps}, {time.time() - start:.0f} s, loss {mean:.4f}", flush=True)
    return mean


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=3500, help="batches to learn from (default: %(default)s)")
    parser.add_argument("--batch", type=int, default=8, help="pieces in a batch (default: %(default)s)")
    parser.add_argument("--rate", type=float, default=4e-3, help="greatest learning rate (default: %(default)s)")
    parser.add_argument("--bfloat16", action="store_true", help="convolutions in bfloat16, where the processor has it")
    parser.add_argument("--pictures", type=int, default=1200, help="pictures to draw (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of pictures, weights and batches (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processes that draw (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=1, help="threads of torch (default: %(default)s)")
    parser.add_argument("--fcnc", help="the compiler (default: on the PATH, or .build/release/fcnc)")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "nuclei.safetensors", help="the weights to write")
    options = parser.parse_args()
    fcnc = options.fcnc or shutil.which("fcnc") or HERE.parents[1] / ".build" / "release" / "fcnc"

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory() as folder:
        module = exported(fcnc, folder)
    network = module.Nuclei()
    start = time.time()
    first = options.seed * 1_000_000
    with ProcessPoolExecutor(options.workers) as workers:
        examples = list(workers.map(example, range(first, first + options.pictures), chunksize=10))
    print(f"drew {len(examples)} pictures in {time.time() - start:.0f} s", flush=True)
    final = train(network, examples, options)
    module.save_safetensors(network, options.output)
    record = {
        "seed": options.seed,
        "pictures": options.pictures,
        "steps": options.steps,
        "batch": options.batch,
        "rate": options.rate,
        "bfloat16": options.bfloat16,
        "loss": round(final, 4),
        "minutes": round((time.time() - start) / 60, 1),
        "threads": options.threads,
        "parameters": sum(weight.numel() for weight in network.parameters()),
        "versions": {
            "python": platform.python_version(),
            "torch": torch.__version__,
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "pillow": PIL.__version__,
        },
    }
    options.output.with_name("training.json").write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
