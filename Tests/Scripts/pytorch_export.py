#!/usr/bin/env python3
"""Proves `fcnc export --to pytorch`: `pytorch_export.py FCNC [--record] [NETWORK ...]`.

Exports every network of Networks (FCNC is the path of the program), and compares, with the weights that a module has
after passes in training mode, written by its own `save_safetensors`,

- the names and shapes of the module's state dict with those that `fcnc weights` prints, also with the network's own
  parameters where those of the golden are smaller;
- the outputs of PyTorch for two inputs of odd sizes with those of `fcnc run`, and for a photograph that goes through
  both preprocessings. Differences are given in parts of the range of the numbers.

With `--record`, writes Tests/Golden/pytorch/proof.json: for each network the settings, the sizes, the greatest
difference, and a hash of the exported text, so that a text that was not proved is found where there is no PyTorch.

Needs NumPy and PyTorch. The exit status is 1 when something differs by more than TOLERANCE.
"""

import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
RECORD = ROOT / "Tests/Golden/pytorch/proof.json"
TOLERANCE = 1e-5
SEED = 7
# The sizes of the two inputs; the nearest larger ones that the network accepts are taken.
SIZES = [(61, 75), (93, 57)]


def fnv1a(text):
    """The hash of an exported text, without the line that names the version of fcnc."""
    state = 0xCBF29CE484222325
    for line in text.splitlines(keepends=True):
        for byte in b"" if line.startswith("Written by ") else line.encode():
            state = (state ^ byte) * 0x100000001B3 & (1 << 64) - 1
    return f"{state:016x}"


def class_name(network):
    return "".join(word[0].upper() + word[1:] for word in network.split("_"))


