"""Runs one cell of the comparison: a peer at a work with some threads.

driver.py PEER WORK THREADS FOLDER SECONDS

Prints a line of JSON that says what the peer is, then one of measured values for each line that it reads.
"""

import importlib
import json
import os
import sys
import time

# The loss is looked at every so many steps: asking for it waits for a library that works asynchronously.
STEPS_AT_ONCE = 4

LEARNING_RATE = 1e-3


def limit_threads(threads):
    """Before any library is loaded."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = str(threads)


def peak_memory():
    """Most resident memory so far, in MB. What getrusage says may be that of the parent before exec."""
    try:
        with open("/proc/self/status") as file:
            peak = next(line for line in file if line.startswith("VmHWM:"))
        return int(peak.split()[1]) * 1024 / 1e6
    except OSError:
        return None


def repeat(action, seconds):
    """(calls, seconds) of an action that is repeated for some time."""
    calls = 0
    start = time.perf_counter()
    while True:
        action()
        calls += 1
        elapsed = time.perf_counter() - start
        if elapsed >= seconds:
            return calls, elapsed


class Batches:
    """Indices of batches, in a new order each epoch."""

    def __init__(self, rows, batch):
        import numpy

        self.random = numpy.random.default_rng(1)
        self.rows, self.batch, self.at, self.order = rows, batch, rows, None

    def next(self):
        if self.at + self.batch > self.rows:
            self.order, self.at = self.random.permutation(self.rows), 0
        self.at += self.batch
        return self.order[self.at - self.batch:self.at]


class Cell:
    """A flow of a peer, and the work that it does over and over."""

    def __init__(self, flow, rows, work, folder, seconds):
        self.flow, self.rows, self.work, self.folder, self.seconds = flow, rows, work, folder, seconds
        self.prepared = flow.prepare(rows)
        self.batches = Batches(len(rows), work["batch"])
        self.warm = set()

    def rate(self, name, units, action):
        """Units per second, after as long a warm-up the first time."""
        if name not in self.warm:
            action()
            repeat(action, self.seconds)
            self.warm.add(name)
        calls, elapsed = repeat(action, self.seconds)
        return {name + "rows/s": calls * units / elapsed}

    def some_steps(self, count=STEPS_AT_ONCE):
        for _ in range(count):
            loss = self.flow.train_step(self.prepared, self.batches.next())
        self.flow.finish(loss)

    def train(self):
        return self.rate("", STEPS_AT_ONCE * self.work["batch"], self.some_steps)

    def score(self):
        import numpy

        values = {}
        for batch in self.work["batches"]:
            rows = self.flow.prepare(numpy.resize(self.rows, (batch, self.rows.shape[1])))
            values |= self.rate(f"score {batch}, ", batch, lambda: self.flow.score(rows))
        return values | self.rate(f"sample {batch}, ", batch, lambda: self.flow.sample(batch))

    def file(self):
        """A file of rows to a file of log-densities, as a user does it once."""
        import numpy

        batch = self.work["batch"]
        start = time.perf_counter()
        rows = numpy.load(os.path.join(self.folder, self.work["file"]), mmap_mode="r")
        parts = (self.flow.prepare(rows[at:at + batch]) for at in range(0, len(rows), batch))
        numpy.save(os.path.join(self.folder, "scores.npy"), numpy.concatenate([self.flow.score(part) for part in parts]))
        return {"rows/s": len(rows) / (time.perf_counter() - start)}

    def start(self):
        """Steps whose time is taken from outside, from the start of the process on."""
        self.some_steps(self.work["steps"])
        return {"log-likelihood, nats": float(self.flow.score(self.prepared).mean())}

    def depth(self):
        self.some_steps(self.work["steps"])
        return {}

    def run(self):
        values = getattr(self, self.work["kind"])()
        return values | {"peak memory, MB": peak_memory()}


def parity(flow, rows, folder, work):
    """How far the mean and the worst log-likelihood are from those that Millrace gives the same rows."""
    import numpy

    expected = numpy.load(os.path.join(folder, work["model"] + "-scores.npy")).reshape(-1)
    found = numpy.asarray(flow.score(flow.prepare(rows[:len(expected)])), dtype=numpy.float64)
    return {
        "likelihood": float(expected.mean()),
        "mean": float(abs(found.mean() - expected.mean())),
        "worst": float(abs(found - expected).max()),
    }


def say(tree):
    print(json.dumps(tree), flush=True)


def main(name, work_name, threads, folder, seconds):
    limit_threads(int(threads))
    try:
        peer = importlib.import_module("peer_" + name.replace("-", "_"))
    except ImportError as missing:
        return say({"missing": str(missing)})
    import numpy
    from model import Model

    with open(os.path.join(folder, "works.json")) as file:
        work = json.load(file)[work_name]
    peer.use_threads(int(threads))
    flow = peer.load(Model(os.path.join(folder, work["model"] + ".safetensors")), LEARNING_RATE)
    if flow is None:
        return say({"inapplicable": True})
    rows = numpy.load(os.path.join(folder, work["model"] + "-rows.npy"))
    hello = {"version": peer.version(), "differs": flow.differs, "parameters": flow.parameters()}
    if work["kind"] != "start":
        hello["parity"] = parity(flow, rows, folder, work)
    say(hello)
    cell = Cell(flow, rows, work, folder, float(seconds))
    for _ in sys.stdin:
        say(cell.run())


if __name__ == "__main__":
    main(*sys.argv[1:])
