"""zuko: its coupling with our conditioner and bound of the log-scale."""

import torch
import zuko
from torch.distributions import Transform
from zuko.flows import Flow, GeneralCouplingTransform, UnconditionalDistribution
from zuko.transforms import MonotonicAffineTransform

import torch_flow
from torch_flow import Bounded, TorchFlow, use_threads  # noqa: F401


def version():
    return torch_flow.version("zuko " + zuko.__version__)


class BoundedOutput(Bounded):
    """Where zuko expects the shift and the log-scale of each entry in turn."""

    def forward(self, untouched):
        return torch.stack(super().forward(untouched), dim=-1).flatten(-2)


class UnclippedAffine(MonotonicAffineTransform):
    """Without zuko's own bound of the log-scale."""

    def __init__(self, shift, log_scale):
        Transform.__init__(self)
        self.shift, self.log_scale, self.scale = shift, log_scale, log_scale.exp()


def load(model, rate):
    if not model.is_affine:
        return None
    layers = []
    for coupling in model.couplings:
        mask = torch.zeros(model.dimension, dtype=torch.bool)
        mask[torch.from_numpy(coupling.untouched())] = True
        layer = GeneralCouplingTransform(model.dimension, mask=mask, univariate=UnclippedAffine)
        layer.hyper = BoundedOutput(coupling)
        layers.append(layer)
    base = UnconditionalDistribution(
        zuko.distributions.DiagNormal, torch.zeros(model.dimension), torch.ones(model.dimension), buffer=True
    )
    flow = Flow(layers, base)
    # Without a context the distribution stays the same, whatever the parameters become.
    distribution = flow()
    return TorchFlow(flow, distribution.log_prob, lambda count: distribution.sample((count,)), rate)
