#!/usr/bin/env python3
"""Speed, memory and errors of compiled programs beside other runtimes, on the same networks, weights and inputs.

    python3 Tests/Benchmark/compare.py --bench DIR --models DIR --fcnc .build/release/fcnc --work OUT
        [--peers a,b] [--sizes 512,480x854] [--threads 1,2] [--networks vgg7,unet] [--rounds 3] [--resume] [--prepare]

--bench is the folder of the peers' side (models.py, peer_worker.py), --models that of the networks converted for them.
Start it with the Python that has the peers. The runtimes take turns, each in a process of its own. What is found is
added to OUT/results.jsonl at once, and OUT/results.md holds the tables; --resume leaves out what is in the file.
--prepare only builds the programs and the references, so that nothing but timing is left.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

import numpy as np

import runtimes
import tables
from networks import gflop, network_text, selects_class, size_of, why_not


def build(net, name, a):
    """The program of a network, built anew where fcnc or the network's text is newer."""
    from safetensors.numpy import save_file
    base = os.path.join(a.work, name)
    text = network_text(net)
    known = os.path.exists(base) and os.path.getmtime(base) > os.path.getmtime(a.fcnc)
    if known and open(base + ".fcn").read() == text:
        return base
    open(base + ".fcn", "w").write(text)
    save_file({k: np.ascontiguousarray(v) for k, v in net.w.items()}, base + ".safetensors")
    command = [a.fcnc, "build", base + ".fcn", "--weights", base + ".safetensors", "-o", base, "--quiet"]
    if subprocess.run(command + a.build_options.split()).returncode:
        raise SystemExit(f"{a.fcnc} cannot build {base}.fcn; leave {name} out with --networks")
    return base


def reference(net, name, size, a):
    """Where the answer in 64-bit arithmetic is kept; None where it would take too long."""
    if gflop(net, size_of(size)) > a.exact:
        return None
    path = os.path.join(a.work, f"{name}_{size}_fp64.npy")
    if not os.path.exists(path):
        command = [sys.executable, os.path.join(runtimes.HERE, "reference.py"), a.bench, name, size, path]
        if subprocess.run(command, stderr=subprocess.DEVNULL).returncode:
            print(f"{name} {size}: no reference in 64-bit arithmetic", file=sys.stderr)
            return None
    return path


def measure(net, setting, program, array, a):
    """Records of all runtimes for one setting."""
    name, size, threads = setting
    exact = reference(net, name, size, a)
    wanted, origin = (np.load(exact), "fp64") if exact else (None, "onnxruntime")
    workers, failed, errors = [], {}, {}
    # ONNX Runtime first: it is the reference where there is no other.
    names = sorted(["fcnc"] + a.peers.split(","), key=lambda n: n != "onnxruntime")
    for runtime in names:
        try:
            worker = runtimes.start(runtime, setting, a, program, array)
            answer = worker.answer(a.work)
        except runtimes.Failed as failure:
            failed[runtime] = str(failure)
            continue
        if wanted is None and runtime == "onnxruntime":
            wanted = answer
        errors[runtime] = None if wanted is None else runtimes.difference(answer, wanted, selects_class(net))
        if wanted is not None and errors[runtime] is None:
            failed[runtime] = f"the output has shape {answer.shape}, not {wanted.shape}"
            worker.close()
            continue
        workers.append(worker)
    everyone = list(workers)
    turns = runtimes.interleave(workers, a, failed)
    records = []
    for worker in everyone:
        worker.close()
    done = {worker.name: worker for worker in workers}
    for runtime in ["fcnc"] + [n for n in names if n != "fcnc"]:
        record = dict(network=name, size=size, threads=threads, runtime=runtime)
        if runtime in done:
            w = done[runtime]
            median, ordered = statistics.median(w.ms), sorted(w.ms)
            high = ordered[int(0.9 * (len(ordered) - 1))]
            record.update(median_ms=median, least_ms=ordered[0], spread=(high - ordered[0]) / median, turns=turns,
                          gflops=gflop(net, size_of(size)) / median * 1e3, peak_mb=w.peak, error=errors[runtime],
                          reference=origin, other_load=w.other / max(w.wall, 1e-9))
        else:
            record.update(failed=failed.get(runtime, "unknown"))
        records.append(record)
    return records


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("bench", "models", "fcnc", "work"):
        p.add_argument("--" + name, required=True, type=os.path.abspath)
    p.add_argument("--peers", default="onnxruntime,openvino,ncnn,torch,litert,mnn")
    p.add_argument("--sizes", default="512", help="512 or 480x854 (HEIGHTxWIDTH), with commas")
    p.add_argument("--threads", default="1,2")
    p.add_argument("--networks", default="", help="all, unless named")
    p.add_argument("--rounds", type=int, default=3, help="turns of each runtime at least")
    p.add_argument("--slice", type=float, default=0.12, help="seconds of a turn (one run at least)")
    p.add_argument("--cap", type=float, default=10, help="seconds in which more turns than --rounds are taken")
    p.add_argument("--timeout", type=float, default=120, help="seconds that a runtime may take to answer")
    p.add_argument("--min-free", type=float, default=2, help="GB of memory below which a runtime is stopped")
    p.add_argument("--exact", type=float, default=200, help="GFLOP up to which the reference is in 64 bits")
    p.add_argument("--build-options", default="", help="more options for fcnc build, such as '--accuracy fast'")
    p.add_argument("--resume", action="store_true")
    p.add_argument("--prepare", action="store_true")
    return p.parse_args()


def main():
    a = arguments()
    sys.path.insert(0, a.bench)
    import models
    os.makedirs(a.work, exist_ok=True)
    path = os.path.join(a.work, "results.jsonl")
    records = []
    if not a.prepare:
        if a.resume and os.path.exists(path):
            records = [json.loads(line) for line in open(path) if line.endswith("\n")]
        with open(path, "w") as file:
            file.writelines(json.dumps(r) + "\n" for r in records)
    done = {(r["network"], r["size"], r["threads"]) for r in records}
    for name in a.networks.split(",") if a.networks else models.MODELS:
        net, program = models.MODELS[name](), None
        for size in a.sizes.split(","):
            for setting in ((name, size, int(threads)) for threads in a.threads.split(",")):
                if setting in done:
                    continue
                refusal = why_not(net, size_of(size))
                if refusal:
                    found = [dict(network=name, size=size, threads=setting[2], runtime="all", failed=refusal)]
                else:
                    program = program or build(net, name, a)
                    array = f"{program}_{size}.npy"
                    np.save(array, models.make_input(net, *size_of(size)))
                    if a.prepare:
                        reference(net, name, size, a)
                        continue
                    found = measure(net, setting, program, array, a)
                records += found
                with open(path, "a") as file:
                    file.write("".join(json.dumps(r) + "\n" for r in found))
                lines = tables.details(tables.rows_of(found))
                print("\n".join(lines if len(records) == len(found) else lines[2:]), flush=True)
    if not a.prepare:
        with open(os.path.join(a.work, "results.md"), "w") as file:
            file.write(tables.markdown(records))
        print("\n" + "\n".join(tables.summary(tables.rows_of(records))))


if __name__ == "__main__":
    main()
