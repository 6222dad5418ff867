"""What the peers on JAX have in common: Adam, and scoring and sampling around compiled functions."""

import os
from functools import partial

import jax
import numpy as np
import optax
from jax import numpy as jnp

from model import halves


def use_threads(threads):
    """XLA takes as many as the process may use when it computes for the first time."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:threads]))


def version(*others):
    return ", ".join([f"jax {jax.__version__}", *others])


class JaxFlow:
    """The functions that the driver calls, around log_prob(parameters, rows) and sample(parameters, key, count)."""

    def __init__(self, parameters, log_prob, sample, rate, halved=False, differs=""):
        self.differs = differs
        self.halved = halved
        self.weights = parameters
        self.optimizer = optax.adam(rate)
        self.state = self.optimizer.init(parameters)
        self.key = jax.random.key(1)
        self._log_prob = jax.jit(log_prob)

        @partial(jax.jit, static_argnums=2)
        def draw(parameters, key, count):
            key, used = jax.random.split(key)
            return key, sample(parameters, used, count)

        self._draw = draw

        @partial(jax.jit, donate_argnums=(0, 1))
        def step(parameters, state, rows, indices):
            loss, gradient = jax.value_and_grad(lambda p: -log_prob(p, rows[indices]).mean())(parameters)
            updates, state = self.optimizer.update(gradient, state, parameters)
            return optax.apply_updates(parameters, updates), state, loss

        self._step = step

    def parameters(self):
        return sum(leaf.size for leaf in jax.tree.leaves(self.weights))

    def prepare(self, rows):
        return jnp.asarray(halves(rows) if self.halved else rows, dtype=jnp.float32)

    def train_step(self, rows, indices):
        self.weights, self.state, loss = self._step(self.weights, self.state, rows, indices)
        return loss

    def finish(self, loss):
        return float(loss)

    def score(self, rows):
        return np.asarray(self._log_prob(self.weights, rows))

    def sample(self, count):
        self.key, rows = self._draw(self.weights, self.key, count)
        return np.asarray(rows)
