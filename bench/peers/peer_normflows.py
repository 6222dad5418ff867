"""normflows: its affine coupling block with our conditioner and bound of the log-scale."""

from importlib.metadata import version as package_version

import torch
from normflows import NormalizingFlow
from normflows.distributions import DiagGaussian
from normflows.flows import AffineCouplingBlock, Reverse

import torch_flow
from torch_flow import Bounded, TorchFlow, use_threads  # noqa: F401


def version():
    return torch_flow.version("normflows " + package_version("normflows"))


class BoundedOutput(Bounded):
    """Where normflows expects the shift and the log-scale of each entry in turn."""

    def forward(self, untouched):
        return torch.stack(super().forward(untouched), dim=-1).flatten(-2)


def load(model, rate):
    if not model.is_affine:
        return None
    # normflows goes from z to x, last flow last; ours go from x to z.
    flows = [
        Reverse(AffineCouplingBlock(BoundedOutput(coupling), split_mode="channel_inv" if i % 2 else "channel"))
        for i, coupling in enumerate(model.couplings)
    ]
    flow = NormalizingFlow(DiagGaussian(model.dimension, trainable=False), flows[::-1])
    return TorchFlow(flow, flow.log_prob, lambda count: flow.sample(count)[0], rate, halved=True)
