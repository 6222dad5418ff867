"""The plain PyTorch flow under torch.compile."""

import os
import shutil

import peer_torch
from peer_torch import use_threads, version  # noqa: F401

# Compiling more takes minutes, and what the compiler needs hides the memory of the flow.
MOST_COUPLINGS = 16

COMPILER = os.environ.get("CXX", "g++")
if shutil.which(COMPILER) is None:
    raise ImportError(f"torch.compile needs a C++ compiler, but there is no {COMPILER}")


def load(model, rate):
    if len(model.couplings) > MOST_COUPLINGS:
        return None
    return peer_torch.load(model, rate, compile=True)
