#!/usr/bin/env python3
"""Proves `fcnc export --to pytorch`: `pytorch_export.py FCNC [--record] [NETWORK ...]`.

Exports every network of Networks and of Tests/Golden/pytorch (FCNC is the path of the program), and compares, with the weights that a module has
after passes in training mode, written by its own `save_safetensors`,

- the names and shapes of the module's state dict with those that `fcnc weights` prints, also with the network's own
  parameters where those of the golden are smaller;
- the outputs of PyTorch for two inputs of odd sizes with those of `fcnc run`, and for a photograph that goes through
  both preprocessings. Differences are given in parts of the range of the numbers, and beside them that of PyTorch in
  32 bits to PyTorch in 64: what rounding alone makes of these weights. Of classes it is the part of the pixels that
  have another one.

With `--record`, writes Tests/Golden/pytorch/proof.json: for each network the settings, the sizes, the greatest
difference, and a hash of the exported text, so that a text that was not proved is found where there is no PyTorch.
Where networks are named, the entries of the others stay.

Needs NumPy and PyTorch. The exit status is 1 when something differs by more than TOLERANCE, and by more than
ROUNDINGS times what rounding makes.
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
# Both sides round, each in its own order.
ROUNDINGS = 4
SEED = 7
# The sizes of the two inputs; the nearest larger ones that the network accepts are taken.
SIZES = [(97, 131), (149, 83)]


def fingerprint(text):
    """The 64-bit FNV-1a hash of an exported text, without the line that names the version of fcnc."""
    state = 0xCBF29CE484222325
    for line in text.split("\n"):
        for byte in b"" if line.startswith("Written by ") else line.encode() + b"\n":
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

    def maps(self):
        """The network's text with its answers, which PyTorch knows nothing of, left out."""
        text = self.path.read_text()
        shorter = re.sub(r"\s*->\s*(components|peaks|soft_argmax|sum|mean)\b(\([^()]*\))?", "", text)
        if shorter == text:
            return self.path
        path = self.folder / self.path.name
        path.write_text(shorter)
        return path

    def run(self, command, *arguments, settings=None, of=None):
        chosen = self.settings if settings is None else settings
        words = [word for setting in chosen for word in ("--set", setting)]
        done = subprocess.run(
            [self.fcnc, command, of or self.path, *words, *arguments], capture_output=True, text=True, cwd=self.folder)
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


def parts(outputs, expected):
    """The greatest difference between outputs, in parts of the range of the expected ones."""
    worst = 0.0
    for name, numbers in expected.items():
        span = float(numbers.max() - numbers.min())
        if outputs[name].shape != numbers.shape or not span > 0:
            sys.exit(f"`{name}`: {outputs[name].shape} in PyTorch, {numbers.shape} in fcnc, of range {span}")
        if np.issubdtype(outputs[name].dtype, np.integer):
            worst = max(worst, float(np.mean(outputs[name] != numbers)))
        else:
            worst = max(worst, float(np.abs(outputs[name] - numbers).max()) / span)
    return worst


def answers(network, names, path):
    """The outputs of `fcnc run` for a file; of answers, such as the regions of a map, the maps."""
    files = {name: network.folder / f"{network.name}.{name}.npy" for name in names}
    words = [word for name, file in files.items() for word in ("-o", f"{name}={file}" if len(files) > 1 else file)]
    network.run("run", "--weights", network.weights, "--", path, *words, of=network.maps())
    return {name: np.load(file) for name, file in files.items()}


def is_output(name):
    """Whether fcnc has an output of that name, and not only an answer that is worked out of it: `nuclei map 2`."""
    return " map " not in name


def compare(network, net, image, path):
    """The difference between PyTorch and fcnc for an input and a file that are the same, and that of rounding."""
    with torch.no_grad():
        outputs, exact = (
            {name: output[0].numpy() for name, output in answer.items() if is_output(name)}
            for answer in (net.float()(image[None]), net.double()(image[None].double()))
        )
    return parts(outputs, answers(network, outputs, path)), parts(outputs, exact)


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
    pairs = []
    for height, width in sizes:
        path = network.folder / f"{network.name}.npy"
        image = generator.standard_normal((channels, height, width), np.float32)
        np.save(path, image)
        pairs.append(compare(network, net, torch.from_numpy(image), path))
    height, width = sizes[0]
    picture = generator.integers(0, 256, (height, width, 3), np.uint8)
    path = network.folder / f"{network.name}.ppm"
    path.write_bytes(b"P6 %d %d 255\n" % (width, height) + picture.tobytes())
    pairs.append(compare(network, net, module.preprocess(picture), path))
    difference, rounding = (max(numbers) for numbers in zip(*pairs))
    return {
        "settings": network.settings, "sizes": sizes, "difference": float(f"{difference:.1e}"),
        "rounding": float(f"{rounding:.1e}"), "text": fingerprint(text), "own": fingerprint(own_text),
    }


def main(arguments):
    fcnc, names = arguments[0], [name for name in arguments[1:] if name != "--record"]
    paths = [path for path in (ROOT / "Networks").glob("*/*.fcn") if path.parent.name == path.stem]
    paths = sorted(paths + list(RECORD.parent.glob("*.fcn")), key=lambda path: path.stem)
    proof = json.loads(RECORD.read_text()) if names and RECORD.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            if names and path.stem not in names:
                continue
            proof[path.stem] = entry = prove(Network(str(pathlib.Path(fcnc).resolve()), path, pathlib.Path(folder)))
            sizes = ", ".join(f"{height}x{width}" for height, width in entry["sizes"])
            print(f"{path.stem:18} {sizes:16} {entry['difference']:.1e} {entry['rounding']:.1e}", flush=True)
    if "--record" in arguments:
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in sorted(proof.items()))
        RECORD.parent.mkdir(exist_ok=True)
        RECORD.write_text("{\n" + lines + "\n}\n")
    if any(entry["difference"] > max(TOLERANCE, ROUNDINGS * entry["rounding"]) for entry in proof.values()):
        sys.exit(1)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    torch.manual_seed(SEED)
    main(sys.argv[1:])