class Network:
    def __init__(self, fcnc, path, folder):
        self.fcnc, self.path, self.folder = fcnc, path, folder
        self.name = path.stem
        parameters = ROOT / "Tests/Golden" / self.name / "parameters.txt"
        lines = parameters.read_text().splitlines() if parameters.exists() else []
        self.settings = [line.replace(" ", "") for line in lines if not line.startswith("seed")]
        self.weights = folder / f"{self.name}.safetensors"

    def run(self, command, *arguments, settings=None):
        chosen = self.settings if settings is None else settings
        words = [word for setting in chosen for word in ("--set", setting)]
        done = subprocess.run(
            [self.fcnc, command, self.path, *words, *arguments], capture_output=True, text=True, cwd=self.folder)
        if done.returncode != 0:
            sys.exit(f"fcnc {command} {self.path} ended with status {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def export(self, settings=None):
        return self.run("export", "--to", "pytorch", settings=settings)

    def module(self, text):
        path = self.folder / f"{self.name}.py"
        path.write_text(text)
        spec = importlib.util.spec_from_file_location(self.name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def shapes(self, settings=None):
        """What `fcnc weights` prints: the shape of each weight by its name."""
        lines = self.run("weights", settings=settings).splitlines()[:-1]
        matches = [re.fullmatch(r"(\S+)  \[([\d, ]*)\]", line) for line in lines]
        return {match[1]: [int(size) for size in match[2].split(", ")] for match in matches}

    def accepted(self, axis, least):
        """The smallest size from `least` on that every output accepts."""
        outputs = json.loads(self.run("explain", "--format", "json"))["outputs"]
        key = {"H": "acceptedHeights", "W": "acceptedWidths"}[axis]
        conditions = []
        for output in outputs:
            text = output[key].split("; or ")[-1]
            match = re.search(r"≡ (\d[\d., or]*) \(mod (\d+)\)", text)
            if match:
                ranges = re.findall(r"(\d+)(?:\.\.\.(\d+))?", match[1])
                residues = {n for first, last in ranges for n in range(int(first), int(last or first) + 1)}
                conditions.append((residues, int(match[2])))
            least = max([least] + [int(bound) for bound in re.findall(r">= (\d+)", text)])
        while any(least % period not in residues for residues, period in conditions):
            least += 1
        return least


def check_names(module, network, settings=None):
    with torch.device("meta"):
        state = getattr(module, class_name(network.name))().state_dict()
    state = {name: list(tensor.shape) for name, tensor in state.items() if not name.endswith("num_batches_tracked")}
    expected = network.shapes(settings)
    if state != expected:
        wrong = [name for name in state | expected if state.get(name) != expected.get(name)]
        sys.exit(f"{network.name}: the weights {wrong} have other names or shapes in PyTorch")


def trained(module, network, channels):
    """The module with weights as after training: its own start, biases, and statistics of batches that were seen."""
    net = getattr(module, class_name(network.name))()
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            if parameter.dim() == 1:
                parameter.add_(torch.empty_like(parameter).uniform_(-0.1, 0.1))
        height, width = (network.accepted(axis, 128) for axis in "HW")
        for _ in range(20):
            net.train()(torch.randn(2, channels, height, width))
    module.save_safetensors(net, network.weights)
    return net.eval()


def difference(network, outputs, arguments):
    """The greatest difference between PyTorch's outputs and those of `fcnc run`, in parts of their range."""
    files = {name: network.folder / f"{network.name}.{name}.npy" for name in outputs}
    words = [word for name, path in files.items() for word in ("-o", f"{name}={path}" if len(files) > 1 else path)]
    network.run("run", "--weights", network.weights, "--", *arguments, *words)
    worst = 0.0
    for name, output in outputs.items():
        expected, actual = np.load(files[name]), output[0].numpy()
        if expected.shape != actual.shape:
            sys.exit(f"{network.name}: `{name}` is {actual.shape} in PyTorch, {expected.shape} in fcnc")
        span = float(expected.max() - expected.min())
        if not np.isfinite(expected).all() or span == 0:
            sys.exit(f"{network.name}: `{name}` proves nothing, its numbers are all {expected.flat[0]}")
        worst = max(worst, float(np.abs(expected - actual).max()) / span)
    return worst


def prove(network):
    generator = np.random.default_rng(SEED)
    text = network.export()
    own_text = network.export(settings=[])
    module = network.module(text)
    check_names(module, network)
    check_names(network.module(own_text), network, settings=[])
    channels = json.loads(network.run("explain", "--format", "json"))["inputs"][0]["channels"]
    net = trained(module, network, channels)
    sizes = [[network.accepted("H", height), network.accepted("W", width)] for height, width in SIZES]
    worst = 0.0
    with torch.no_grad():
        for height, width in sizes:
            path = network.folder / f"{network.name}.npy"
            image = generator.standard_normal((channels, height, width), np.float32)
            np.save(path, image)
            worst = max(worst, difference(network, net(torch.from_numpy(image)[None]), [path]))
        # Resizing before the network may ask for other pictures; a size that is resized is an accepted one here.
        height, width = sizes[0]
        picture = generator.integers(0, 256, (height, width, 3), np.uint8)
        path = network.folder / f"{network.name}.ppm"
        path.write_bytes(b"P6 %d %d 255\n" % (width, height) + picture.tobytes())
        photograph = difference_of_picture(network, net, module.preprocess(picture), path)
    return {
        "settings": network.settings, "sizes": sizes, "difference": float(f"{worst:.1e}"),
        "picture": float(f"{photograph:.1e}"), "text": fnv1a(text), "own": fnv1a(own_text),
    }


def difference_of_picture(network, net, image, path):
    return difference(network, net(image[None]), [path])


def main(arguments):
    fcnc, names = arguments[0], [name for name in arguments[1:] if name != "--record"]
    paths = sorted(path for path in (ROOT / "Networks").glob("*/*.fcn") if path.parent.name == path.stem)
    proof = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            if names and path.stem not in names:
                continue
            proof[path.stem] = entry = prove(Network(str(pathlib.Path(fcnc).resolve()), path, pathlib.Path(folder)))
            sizes = ", ".join(f"{height}x{width}" for height, width in entry["sizes"])
            print(f"{path.stem:18} {sizes:16} {entry['difference']:.1e} {entry['picture']:.1e}", flush=True)
    if "--record" in arguments:
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in proof.items())
        RECORD.parent.mkdir(exist_ok=True)
        RECORD.write_text("{\n" + lines + "\n}\n")
    if any(max(entry["difference"], entry["picture"]) > TOLERANCE for entry in proof.values()):
        sys.exit(1)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    torch.manual_seed(SEED)
    main(sys.argv[1:])
