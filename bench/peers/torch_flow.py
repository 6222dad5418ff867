"""What the peers on PyTorch have in common: the conditioner, Adam, and scoring and sampling around a module."""

import numpy as np
import torch
from torch import nn

from model import halves


def use_threads(threads):
    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)


def version(*others):
    return ", ".join([f"torch {torch.__version__}", *others])


def parameter(values):
    return nn.Parameter(torch.from_numpy(values.copy()))


class Perceptron(nn.Sequential):
    """Linear layers with ReLU between them, with a coupling's weights."""

    def __init__(self, coupling):
        layers = []
        for weights, bias in coupling.dense():
            linear = nn.Linear(*weights.shape)
            linear.weight, linear.bias = parameter(weights.T), parameter(bias)
            layers += [linear, nn.ReLU()]
        super().__init__(*layers[:-1])


class Bounded(nn.Module):
    """The shift t and the log-scale bound * tanh(r)."""

    def __init__(self, coupling):
        super().__init__()
        self.network = Perceptron(coupling)
        self.bound = parameter(coupling.bound)

    def forward(self, untouched):
        shift, raw = self.network(untouched).chunk(2, dim=-1)
        return shift, self.bound * torch.tanh(raw)


class TorchFlow:
    """The functions that the driver calls.

    log_prob and sample work on whole batches; halved says that they want the even entries of a row first.
    """

    def __init__(self, module, log_prob, sample, rate, compile=False, differs="", halved=False):
        self.module = module.eval()
        self.differs = differs
        self.halved = halved
        self._log_prob = torch.compile(log_prob) if compile else log_prob
        self._sample = torch.compile(sample) if compile else sample
        self.optimizer = torch.optim.Adam(module.parameters(), lr=rate, fused=True)

    def parameters(self):
        return sum(parameter.numel() for parameter in self.module.parameters() if parameter.requires_grad)

    def prepare(self, rows):
        """Rows as the library wants them; what a user does once, before training or scoring."""
        return torch.from_numpy(np.ascontiguousarray(halves(rows) if self.halved else rows, dtype=np.float32))

    def train_step(self, rows, indices):
        self._set_training(True)
        self.optimizer.zero_grad(set_to_none=True)
        loss = -self._log_prob(rows[torch.from_numpy(indices)]).mean()
        loss.backward()
        self.optimizer.step()
        return loss

    def finish(self, loss):
        return loss.item()

    def score(self, rows):
        self._set_training(False)
        with torch.inference_mode():
            return self._log_prob(rows).numpy()

    def sample(self, count):
        self._set_training(False)
        with torch.inference_mode():
            return self._sample(count).numpy()

    def _set_training(self, training):
        """Walks over all modules, so only where it changes anything."""
        if self.module.training != training:
            self.module.train(training)
