"""Runtimes that take turns, each in a process of its own which waits while another runs."""
import json
import os
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = {"torch": "torch-jit"}  # names here and there: the fastest form of PyTorch that the peers' side has
REST = 0.06  # seconds between turns, so that spinning threads of the last runtime go to sleep


class Failed(Exception):
    pass


class Worker:
    def __init__(self, name, command, threads, timeout, least):
        self.least = least
        self.name, self.ms, self.other, self.wall, self.peak = name, [], 0.0, 0.0, 0.0
        self.errors = tempfile.TemporaryFile("w+")
        environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", OMP_NUM_THREADS=str(threads))
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                        text=True, env=environment, start_new_session=True)
        self.info = self.read(timeout)
        self.timeout = timeout

    def read(self, timeout):
        end, ready, full = time.time() + timeout, [], False
        while not ready and not full and time.time() < end:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.2)
            # All runtimes are loaded at once: large sizes can take more memory than there is.
            full = not ready and free() < self.least
        line = self.process.stdout.readline() if ready else ""
        if not line:
            os.killpg(self.process.pid, signal.SIGKILL)  # with the program that fcnc_worker.py may have started
            self.process.wait()
            self.errors.seek(0)
            said = [text for text in self.errors.read().splitlines() if text.strip()] or ["ended without a word"]
            if full:
                raise Failed(f"stopped: less than {self.least:g} GB of memory left beside the others")
            raise Failed(said[-1].strip()[:120] if ready else f"no answer in {timeout:.0f} s")
        return json.loads(line)

    def ask(self, **what):
        try:
            self.process.stdin.write(json.dumps(what) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # read says what the process left
        return self.read(self.timeout)

    def answer(self, folder):
        path = os.path.join(folder, f"answer-{os.getpid()}.npy")
        self.ask(cmd="save", path=path)
        answer = np.load(path)
        os.unlink(path)
        return answer

    def turn(self, seconds):
        time.sleep(REST)
        least = 2 if self.info["first_ms"] < 300 else 1
        before = busy()
        # One run more, not timed, for everyone: a program of fcnc, started anew in every turn, cannot do without.
        told = self.ask(cmd="run", max=40, min=least, budget=seconds, discard=True)
        self.other += max(0.0, busy() - before - told["cpu"])
        self.wall += told["wall"]
        self.peak = max(self.peak, told["peak"])
        self.ms.append(statistics.median(told["ms"]))

    def close(self):
        if self.process.poll() is None:
            try:
                self.process.stdin.write('{"cmd":"quit"}\n')
                self.process.stdin.flush()
                self.process.wait(10)
            except (OSError, subprocess.TimeoutExpired):
                self.process.kill()
                self.process.wait()
        self.errors.close()


def busy():
    """Seconds that the processors of the machine were busy for anyone."""
    v = [int(text) for text in open("/proc/stat").readline().split()[1:9]]
    return (sum(v) - v[3] - v[4]) / os.sysconf("SC_CLK_TCK")


def free():
    """GB of memory that processes can still have."""
    for line in open("/proc/meminfo"):
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) / 1e6
    return 0.0


def start(name, setting, a, program, array):
    """A worker for a runtime; a setting is a network, a size as text, a number of threads."""
    network, size, threads = setting
    if name == "fcnc":
        command = [sys.executable, os.path.join(HERE, "fcnc_worker.py"), program, array, str(threads)]
    else:
        command = [sys.executable, os.path.join(a.bench, "peer_worker.py"), PEERS.get(name, name), a.models, network,
                   size, str(threads)]
    return Worker(name, command, threads, a.timeout, a.min_free)


def interleave(workers, a, failed):
    """Turns of all, one after another: at least `rounds`, then up to four times as many while `cap` seconds last."""
    begin, turn = time.time(), 0
    while workers and (turn < a.rounds or turn < 4 * a.rounds and time.time() - begin < a.cap):
        for worker in list(workers):
            try:
                worker.turn(a.slice)
            except Failed as failure:
                failed[worker.name] = str(failure)
                workers.remove(worker)
        turn += 1
    return turn


def difference(answer, reference, classes):
    """Largest distance over the range of the reference; of class indices, the share that differs."""
    if answer.size != reference.size:
        return None
    answer = answer.reshape(reference.shape)
    if classes:
        return float((answer != reference).mean())
    return float(np.abs(answer.astype(reference.dtype) - reference).max() / (reference.max() - reference.min()))
