"""FlowJAX: its coupling flow with our conditioner and bound of the log-scale."""

from importlib.metadata import version as package_version

import equinox as eqx
import jax
from flowjax.bijections import Affine, Chain, Coupling, Invert, Permute, Scan
from flowjax.distributions import StandardNormal, Transformed
from jax import numpy as jnp

import jax_flow
from jax_flow import JaxFlow, use_threads  # noqa: F401


def version():
    return jax_flow.version("flowjax " + package_version("flowjax"))


class BoundedCoupling(Coupling):
    """Without FlowJAX's softplus of the scale."""

    bound: jax.Array

    def __init__(self, coupling, dimension):
        layers = coupling.dense()
        super().__init__(
            jax.random.key(1),
            transformer=Affine(),
            untransformed_dim=dimension // 2,
            dim=dimension,
            nn_width=layers[0][0].shape[1],
            nn_depth=len(layers) - 1,
        )
        self.bound = jnp.asarray(coupling.bound)
        self.conditioner = eqx.tree_at(
            lambda network: [array for layer in network.layers for array in (layer.weight, layer.bias)],
            self.conditioner,
            [jnp.asarray(array) for weights, bias in layers for array in (weights.T, bias)],
        )

    def _flat_params_to_transformer(self, params):
        shift, raw = jnp.split(params, 2)
        return eqx.tree_at(lambda affine: affine.scale, Affine(shift), jnp.exp(self.bound * jnp.tanh(raw)))


def load(model, rate):
    if not model.is_affine:
        return None
    half = model.dimension // 2
    exchange = jnp.roll(jnp.arange(model.dimension), half)
    layers = [Chain([BoundedCoupling(coupling, model.dimension), Permute(exchange)]) for coupling in model.couplings]
    # One layer of stacked arrays, over which FlowJAX scans.
    arrays = [eqx.filter(layer, eqx.is_array) for layer in layers]
    static = eqx.filter(layers[0], eqx.is_array, inverse=True)
    stacked = eqx.combine(jax.tree.map(lambda *leaves: jnp.stack(leaves), *arrays), static)
    flow = Transformed(StandardNormal((model.dimension,)), Invert(Scan(stacked)))
    parameters, rest = eqx.partition(flow, eqx.is_inexact_array)

    def log_prob(parameters, rows):
        return eqx.combine(parameters, rest).log_prob(rows)

    def sample(parameters, key, count):
        return eqx.combine(parameters, rest).sample(key, (count,))

    return JaxFlow(parameters, log_prob, sample, rate, halved=True)
