"""A program compiled by fcnc as one runtime among others: waits for turns, says times.

Speaks the protocol of the peers' `peer_worker.py` (JSON lines). Without NumPy, since the least peak that can be seen of
a child is what its parent takes.

    python fcnc_worker.py PROGRAM INPUT.npy THREADS
"""
import json
import os
import re
import subprocess
import sys
import time


def start(arguments):
    """Runs the program; what it prints, and what it used."""
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    text = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(text.strip() or f"exit status {process.returncode}")
    return text, used


def times(text):
    """The median of a run of `--benchmark`; the program says no single times."""
    return float(re.search(r"median ([0-9.]+) ms", text)[1])


def main():
    program, array, threads = sys.argv[1:4]
    command = [program, array, "--threads", threads]
    begin = time.perf_counter()
    text, used = start(command + ["--benchmark", "1"])
    first = times(text)
    peak = used.ru_maxrss / 1024
    print(json.dumps({"first_ms": first, "load_ms": (time.perf_counter() - begin) * 1e3 - 2 * first, "peak": peak}),
          flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["cmd"] == "quit":
            break
        if asked["cmd"] == "save":
            start(command + ["-o", asked["path"]])
            print("{}", flush=True)
            continue
        # The program does one run more, which it does not time, in every turn.
        runs = max(asked["min"], min(asked["max"], int(asked["budget"] * 1e3 / first)))
        begin = time.perf_counter()
        text, used = start(command + ["--benchmark", str(runs)])
        wall = time.perf_counter() - begin
        first = max(times(text), 1e-3)
        peak = max(peak, used.ru_maxrss / 1024)
        print(json.dumps({"ms": [first], "cpu": used.ru_utime + used.ru_stime, "wall": wall, "peak": peak}), flush=True)


if __name__ == "__main__":
    main()
