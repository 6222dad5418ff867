"""Reads a model file of Millrace: safetensors, with the architecture as JSON in its metadata."""

import json
import math
import struct

import numpy as np

DTYPES = {"F32": "<f4", "F64": "<f8"}

LOG_TWO_PI = math.log(2 * math.pi)


class Layer:
    """One layer: its settings, and its tensors as float32 by their names within it."""

    def __init__(self, settings, tensors):
        self.settings = settings
        self.type = settings["type"]
        self.tensors = tensors


class Coupling(Layer):
    @property
    def transformer(self):
        return self.settings["transformer"]["type"]

    @property
    def conditioner(self):
        return self.settings["conditioner"]

    @property
    def bound(self):
        """c of the log-scale c * tanh(r), for each entry."""
        return self.tensors["transformer.bound"]

    @property
    def centre(self):
        return self.tensors["transformer.centre"]

    @property
    def spread(self):
        return self.tensors["transformer.spread"]

    def untouched(self):
        return np.array(self.settings["untouched"])

    def transformed(self):
        """Entries in the order in which the conditioner gives their parameters."""
        if "transformed" in self.settings:
            return np.array(self.settings["transformed"])
        return np.setdiff1d(np.arange(self.settings["dimension"]), self.untouched())

    def dense(self):
        """(weights [inputs, outputs], bias [outputs]) of each layer of a multilayer perceptron."""
        return [
            (self.tensors[f"conditioner.layer{i}.weight"], self.tensors[f"conditioner.layer{i}.bias"])
            for i in range(len(self.conditioner["hidden"]) + 1)
        ]


class Model:
    def __init__(self, path):
        with open(path, "rb") as file:
            length = struct.unpack("<Q", file.read(8))[0]
            header = json.loads(file.read(length))
            data = file.read()
        architecture = json.loads(header.pop("__metadata__")["architecture"])
        tensors = {}
        for name, entry in header.items():
            start, end = entry["data_offsets"]
            values = np.frombuffer(data[start:end], DTYPES[entry["dtype"]])
            tensors[name] = values.reshape(entry["shape"]).astype(np.float32)
        self.prior = architecture["base"]["type"]
        self.dimension = architecture["base"]["size"]
        self.layers = []
        for i, settings in enumerate(architecture["layers"]):
            prefix = f"layers.{i}."
            own = {name[len(prefix):]: value for name, value in tensors.items() if name.startswith(prefix)}
            kind = Coupling if settings["type"] == "coupling" else Layer
            self.layers.append(kind(settings, own))

    @property
    def couplings(self):
        return [layer for layer in self.layers if layer.type == "coupling"]

    @property
    def is_affine(self):
        """Nothing but affine couplings with multilayer perceptrons, over even and odd entries in turn."""
        return all(
            layer.type == "coupling"
            and layer.transformer == "affine"
            and layer.conditioner["type"] == "mlp"
            and np.array_equal(layer.untouched(), np.arange(i % 2, self.dimension, 2))
            for i, layer in enumerate(self.layers)
        )

    @property
    def is_image(self):
        return any(layer.conditioner["type"] == "residualConv" for layer in self.couplings)

    @property
    def log_scales(self):
        """Those of a scaling at the end, or None."""
        last = self.layers[-1]
        return last.tensors["logScale"] if last.type == "scaling" else None


def halves(rows):
    """The even entries, then the odd ones: for libraries that halve a row in the middle."""
    return np.concatenate([rows[:, 0::2], rows[:, 1::2]], axis=1)
