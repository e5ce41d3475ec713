#!/usr/bin/env python3
"""Speed, memory and exactness of compiled programs beside other inference runtimes.

    python3 Tests/Benchmark/compare.py --bench BENCH --models DIR --fcnc .build/release/fcnc --work OUT
        [--peers onnxruntime,ncnn] [--networks vgg7,unet] [--sizes 256,512] [--threads 1,2] [--resume]

BENCH is the folder of the peers' side: `models.py`, the networks as lists of operations with random weights,
`peer_worker.py`, one runtime in one process, and `run_peers.py`, which talks to it. DIR holds the networks in the
formats of the peers. Needs numpy, torch (for the answers in 64-bit arithmetic), safetensors and the peers.

The runtimes take turns, each in a process of its own that times itself and waits while another runs. OUT/results.jsonl
gets a line for each network, size, number of threads and runtime; `--resume` leaves out what stands there already.
`tables.py OUT/results.jsonl` makes the tables.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time

import numpy as np

import networks

PEERS = "onnxruntime,openvino,ncnn,torch-jit,litert,mnn"


class Program:
    """A compiled program, with the same questions and answers as a worker of the peers."""

    def __init__(self, path, array, threads):
        self.command = [path, array, "--threads", str(threads)]
        self.array = array
        began = time.perf_counter()
        subprocess.run(self.command + ["-o", path + "_out.npy"], check=True, capture_output=True)
        self.first = (time.perf_counter() - began) * 1e3
        self.output = path + "_out.npy"
        self.peak = 0

    def save(self, path):
        os.replace(self.output, path)

    def run(self, budget, least, most):
        runs = max(least, min(most, int(budget * 1e3 / self.first) + 1))
        process = subprocess.Popen(
            self.command + ["--benchmark", str(runs)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        text = process.stdout.read()
        _, code, usage = os.wait4(process.pid, 0)
        if code:
            raise SystemExit(text)
        self.peak = max(self.peak, usage.ru_maxrss / 1024)
        median = float(re.search(r"median ([0-9.]+) ms", text).group(1))
        self.first = median
        return [median] * runs

    def close(self):
        pass


class Peer:
    def __init__(self, run_peers, name, folder, network, size, threads):
        self.worker = run_peers.Worker(name, folder, network, size, threads, 120)
        self.first = self.worker.info["first_ms"]
        self.peak = self.worker.info["peak"]

    def save(self, path):
        self.worker.ask(cmd="save", path=path)

    def run(self, budget, least, most):
        answer = self.worker.ask(
            cmd="run", max=most, min=least, budget=budget, discard=self.first < 300)
        self.peak = max(self.peak, answer["peak"])
        return answer["ms"]

    def close(self):
        self.worker.close()


def measure(runtimes, rounds, cap):
    """Turns of about 0.15 s for each, until each has its rounds or the time is over."""
    times = {name: [] for name in runtimes}
    medians = {name: [] for name in runtimes}
    end = time.time() + cap
    turn = 0
    while turn < rounds and (turn < 2 or time.time() < end):
        for name, runtime in runtimes.items():
            time.sleep(0.05)  # the spinning threads of the last one go to sleep
            got = runtime.run(0.15, 1 if runtime.first > 150 else 2, 40)
            times[name] += got
            medians[name].append(statistics.median(got))
        turn += 1
    return times, medians


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("bench", "models", "fcnc", "work"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--peers", default=PEERS)
    parser.add_argument("--networks", default="")
    parser.add_argument("--sizes", default="256,512,1024")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--cap", type=float, default=40, help="seconds for a network, size and number of threads")
    parser.add_argument("--resume", action="store_true")
    a = parser.parse_args()
    sys.path.insert(0, os.path.abspath(a.bench))
    import models
    import run_peers
    folder = os.path.abspath(a.models)
    work = os.path.abspath(a.work)
    os.makedirs(work, exist_ok=True)
    log = os.path.join(work, "results.jsonl")
    done = set()
    if a.resume and os.path.exists(log):
        done = {(r["network"], r["size"], r["threads"]) for r in map(json.loads, open(log))}
    for name in a.networks.split(",") if a.networks else models.MODELS:
        net = models.MODELS[name]()
        base = os.path.join(work, name)
        networks.write(net, base)
        subprocess.run(
            [a.fcnc, "build", base + ".fcn", "--weights", base + ".safetensors", "-o", base, "--quiet"], check=True)
        for size in map(int, a.sizes.split(",")):
            x = models.make_input(net, size)
            array = f"{base}_{size}.npy"
            np.save(array, x)
            reference = networks.answer(models, net, x, f"{base}_{size}_answer.npy")
            for threads in map(int, a.threads.split(",")):
                if (name, size, threads) in done:
                    continue
                rows, runtimes = [], {}
                for runtime in ["fcnc"] + a.peers.split(","):
                    row = dict(network=name, size=size, threads=threads, runtime=runtime)
                    try:
                        process = (
                            Program(base, array, threads) if runtime == "fcnc"
                            else Peer(run_peers, runtime, folder, name, size, threads))
                    except RuntimeError as problem:
                        rows.append(dict(row, problem=str(problem)))
                        continue
                    result = f"{base}_result.npy"
                    process.save(result)
                    row["error"] = networks.error(np.load(result), reference)
                    os.unlink(result)
                    runtimes[runtime] = process
                    rows.append(row)
                times, medians = measure(runtimes, a.rounds, a.cap)
                for row in rows:
                    runtime = row["runtime"]
                    if runtime not in runtimes:
                        continue
                    median = statistics.median(medians[runtime])
                    ours = medians["fcnc"]
                    row.update(
                        ms=median, least=min(times[runtime]), most=max(times[runtime]), rounds=len(medians[runtime]),
                        gflops=2 * net.macs(size, size) / median / 1e6, memory=runtimes[runtime].peak,
                        ratio=statistics.median(t / o for t, o in zip(medians[runtime], ours)))
                    runtimes[runtime].close()
                with open(log, "a") as file:
                    for row in rows:
                        file.write(json.dumps(row) + "\n")
                text = ", ".join(
                    f"{r['runtime']} {r['ms']:.2f} ({r['ratio']:.2f}, {r['error']:.0e})" if "ms" in r
                    else f"{r['runtime']}: {r['problem'][:60]}" for r in rows)
                print(f"{name} {size} T{threads}: {text}", flush=True)


if __name__ == "__main__":
    main()
