#!/usr/bin/env python3
"""Holds Sources/fcnc/Documentation/ComingFromPyTorch.md to the truth: `pytorch_rows.py FCNC [PAGE]`.

Evaluates the PyTorch side of every row of the page's table with random weights on random inputs of odd sizes, runs
the `.fcn` side of the row with `fcnc run` (FCNC is the path of that program), and compares; so it does with what `fcnc
export` makes of the `.fcn` side. The model at the head of
the page is compared with the network that follows it. Every stage of `fcnc stages`
must occur in a row, but for answers.

Needs NumPy, PyTorch and safetensors. The exit status is 1 when a row is wrong, and all wrong rows are printed.
"""

import ast
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

SEED = 20150308
SIZES = [(13, 9), (7, 18), (10, 15)]
TOLERANCE = 1e-5
HEADER = "| PyTorch | `.fcn` |"
# What the page says about the values of the table: channels, and how the network declares them.
INPUTS = {"x": (8, "x[8]"), "y": (8, "y[8]"), "m": (1, "m[1]"), "z": (8, "z[8] like x * 2")}
# What is learned: the name of its tensor, and its shape.
LEARNED = {"weight": ("weight", (8,)), "bias": ("bias", (8,)), "places": ("weight", (8, 3, 5))}


class Wrong(Exception):
    pass


