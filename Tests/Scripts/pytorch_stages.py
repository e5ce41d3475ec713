#!/usr/bin/env python3
"""Runs exported stages in PyTorch: `pytorch_stages.py TEXTS`.

TEXTS is a JSON list of the texts of the cases in Tests/FCNStandardTests/Fixtures/stages.json, exported one by one (see
StageExportTests). Their weights and inputs are those of the cases, whose outputs were computed by PyTorch's functions
and by plain loops. Prints how many cases there are and the greatest difference in parts of the greatest number; the
exit status is 1 when one is over TOLERANCE.

`pytorch_stages.py --random FCNC [COUNT]` draws COUNT uses of stages instead, exports them, and compares with `fcnc run`;
so it does with preprocessings of pictures in colour and grey, of 8 and 16 bits.

Needs NumPy and PyTorch.
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile

import numpy as np
import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOLERANCE = 1e-5
SEED = 20150308


def network_of(text):
    """The network of an exported text, whose name is `Case`."""
    scope = {"__name__": "case"}
    exec(compile(text, "<exported>", "exec"), scope)
    return scope["Case"]()


def load(net, tensors):
    """Gives a network tensors in the order of its state dict."""
    names = [name for name in net.state_dict() if not name.endswith("num_batches_tracked")]
    assert len(names) == len(tensors), names
    net.load_state_dict(dict(zip(names, tensors)), strict=False)
    return net.eval()


def tensor(value):
    return torch.tensor(value["values"], dtype=torch.float32).reshape(value["shape"])


def check_cases(texts):
    cases = json.loads((ROOT / "Tests/FCNStandardTests/Fixtures/stages.json").read_text())
    assert len(cases) == len(texts), f"{len(texts)} texts for {len(cases)} cases"
    worst, wrong = 0.0, 0
    for case, text in zip(cases, texts):
        net = load(network_of(text), [tensor(weight) for weight in case["weights"]])
        with torch.no_grad():
            actual = net(*[tensor(value)[None] for value in case["inputs"]])["answer"][0].to(torch.float32)
        expected = tensor(case["output"])
        shapes = list(actual.shape) == list(expected.shape)
        error = float((actual - expected).abs().max() / max(1, float(expected.abs().max()))) if shapes else float("inf")
        worst = max(worst, error)
        if not error <= TOLERANCE:
            wrong += 1
            print(f"{case['stage']} {case['arguments']}: {error:g}, {list(actual.shape)} and {list(expected.shape)}")
    print(f"{len(cases)} cases, {wrong} wrong, the greatest difference is {worst:.1e}")
    return wrong == 0


# Uses that are drawn. `x` has 8 channels, `y` 8 and twice the size.


def pair(draw, low, high):
    rows, columns = draw.randint(low, high), draw.randint(low, high)
    return (str(rows), rows, rows) if draw.random() < 0.5 else (f"{rows}x{columns}", rows, columns)


def sides(draw, low, high):
    """Paddings, each from `low` to `high` (rows, columns)."""
    (rows, columns) = high
    top, bottom = draw.randint(low, rows), draw.randint(low, rows)
    left, right = draw.randint(low, columns), draw.randint(low, columns)
    kind = draw.random()
    if kind < 0.3:
        amount = min(top, left)
        return str(amount)
    return f"{top}x{left}" if kind < 0.6 else f"[{top}, {left}, {bottom}, {right}]"


def conv(draw):
    kernel, rows, columns = pair(draw, 1, 5)
    groups = draw.choice([1, 1, 2, 4, 8])
    dilation = pair(draw, 1, 3)[0]
    pads = ["same_tf", "valid", sides(draw, 0, (4, 4))] + (["same"] if rows % 2 and columns % 2 else [])
    border = draw.choice(["zero", "zero", "replicate", "reflect"])
    return (
        f"x -> conv({8 * draw.randint(1, 2)}, kernel: {kernel}, stride: {pair(draw, 1, 3)[0]}, dilation: {dilation}, "
        f"groups: {groups}, pad: {draw.choice(pads)}, border: {border}, bias: {draw.choice(['true', 'false'])}) @layer"
    )


def deconv(draw):
    kernel, rows, columns = pair(draw, 2, 5)
    stride, down, right = pair(draw, 1, 3)
    padding = f"{draw.randint(0, down - 1)}x{draw.randint(0, right - 1)}"
    groups = draw.choice([1, 2, 8])
    return (
        f"x -> deconv(8, kernel: {kernel}, stride: {stride}, pad: {sides(draw, 0, (2, 2))}, groups: {groups}, "
        f"output_padding: {padding}, bias: {draw.choice(['true', 'false'])}) @layer"
    )


def pool(draw):
    kernel, rows, columns = pair(draw, 1, 5)
    kind = draw.choice(["maxpool", "avgpool"])
    rounding = draw.choice(["floor", "ceil", "ceil_caffe", "exact"])
    pad = sides(draw, 0, (rows - 1, columns - 1))
    if draw.random() < 0.2:
        pad, rounding = "same_tf", "floor"
    count = f", count_include_pad: {draw.choice(['true', 'false'])}" if kind == "avgpool" else ""
    return f"x -> {kind}({kernel}, stride: {pair(draw, 1, 4)[0]}, pad: {pad}, round: {rounding}{count})"


def upsample(draw):
    size = draw.choice(
        [str(draw.randint(1, 9)), f"[{draw.randint(1, 7)}, {draw.randint(1, 7)}]", "like: y", "size: 11x6"])
    mode = draw.choice(["nearest", "bilinear"])
    grid = draw.choice(["half_pixel", "align_corners", "asymmetric"])
    rounding = draw.choice(["", "floor", "ceil", "half_down", "half_up"]) if mode == "nearest" else ""
    return f"x -> upsample({size}, mode: {mode}, grid: {grid}{f', rounding: {rounding}' if rounding else ''})"


def pad(draw):
    mode = draw.choice(["zero", "reflect", "replicate", "constant"])
    value = f", value: {draw.choice([-1.5, 0, 2])}" if mode == "constant" else ""
    return f"x -> pad({sides(draw, 0, (4, 4))}, mode: {mode}{value})"


def crop(draw):
    if draw.random() < 0.4:
        return f"x -> crop({sides(draw, 0, (2, 2))})"
    place = draw.choice(["center: true", f"offset: {draw.randint(0, 3)}x{draw.randint(0, 3)}"])
    return f"y -> crop({draw.choice(['like: x', 'size: 5x4'])}, {place})"


def shuffle(draw):
    order = draw.choice(["crd", "dcr"])
    return draw.choice([f"x -> pixel_shuffle(2, order: {order})", f"y -> pixel_unshuffle(2, order: {order})"])


def selection(draw):
    chosen = ", ".join(str(draw.randint(0, 7)) for _ in range(draw.randint(1, 9)))
    value = draw.choice(["x", "(x + 1)"])
    return f"{value} -> " + draw.choice([f"take([{chosen}])", f"channel_shuffle(groups: {draw.choice([1, 2, 4, 8])})"])


def join(draw):
    name = draw.choice(["add", "sub", "mul", "div", "min", "max"])
    second = draw.choice(["(x -> global_mean)", "(x -> conv(1, kernel: 1) @one)", "(x -> tanh)", "by"])
    if second == "by":
        reverse = ", reversed: true" if name in ("sub", "div") and draw.random() < 0.5 else ""
        return f"{name}(x, by: {draw.choice([-2, 0.25, 3])}{reverse})"
    return f"{name}(x, {second})" if name != "div" else f"div(x, ({second} -> sigmoid) + 0.5)"


def check_random(fcnc, count):
    draw = random.Random(SEED)
    kinds = [conv, deconv, pool, upsample, pad, crop, shuffle, selection, join]
    done, worst, wrong = 0, 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def run(*arguments):
            return subprocess.run([fcnc, *arguments], cwd=folder, capture_output=True, text=True)

        while done < count:
            use = kinds[done % len(kinds)](draw)
            height, width = draw.randint(5, 14), draw.randint(5, 14)
            second = "input y[8] like x * 2\n" if "y" in use.replace("asymmetric", "").replace("layer", "") else ""
            (folder / "case.fcn").write_text(f"network case\ninput x[8]\n{second}output answer: raw = {use}\n")
            generator = np.random.default_rng(done)
            x = generator.standard_normal((8, height, width)).astype(np.float32)
            y = generator.standard_normal((8, 2 * height, 2 * width)).astype(np.float32)
            np.save(folder / "x.npy", x)
            np.save(folder / "y.npy", y)
            more = ["--input", "y=y.npy"] if second else []
            ran = run("run", "case.fcn", "--random-weights", "1", "--", "x.npy", *more, "-o", "answer.npy")
            if ran.returncode != 0:
                continue  # a use that the compiler refuses, at this size or at all
            done += 1
            exported = run("export", "--to", "pytorch", "case.fcn", "--input-size", f"{height}x{width}")
            if exported.returncode != 0:
                wrong += 1
                print(f"{use}: {exported.stderr}")
                continue
            net = network_of(exported.stdout)
            run("weights", "case.fcn", "--random-weights", "1", "-o", "weights.safetensors")
            data = (folder / "weights.safetensors").read_bytes()
            size = int.from_bytes(data[:8], "little")
            state = {}
            for name, entry in json.loads(data[8 : 8 + size]).items():
                if name != "__metadata__":
                    start, end = entry["data_offsets"]
                    numbers = np.frombuffer(data[8 + size + start : 8 + size + end], "<f4").reshape(entry["shape"])
                    state[name] = torch.from_numpy(numbers.copy())
            try:
                net.load_state_dict(state)
                with torch.no_grad():
                    actual = net.eval()(*[torch.from_numpy(v)[None] for v in ([x, y] if second else [x])])["answer"][0]
                expected = torch.from_numpy(np.load(folder / "answer.npy"))
                error = float((actual - expected).abs().max() / max(1, float(expected.abs().max())))
            except Exception as failure:
                wrong += 1
                print(f"{use} on {height}x{width}: {failure}")
                continue
            worst = max(worst, error)
            if not error <= TOLERANCE:
                wrong += 1
                print(f"{use} on {height}x{width}: {error:g}")
    print(f"{count} uses, {wrong} wrong, the greatest difference is {worst:.1e}")
    return wrong == 0


PREPROCESSINGS = [
    "rgb", "bgr", "unit", "imagenet", "caffe_vgg", "grey", "grey(0.2, 0.5, 0.3)", "luma", "range(255)",
    "rgb -> range(255) -> subtract(1, 2, 3) -> divide(4) -> scale(0.5, 2, 1)",
] + [
    f"{color} -> resize({size}, filter: {mode})"
    for mode in ("nearest", "bilinear", "bicubic", "area")
    for color, size in [
        ("rgb", "7x31"), ("bgr", "40"), ("grey", "short: 11"), ("luma", "long: 50"), ("rgb", "factor: 2"),
        ("rgb", "factor: [2, 3]"),
    ]
]


def check_preprocessing(fcnc):
    generator = np.random.default_rng(SEED)
    count, worst, wrong = 0, 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for chain in PREPROCESSINGS:
            channels = 1 if chain.startswith(("grey", "luma")) else 3
            network = f"network case\ninput x[{channels}] = picture -> {chain}\noutput answer: raw = x -> identity\n"
            (folder / "case.fcn").write_text(network)
            exported = subprocess.run(
                [fcnc, "export", "--to", "pytorch", "case.fcn"], cwd=folder, capture_output=True, text=True, check=True)
            scope = {"__name__": "case"}
            exec(compile(exported.stdout, "<exported>", "exec"), scope)
            for maximum, dtype in [(255, np.uint8), (65535, np.uint16)]:
                for shape in [(23, 17, 3), (19, 29)]:
                    picture = generator.integers(0, maximum + 1, shape).astype(dtype)
                    head = b"%s %d %d %d\n" % (b"P6" if len(shape) == 3 else b"P5", shape[1], shape[0], maximum)
                    (folder / "picture.pnm").write_bytes(head + picture.astype(picture.dtype.newbyteorder(">")).tobytes())
                    ran = subprocess.run(
                        [fcnc, "run", "case.fcn", "--", "picture.pnm", "-o", "answer.npy"], cwd=folder,
                        capture_output=True, text=True)
                    expected = np.load(folder / "answer.npy") if ran.returncode == 0 else None
                    actual = scope["preprocess"](picture).numpy()
                    count += 1
                    if expected is None or expected.shape != actual.shape:
                        wrong += 1
                        print(f"{chain} of {shape}, {dtype.__name__}: {actual.shape}\n{ran.stderr}")
                        continue
                    error = float(np.abs(actual - expected).max() / max(1, np.abs(expected).max()))
                    worst = max(worst, error)
                    if not error <= TOLERANCE:
                        wrong += 1
                        print(f"{chain} of {shape}, {dtype.__name__}: {error:g}")
    print(f"{count} pictures, {wrong} wrong, the greatest difference is {worst:.1e}")
    return wrong == 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if sys.argv[1] == "--random":
        fcnc = str(pathlib.Path(sys.argv[2]).resolve())
        results = [check_random(fcnc, int(sys.argv[3]) if len(sys.argv) > 3 else 200), check_preprocessing(fcnc)]
        sys.exit(0 if all(results) else 1)
    sys.exit(0 if check_cases(json.loads(pathlib.Path(sys.argv[1]).read_text())) else 1)
