"""RealNVP and NICE as functions under jax.jit, in the manner of distrax's examples."""

import jax
from jax import numpy as jnp

import jax_flow
from jax_flow import JaxFlow, use_threads, version  # noqa: F401
from model import LOG_TWO_PI


def perceptron(layers, x):
    for weights, bias in layers[:-1]:
        x = jax.nn.relu(x @ weights + bias)
    weights, bias = layers[-1]
    return x @ weights + bias


def affine(coupling, untouched):
    shift, raw = jnp.split(perceptron(coupling["layers"], untouched), 2, axis=-1)
    return shift, coupling["bound"] * jnp.tanh(raw)


class Functions:
    """What is fixed: the prior, and the centres and spreads of additive couplings."""

    def __init__(self, model):
        self.dimension = model.dimension
        self.logistic = model.prior == "standardLogistic"
        self.spreads = [
            None if coupling.transformer == "affine" else (jnp.asarray(coupling.centre), jnp.asarray(coupling.spread))
            for coupling in model.couplings
        ]

    def log_prob(self, parameters, x):
        a, b = x[:, 0::2], x[:, 1::2]
        log_det = jnp.zeros(x.shape[0])
        for coupling, spread in zip(parameters["couplings"], self.spreads):
            if spread is None:
                shift, log_scale = affine(coupling, a)
                b = b * jnp.exp(log_scale) + shift
                log_det += log_scale.sum(-1)
            else:
                b = b - spread[0] + spread[1] * perceptron(coupling["layers"], a)
            a, b = b, a
        z = self._together(a, b)
        if "scaling" in parameters:
            z = z * jnp.exp(parameters["scaling"])
            log_det += parameters["scaling"].sum()
        if self.logistic:
            return log_det - (jax.nn.softplus(z) + jax.nn.softplus(-z)).sum(-1)
        return log_det - 0.5 * (jnp.square(z).sum(-1) + self.dimension * LOG_TWO_PI)

    def sample(self, parameters, key, count):
        draw = jax.random.logistic if self.logistic else jax.random.normal
        z = draw(key, (count, self.dimension))
        if "scaling" in parameters:
            z = z * jnp.exp(-parameters["scaling"])
        a, b = z[:, 0::2], z[:, 1::2]
        if len(self.spreads) % 2:
            a, b = b, a
        for coupling, spread in zip(parameters["couplings"][::-1], self.spreads[::-1]):
            a, b = b, a
            if spread is None:
                shift, log_scale = affine(coupling, a)
                b = (b - shift) * jnp.exp(-log_scale)
            else:
                b = b + spread[0] - spread[1] * perceptron(coupling["layers"], a)
        return jnp.stack([a, b], axis=-1).reshape(count, -1)

    def _together(self, a, b):
        if len(self.spreads) % 2:
            a, b = b, a
        return jnp.stack([a, b], axis=-1).reshape(a.shape[0], -1)


def load(model, rate):
    if model.is_image:
        return None
    couplings = []
    for coupling in model.couplings:
        tree = {"layers": [(jnp.asarray(weights), jnp.asarray(bias)) for weights, bias in coupling.dense()]}
        if coupling.transformer == "affine":
            tree["bound"] = jnp.asarray(coupling.bound)
        couplings.append(tree)
    parameters = {"couplings": couplings}
    if model.log_scales is not None:
        parameters["scaling"] = jnp.asarray(model.log_scales)
    functions = Functions(model)
    return JaxFlow(parameters, functions.log_prob, functions.sample, rate)
