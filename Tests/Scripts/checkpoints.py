#!/usr/bin/env python3
"""Writes the checkpoints of the tests into Tests/FCNInterchangeTests/Fixtures, by PyTorch: small, with fixed seeds.

    checkpoints.py FOLDER

`tensors.json` says which tensors each checkpoint holds, with the numbers as NumPy sees them. What the network of `tiny_*`
answers to `picture.npy` is in `answer.npy`, with the weights of the moving average in `average.npy`, with rounded weights
in `float16.npy` and `bfloat16.npy`.
"""
import argparse
import json
import pathlib
import sys
import zipfile

import numpy as np
import torch
from torch import nn

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
expected = {}


class Tiny(nn.Module):
    """The network `tiny` of Weights.md."""

    def __init__(self):
        super().__init__()
        self.features = nn.ModuleDict({"conv": nn.Conv2d(3, 8, 3, padding=1, bias=False), "batchnorm": nn.BatchNorm2d(8)})
        self.head = nn.Conv2d(8, 1, 1)

    def forward(self, x):
        x = torch.relu(self.features["batchnorm"](self.features["conv"](x)))
        return torch.sigmoid(self.head(x))


def trained(seed):
    """A model after some steps of a training, so that all its numbers are different."""
    torch.manual_seed(seed)
    model = Tiny()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        model(torch.rand(2, 3, 5, 5)).square().mean().backward()
        optimizer.step()
    return model.eval(), optimizer


def listed(value, path=""):
    """The named tensors of a checkpoint with the dictionary that each is in, without those of optimisers."""
    if isinstance(value, torch.Tensor):
        yield path, value
    elif isinstance(value, dict) and "param_groups" not in value:
        for key, inner in value.items():
            if isinstance(key, str):
                yield from listed(inner, f"{path}.{key}" if path else key)


def numbers(tensor):
    """As 32-bit floats, with as many digits as these need."""
    return [float(str(number)) for number in tensor.to(torch.float64).numpy().astype(np.float32).ravel()]


def save(name, value, **options):
    torch.save(value, folder / name, **options)
    expected[name] = [
        {
            "name": path,
            "type": str(tensor.dtype).removeprefix("torch."),
            "shape": list(tensor.shape),
            "numbers": numbers(tensor.detach()),
        }
        for path, tensor in listed(value)
    ]


model, optimizer = trained(seed=1)
average, _ = trained(seed=2)
state = model.state_dict()
models = {"answer": model, "average": average}

# What trainings leave behind.
save("tiny_plain.pth", state)
save("tiny_parallel.pth", nn.DataParallel(model).state_dict())
save("tiny_compiled.pth", torch.compile(model).state_dict())
save("tiny_parallel_compiled.pth", nn.DataParallel(torch.compile(model)).state_dict())
save(
    "tiny_training.pth",
    {
        "epoch": 3,
        "loss": 0.25,
        "best": np.float64(0.125),
        "args": argparse.Namespace(lr=0.1, output=pathlib.Path("runs"), classes=["one", "two"]),
        "model_state_dict": nn.DataParallel(model).state_dict(),
        "optimizer_state_dict": optimizer.state_dict(),
        "scheduler": torch.optim.lr_scheduler.MultiStepLR(optimizer, [2, 4]).state_dict(),
        "rng_state": torch.Generator().manual_seed(0).get_state()[:16].clone(),
    },
)
save("tiny_average.pt", {"model": state, "ema": average.state_dict(), "optimizer": optimizer.state_dict()})
save(
    "tiny_lightning.ckpt",
    {
        "epoch": 1,
        "global_step": 30,
        "pytorch-lightning_version": "2.5.0",
        "state_dict": {f"model.{name}": tensor for name, tensor in state.items()} | {"criterion.weight": torch.ones(1)},
        "loops": {"fit_loop": {"state_dict": {}, "epoch_progress": {"total": {"ready": 1}}}},
        "callbacks": {"ModelCheckpoint{'monitor': None}": {"best_model_score": torch.tensor(0.5), "best_model_path": ""}},
        "optimizer_states": [optimizer.state_dict()],
        "lr_schedulers": [],
        "hparams_name": "kwargs",
        "hyper_parameters": {"width": 8},
    },
)
for kind in (torch.float16, torch.bfloat16):
    rounded = {name: tensor.to(kind) if tensor.is_floating_point() else tensor for name, tensor in state.items()}
    save(f"tiny_{str(kind).removeprefix('torch.')}.pth", rounded)
    models[str(kind).removeprefix("torch.")] = network = Tiny().eval()
    network.load_state_dict(rounded)
save("tiny_protocol5.pth", state, pickle_protocol=5)
save("tiny_parameters.pth", dict(model.named_parameters()) | dict(model.named_buffers()))

# Which numbers of a storage a tensor takes.
base = torch.arange(24, dtype=torch.float32).reshape(4, 6) / 8
tagged = torch.tensor([1.5, -2.5])
tagged.note = "an attribute"
save(
    "views.pth",
    {
        "whole": base,
        "tied": base,
        "transposed": base.T,
        "part": base[1:3, 2:5],
        "every_second": base[:, ::2],
        "column": base[:, 3],
        "repeated": base[0, :2].expand(3, 2),
        "channels_last": (torch.arange(24, dtype=torch.float32).reshape(1, 2, 3, 4) / 4).contiguous(
            memory_format=torch.channels_last
        ),
        "one": base[2, 4],
        "row_of_one": base[:1, 1:2],
        "empty": torch.zeros(0, 3),
        "tagged": tagged,
        "parameter": nn.Parameter(torch.tensor([0.5, 0.25])),
    },
)
torch.manual_seed(3)
save(
    "types.pth",
    {
        "float64": torch.randn(3, dtype=torch.float64),
        "float32": torch.randn(3),
        "float16": torch.randn(3).half(),
        "bfloat16": torch.randn(3).bfloat16(),
        "int64": torch.tensor([1, -2, 2**40]),
        "int32": torch.tensor([1, -2, 3], dtype=torch.int32),
        "uint8": torch.tensor([1, 2, 255], dtype=torch.uint8),
        "uint16": torch.tensor([1, 2, 65535], dtype=torch.uint16),
        "bool": torch.tensor([True, False, True]),
        "float8_e4m3fn": torch.tensor([1.0, 2.0, -0.5]).to(torch.float8_e4m3fn),
    },
)
torch.serialization.set_crc32_options(False)
save("unchecked.pth", {"weight": torch.tensor([1.0, 2.0])})
torch.serialization.set_crc32_options(True)

# What is refused.
torch.save(model, folder / "model.pth")
torch.save(state, folder / "old.pth", _use_new_zipfile_serialization=False)
torch.save({"model": state, "lambda": torch.nn.functional.relu}, folder / "function.pth")
torch.save(torch.ones(2), folder / "tensor.pth")
torch.save({"epoch": 3, "losses": [0.5, 0.25]}, folder / "nothing.pth")
torch.jit.trace(nn.ReLU(), torch.zeros(1)).save(folder / "script.pt")

# What a network answers.
picture = np.random.default_rng(4).random((3, 7, 9), dtype=np.float32)
np.save(folder / "picture.npy", picture)
for name, network in models.items():
    with torch.no_grad():
        np.save(folder / f"{name}.npy", network(torch.from_numpy(picture)[None])[0].numpy())

with open(folder / "tensors.json", "w") as file:
    json.dump(expected, file, indent=None, separators=(",", ":"))
    file.write("\n")
