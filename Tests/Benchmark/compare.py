#!/usr/bin/env python3
"""Speed and peak memory of compiled programs beside ONNX Runtime, on the same networks with the same weights.

    python3 Tests/Benchmark/compare.py --models DIR --fcnc .build/release/fcnc --work OUT [--sizes 256,512]
        [--threads 1,2] [--networks vgg7,unet] [--rounds 3]

DIR holds `models.py`, which describes the networks as lists of operations with random weights. Needs numpy, onnx,
onnxruntime and safetensors. The runtimes take turns, each in a process of its own that times itself; the table gives
medians of all turns and the ratio of the two. Outputs are compared first.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys

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


WORKER = r"""
import json, re, sys, time
import numpy as np, onnxruntime as ort
path, array, threads, runs = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
options = ort.SessionOptions()
options.intra_op_num_threads = threads
session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
x = np.load(array)
y = session.run(None, {"x": x})[0]
if len(sys.argv) > 5:
    np.save(sys.argv[5], y)
times = []
for _ in range(runs):
    t = time.perf_counter(); session.run(None, {"x": x}); times.append((time.perf_counter() - t) * 1e3)
# What getrusage says would include the process that this one was forked from.
peak = int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) / 1024
print(json.dumps({"times": times, "peak": peak}))
"""


def ours(program, array, threads, runs, output=None):
    command = [program, array, "--threads", str(threads)]
    command += ["-o", output] if output else ["--benchmark", str(runs)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = process.communicate()
    if process.returncode:
        raise SystemExit(err)
    if output:
        return None
    return float(re.search(r"median ([0-9.]+) ms", out + err).group(1))


def peak(program, array, threads, output):
    code = ("import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)")
    return float(subprocess.check_output(
        [sys.executable, "-c", code, program, array, "--threads", str(threads), "-o", output]))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--models", required=True)
    p.add_argument("--fcnc", required=True)
    p.add_argument("--work", required=True)
    p.add_argument("--sizes", default="256,512")
    p.add_argument("--threads", default="1,2")
    p.add_argument("--networks", default="")
    p.add_argument("--rounds", type=int, default=3)
    a = p.parse_args()
    sys.path.insert(0, a.models)
    import models
    import onnx
    from safetensors.numpy import save_file
    os.makedirs(a.work, exist_ok=True)
    print("| network | size | threads | fcnc ms | onnxruntime ms | onnxruntime / fcnc | fcnc GFLOP/s | fcnc MB | "
          "onnxruntime MB | largest difference / range |")
    print("|---|---|---|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    for name in a.networks.split(",") if a.networks else models.MODELS:
        net = models.MODELS[name]()
        base = os.path.join(a.work, name)
        open(base + ".fcn", "w").write(network_text(net))
        save_file({k: np.ascontiguousarray(v) for k, v in net.w.items()}, base + ".safetensors")
        onnx.save(models.to_onnx(net), base + ".onnx")
        subprocess.run([a.fcnc, "build", base + ".fcn", "--weights", base + ".safetensors", "-o", base, "--quiet"],
                       check=True)
        for size in map(int, a.sizes.split(",")):
            x = models.make_input(net, size)
            array = f"{base}_{size}.npy"
            np.save(array, x)
            for threads in map(int, a.threads.split(",")):
                result = f"{base}_out.npy"
                reference = f"{base}_ref.npy"
                mine, theirs, peaks = [], [], []
                ours(base, array, threads, 1, result)
                for turn in range(a.rounds):
                    mine.append(ours(base, array, threads, 3))
                    answer = json.loads(subprocess.check_output(
                        [sys.executable, "-c", WORKER, base + ".onnx", array, str(threads), "3"]
                        + ([reference] if turn == 0 else [])))
                    theirs += answer["times"]
                    peaks.append(answer["peak"])
                got, want = np.load(result), np.load(reference)[0]
                error = np.abs(got.reshape(want.shape) - want).max() / (want.max() - want.min())
                m, t = statistics.median(mine), statistics.median(theirs)
                flops = 2 * net.macs(size, size) / m / 1e6
                memory = peak(base, array, threads, result)
                print(f"| {name} | {size} | {threads} | {m:.1f} | {t:.1f} | {t / m:.2f} | {flops:.0f} | {memory:.0f} | "
                      f"{max(peaks):.0f} | {error:.1e} |", flush=True)


if __name__ == "__main__":
    main()