class Tool:
    def __init__(self, path, folder):
        self.path, self.folder = path, pathlib.Path(folder)

    def answer(self, network, weights, inputs):
        """The output of a network of one output; its inputs in order, the first one first."""
        (self.folder / "row.fcn").write_text(network)
        arguments = [self.path, "run", "row.fcn", "--strict"]
        if weights:
            save_file(weights, self.folder / "row.safetensors")
            arguments += ["--weights", "row.safetensors"]
        arguments += ["--"]
        for index, (name, value) in enumerate(inputs.items()):
            np.save(self.folder / f"{name}.npy", value.numpy())
            arguments += [f"{name}.npy"] if index == 0 else ["--input", f"{name}={name}.npy"]
        (self.folder / "answer.npy").unlink(missing_ok=True)
        done = subprocess.run(arguments + ["-o", "answer.npy"], cwd=self.folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise Wrong(f"fcnc ended with status {done.returncode}:\n{done.stdout}{done.stderr}")
        return torch.from_numpy(np.load(self.folder / "answer.npy").astype(np.float32))

    def exported(self, weights, inputs):
        """The output of the network of `answer` in PyTorch, as `fcnc export` writes it."""
        done = subprocess.run(
            [self.path, "export", "--to", "pytorch", "row.fcn"], cwd=self.folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise Wrong(f"fcnc export ended with status {done.returncode}:\n{done.stdout}{done.stderr}")
        scope = {"__name__": "row"}
        exec(compile(done.stdout, "<exported>", "exec"), scope)
        net = next(value for name, value in scope.items() if name in ("Row", "Segmenter"))()
        state = net.state_dict()
        # A number per channel may have axes of size one in a weight file.
        net.load_state_dict({name: weights[name].reshape(state[name].shape) for name in weights if name in state})
        with torch.no_grad():
            outputs = net.eval()(*[value[None] for value in inputs.values()])
        return next(iter(outputs.values())).to(torch.float32)


class OutermostModule(ast.NodeTransformer):
    """Replaces the one `nn.X(...)` of an expression by the name `module`."""

    def __init__(self):
        self.found = []

    def visit_Call(self, node):
        head = node.func
        if isinstance(head, ast.Attribute) and isinstance(head.value, ast.Name) and head.value.id == "nn":
            self.found.append(ast.unparse(node))
            return ast.copy_location(ast.Name("module", ast.Load()), node)
        return self.generic_visit(node)


def randomize(module):
    """Every number random: fresh norms and slopes would hide mistakes."""
    for name, tensor in module.state_dict().items():
        if name.endswith("running_var"):
            tensor.uniform_(0.3, 2)
        elif tensor.is_floating_point():
            tensor.normal_(0, 0.6)
    return module.eval()


def compare(expected, actual, where):
    expected = expected.detach().to(torch.float32)
    if expected.dim() == 2:
        expected = expected[:, :, None, None]
    expected = expected.reshape(expected.shape[-3:])
    actual = actual.reshape(actual.shape[-3:])
    if expected.shape != actual.shape:
        raise Wrong(f"{where}: PyTorch gives {list(expected.shape)}, fcnc {list(actual.shape)}")
    span = float(expected.max() - expected.min())
    if not torch.isfinite(expected).all() or span == 0:
        raise Wrong(f"{where}: the row tests nothing, all numbers of the answer are {float(expected.flatten()[0])}")
    error = float((expected - actual).abs().max())
    if not error <= TOLERANCE * span:
        raise Wrong(f"{where}: the greatest difference is {error:g}, the numbers span {span:g}")


def check_row(tool, pytorch, fcn):
    finder = OutermostModule()
    tree = ast.fix_missing_locations(finder.visit(ast.parse(pytorch, mode="eval")))
    if len(finder.found) > 1:
        raise Wrong("more than one module; write nn.Sequential")
    scope = {"nn": nn, "F": F, "torch": torch}
    names = [name for name in LEARNED if re.search(rf"(?<![.\w]){name}\b(?!=)", pytorch)]
    scope.update({name: torch.randn(LEARNED[name][1]) for name in names})
    weights = {f"layer.{LEARNED[name][0]}": scope[name] for name in names}
    if finder.found:
        module = scope["module"] = randomize(eval(finder.found[0], scope))
        prefix = "" if "@" in fcn else "layer."
        weights = {prefix + name: tensor for name, tensor in module.state_dict().items()}
    label = " @layer" if weights and "@" not in fcn else ""
    code = compile(tree, "<row>", "eval")
    for height, width in SIZES:
        values = {
            "x": 3 * torch.randn(1, 8, height, width), "y": 0.5 + 2 * torch.rand(1, 8, height, width),
            "m": torch.randn(1, 1, height, width), "z": torch.randn(1, 8, 2 * height, 2 * width),
        }
        used = [name for name in INPUTS if name == "x" or re.search(rf"\b{name}\b", fcn)]
        with torch.no_grad():
            expected = eval(code, {**scope, **values})
            if isinstance(expected, nn.Module):
                expected = expected(values["x"])
        lines = ["network row"] + [f"input {INPUTS[name][1]}" for name in used]
        network = "\n".join(lines + [f"output answer: raw = {fcn}{label}", ""])
        inputs = {name: values[name][0] for name in used}
        compare(expected, tool.answer(network, weights, inputs), f"{height}x{width}")
        compare(expected, tool.exported(weights, inputs), f"{height}x{width}, exported")


def check_model(tool, page):
    blocks = dict(re.findall(r"^```(python|fcn)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    if set(blocks) != {"python", "fcn"}:
        raise Wrong("the page has no model or no network")
    scope = {"nn": nn, "F": F, "torch": torch}
    exec(blocks["python"], scope)
    model = randomize(scope["Segmenter"]())
    # Pictures would be normalised on their way in; the numbers go in as they are here.
    for height, width in SIZES:
        image = torch.randn(1, 3, height, width)
        with torch.no_grad():
            expected = model(image)
        inputs = {"image": image[0]}
        compare(expected, tool.answer(blocks["fcn"], model.state_dict(), inputs), f"{height}x{width}")
        compare(expected, tool.exported(model.state_dict(), inputs), f"{height}x{width}, exported")


def rows_of(page):
    lines = page[page.index(HEADER):].splitlines()[2:]
    for line in lines:
        if not line.startswith("|"):
            return
        match = re.fullmatch(r"\| `([^`]+)` \| `([^`]+)` \|", line)
        if not match:
            raise SystemExit(f"a row is not an expression of PyTorch and one of fcnc: {line}")
        yield match.groups()


def main():
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    program = str(pathlib.Path(sys.argv[1]).resolve())
    root = pathlib.Path(__file__).resolve().parents[2]
    page = pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else root / "Sources/fcnc/Documentation/ComingFromPyTorch.md")
    text = page.read_text()
    rows = list(rows_of(text))
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        tool = Tool(program, folder)
        for name, check in [("the model", lambda: check_model(tool, text))] + [
            (f"`{pytorch}` and `{fcn}`", lambda pytorch=pytorch, fcn=fcn: check_row(tool, pytorch, fcn))
            for pytorch, fcn in rows
        ]:
            try:
                check()
            except Exception as error:
                wrong.append(f"{name}: {type(error).__name__ if not isinstance(error, Wrong) else 'wrong'}: {error}")
    listed = subprocess.run([program, "stages"], capture_output=True, text=True, check=True).stdout
    operators = {"add": " + ", "sub": " - ", "mul": " * ", "div": " / "}
    # Answers are worked out of a network's maps, and are no part of it.
    for stage in (line.split()[0] for line in listed.splitlines() if "An answer: " not in line):
        if not any(re.search(rf"\b{stage}\b(?!:)", fcn) or operators.get(stage, "\n") in fcn for _, fcn in rows):
            wrong.append(f"the stage `{stage}` has no row")
    print("\n".join(wrong + [f"{len(rows)} rows, {len(wrong)} wrong"]))
    sys.exit(1 if wrong else 0)


main()
