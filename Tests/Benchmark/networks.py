"""The networks of the benchmark in the network language, their weights and their answers in 64-bit arithmetic."""
import os

import numpy as np


def network_text(net):
    """A network of `models.py` in the network language; weights keep their names."""
    lines = ["fcn 1", "", f"network {net.name.replace('-', '_')}", "", f"input x[{net.cin}]", ""]
    for o in net.ops:
        k, ins = o["op"], o["ins"]
        a = ins[0]
        if k == "conv":
            s = (f"{a} -> conv({net.ch[o['out']]}, kernel: {o['k']}, stride: {o['stride']}, pad: {o['pad']}, "
                 f"dilation: {o['dil']}, groups: {o['groups']}, bias: {str(o['bias']).lower()}) @/{o['name']}")
        elif k == "deconv":
            s = (f"{a} -> deconv({net.ch[o['out']]}, kernel: {o['k']}, stride: {o['stride']}, pad: {o['pad']}, "
                 f"output_padding: {o['outpad']}) @/{o['name']}")
        elif k == "bn":
            s = f"{a} -> batchnorm(eps: 1e-5) @/{o['name']}"
        elif k == "prelu":
            s = f"{a} -> prelu @/{o['name']}"
        elif k in ("relu", "relu6", "argmax"):
            s = f"{a} -> {k}"
        elif k == "leaky":
            s = f"{a} -> leaky(0.1)"
        elif k == "maxpool":
            s = f"{a} -> maxpool(2)"
        elif k == "nearest":
            s = f"{a} -> upsample({o['scale']}, mode: nearest, grid: asymmetric)"
        elif k == "bilinear":
            s = f"{a} -> upsample({o['scale']}, mode: bilinear, grid: half_pixel)"
        elif k == "concat":
            s = f"concat({', '.join(ins)})"
        elif k == "add":
            s = f"add({', '.join(ins)})"
        elif k == "shuffle":
            s = f"{a} -> pixel_shuffle({o['r']}, order: crd)"
        else:
            raise ValueError(k)
        lines.append(f"{o['out']} = {s}")
    lines += ["", f"output y = {net.outputs[0]} -> identity", ""]
    return "\n".join(lines)


def write(net, base):
    """Writes BASE.fcn and BASE.safetensors."""
    from safetensors.numpy import save_file
    with open(base + ".fcn", "w") as file:
        file.write(network_text(net))
    save_file({k: np.ascontiguousarray(v) for k, v in net.w.items()}, base + ".safetensors")


def answer(models, net, x, path):
    """The network in 64-bit arithmetic, by PyTorch; kept in a file."""
    if os.path.exists(path):
        return np.load(path)
    import torch
    with torch.inference_mode():
        y = models.to_torch(net).double()(torch.from_numpy(x).double()).numpy()
    np.save(path, y)
    return y


def error(y, reference):
    """The largest difference over the range of the reference; for class numbers the share that differs."""
    y = y.reshape(reference.shape)
    if reference.dtype.kind == "i":
        return float(np.mean(y.astype(np.int64) != reference))
    return float(np.abs(y - reference).max() / (reference.max() - reference.min()))
