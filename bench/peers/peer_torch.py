"""RealNVP and NICE in plain PyTorch, as one writes them by hand."""

import torch
from torch import nn
from torch.nn import functional

import torch_image
from model import LOG_TWO_PI
from torch_flow import Bounded, Perceptron, TorchFlow, parameter, use_threads, version  # noqa: F401


class AffineCoupling(nn.Module):
    def __init__(self, coupling):
        super().__init__()
        self.conditioner = Bounded(coupling)

    def forward(self, untouched, transformed):
        shift, log_scale = self.conditioner(untouched)
        return transformed * torch.exp(log_scale) + shift, log_scale.sum(-1)

    def inverse(self, untouched, transformed):
        shift, log_scale = self.conditioner(untouched)
        return (transformed - shift) * torch.exp(-log_scale)


class AdditiveCoupling(nn.Module):
    """The shift is in units of each entry's spread."""

    def __init__(self, coupling):
        super().__init__()
        self.conditioner = Perceptron(coupling)
        self.register_buffer("centre", torch.from_numpy(coupling.centre))
        self.register_buffer("spread", torch.from_numpy(coupling.spread))

    def forward(self, untouched, transformed):
        return transformed - self.centre + self.spread * self.conditioner(untouched), 0

    def inverse(self, untouched, transformed):
        return transformed + self.centre - self.spread * self.conditioner(untouched)


class PlainFlow(nn.Module):
    """Even and odd entries are two tensors that change their roles: no layer gathers columns."""

    def __init__(self, model):
        super().__init__()
        self.dimension = model.dimension
        self.logistic = model.prior == "standardLogistic"
        self.couplings = nn.ModuleList(
            AffineCoupling(coupling) if coupling.transformer == "affine" else AdditiveCoupling(coupling)
            for coupling in model.couplings
        )
        self.scaling = None if model.log_scales is None else parameter(model.log_scales)

    def log_prob(self, x):
        a, b = x[:, 0::2], x[:, 1::2]
        log_det = 0
        for coupling in self.couplings:
            b, contribution = coupling(a, b)
            log_det = log_det + contribution
            a, b = b, a
        if len(self.couplings) % 2:
            a, b = b, a
        z = torch.stack([a, b], dim=-1).flatten(1)
        if self.scaling is not None:
            z = z * torch.exp(self.scaling)
            log_det = log_det + self.scaling.sum()
        if self.logistic:
            return log_det - (functional.softplus(z) + functional.softplus(-z)).sum(-1)
        return log_det - 0.5 * (z.square().sum(-1) + self.dimension * LOG_TWO_PI)

    def sample(self, count):
        if self.logistic:
            z = torch.logit(torch.rand(count, self.dimension), eps=1e-7)
        else:
            z = torch.randn(count, self.dimension)
        if self.scaling is not None:
            z = z * torch.exp(-self.scaling)
        a, b = z[:, 0::2], z[:, 1::2]
        if len(self.couplings) % 2:
            a, b = b, a
        for coupling in reversed(self.couplings):
            a, b = b, a
            b = coupling.inverse(a, b)
        return torch.stack([a, b], dim=-1).flatten(1)


def load(model, rate, compile=False):
    if model.is_image:
        return torch_image.load(model, rate, compile)
    module = PlainFlow(model)
    return TorchFlow(module, module.log_prob, module.sample, rate, compile)
