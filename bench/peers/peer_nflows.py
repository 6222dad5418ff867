"""nflows: its affine coupling with our conditioner and bound of the log-scale."""

from importlib.metadata import version as package_version

import torch
from nflows.distributions.normal import StandardNormal
from nflows.flows import Flow
from nflows.transforms import AffineCouplingTransform, CompositeTransform

import torch_flow
from torch_flow import Bounded, TorchFlow, use_threads  # noqa: F401


def version():
    return torch_flow.version("nflows " + package_version("nflows"))


class BoundedOutput(Bounded):
    """Where nflows expects one tensor: the shift, then the log-scale."""

    def forward(self, untouched, context=None):
        return torch.cat(super().forward(untouched), dim=-1)


class BoundedCoupling(AffineCouplingTransform):
    """nflows' own scale, sigmoid(r + 2) + 0.001, cannot expand."""

    def _scale_and_shift(self, parameters):
        shift, log_scale = parameters.chunk(2, dim=-1)
        return torch.exp(log_scale), shift


def load(model, rate):
    if not model.is_affine:
        return None
    layers = []
    for coupling in model.couplings:
        mask = torch.zeros(model.dimension)
        mask[torch.from_numpy(coupling.transformed())] = 1
        layers.append(BoundedCoupling(mask, lambda inputs, outputs, coupling=coupling: BoundedOutput(coupling)))
    flow = Flow(CompositeTransform(layers), StandardNormal([model.dimension]))
    return TorchFlow(flow, flow.log_prob, flow.sample, rate)
