"""The multi-scale RealNVP for images in plain PyTorch."""

import math

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import parametrizations

from model import LOG_TWO_PI
from torch_flow import TorchFlow, parameter

DIFFERS = "in training, batch normalisation inside the networks uses the batch's own moments"


class Tensors:
    """A layer's tensors under a prefix."""

    def __init__(self, layer, prefix=""):
        self.tensors, self.prefix = layer.tensors, prefix

    def __getitem__(self, name):
        return self.tensors[self.prefix + name]

    def get(self, name):
        return self.tensors.get(self.prefix + name)

    def norm(self, name):
        """Batch normalisation with a rectifier behind it."""
        gain = self[name + ".gain"]
        norm = nn.BatchNorm2d(len(gain), eps=1e-4)
        norm.weight, norm.bias = parameter(gain), parameter(self[name + ".shift"])
        norm.running_mean.copy_(torch.from_numpy(self[name + ".runningMean"]))
        norm.running_var.copy_(torch.from_numpy(self[name + ".runningVariance"]))
        return nn.Sequential(norm, nn.ReLU(inplace=True))

    def convolution(self, name, side):
        """A convolution with normalised weights."""
        direction = self[name + ".direction"]
        inputs, outputs = direction.shape[0] // side ** 2, direction.shape[1]
        bias = self.get(name + ".bias")
        convolution = nn.Conv2d(inputs, outputs, side, padding=side // 2, bias=bias is not None)
        if bias is not None:
            convolution.bias = parameter(bias)
        convolution = parametrizations.weight_norm(convolution)
        weight = convolution.parametrizations.weight
        weight.original0 = parameter(self[name + ".length"].reshape(-1, 1, 1, 1))
        weight.original1 = parameter(direction.reshape(side, side, inputs, outputs).transpose(3, 2, 0, 1))
        return convolution


class ResidualNetwork(nn.Module):
    def __init__(self, coupling):
        super().__init__()
        tensors = Tensors(coupling, "conditioner.")
        blocks = range(coupling.conditioner["blocks"])
        self.entrance = nn.Sequential(
            tensors.norm("input.norm"), tensors.convolution("input.convolution", 3)
        )
        self.first_skip = tensors.convolution("input.skip", 1)
        self.blocks = nn.ModuleList(
            nn.Sequential(
                tensors.norm(f"block{i}.norm0"),
                tensors.convolution(f"block{i}.convolution0", 3),
                tensors.norm(f"block{i}.norm1"),
                tensors.convolution(f"block{i}.convolution1", 3),
            )
            for i in blocks
        )
        self.skips = nn.ModuleList(tensors.convolution(f"block{i}.skip", 1) for i in blocks)
        self.exit = nn.Sequential(tensors.norm("output.norm"), tensors.convolution("output.convolution", 1))

    def forward(self, seen):
        stream = self.entrance(seen)
        skips = self.first_skip(stream)
        for block, skip in zip(self.blocks, self.skips):
            stream = stream + block(stream)
            skips = skips + skip(stream)
        return self.exit(skips)


class FlowBatchNorm(nn.Module):
    """Batch normalisation as a layer of the flow, over the pixels of a mask."""

    EPSILON = 1e-5
    MOMENTUM = 0.1

    def __init__(self, layer):
        super().__init__()
        self.log_scale = parameter(layer.tensors["logScale"].reshape(1, -1, 1, 1))
        self.shift = parameter(layer.tensors["shift"].reshape(1, -1, 1, 1))
        self.pixels = len(layer.settings["entries"]) // layer.settings["channels"]
        for name, tensor in (("mean", "runningMean"), ("variance", "runningVariance")):
            self.register_buffer(name, torch.from_numpy(layer.tensors[tensor].reshape(1, -1, 1, 1)))

    def forward(self, x, mask):
        mean, variance = self._moments(x, mask) if self.training else (self.mean, self.variance)
        scale = self.log_scale - 0.5 * torch.log(variance + self.EPSILON)
        y = (x - mean) * torch.exp(scale) + self.shift
        return torch.where(mask, y, x), self.pixels * scale.sum()

    def _moments(self, x, mask):
        values = self.pixels * x.shape[0]
        mean = (x * mask).sum((0, 2, 3), keepdim=True) / values
        variance = ((x - mean).square() * mask).sum((0, 2, 3), keepdim=True) / values
        with torch.no_grad():
            self.mean.lerp_(mean, self.MOMENTUM)
            self.variance.lerp_(variance, self.MOMENTUM)
        return mean, variance


class ImageCoupling(nn.Module):
    """A coupling over a checkerboard, whose network sees whole images, or over halves of the channels."""

    def __init__(self, coupling, norm, shape):
        super().__init__()
        height, width, channels = shape
        self.shape = shape
        self.network = ResidualNetwork(coupling)
        self.norm = FlowBatchNorm(norm)
        self.bound = parameter(coupling.bound)
        entries = torch.from_numpy(coupling.transformed())
        board = torch.zeros(height * width * channels)
        board[entries] = 1
        board = board.reshape(1, height, width, channels).permute(0, 3, 1, 2).bool()
        self.checkerboard = coupling.conditioner["withMask"]
        self.first_moves = bool(board[0, 0, 0, 0])
        self.register_buffer("entries", entries)
        self.register_buffer("moves", board[:, :1] if self.checkerboard else torch.ones(1, 1, 1, 1).bool())
        self.register_buffer("stays", (~self.moves).float())

    def forward(self, x):
        if self.checkerboard:
            passive = x * self.stays
            mask = self.stays.expand(x.shape[0], -1, -1, -1)
            y, log_det = self._transform(x, torch.cat([passive, -passive, mask], 1))
            return torch.where(self.moves, y, x), log_det
        a, b = x.chunk(2, 1)
        moving, staying = (a, b) if self.first_moves else (b, a)
        moved, log_det = self._transform(moving, torch.cat([staying, -staying], 1))
        return torch.cat([moved, staying] if self.first_moves else [staying, moved], 1), log_det

    def _transform(self, x, seen):
        shift, raw = self.network(seen).chunk(2, 1)
        log_scale = torch.where(self.moves, self._bounds() * torch.tanh(raw), 0)
        y, log_det = self.norm(x * torch.exp(log_scale) + shift, self.moves)
        return y, log_det + log_scale.sum((1, 2, 3))

    def _bounds(self):
        """Of each entry of the image, or of the half of its channels that is transformed."""
        height, width, channels = self.shape
        if self.checkerboard:
            bounds = torch.zeros(height * width * channels).index_copy(0, self.entries, self.bound)
        else:
            bounds, channels = self.bound, channels // 2
        return bounds.reshape(1, height, width, channels).permute(0, 3, 1, 2)


class Logit(nn.Module):
    def __init__(self, layer, shape):
        super().__init__()
        self.shape = shape
        self.alpha = layer.settings["alpha"]
        self.width = 1 - 2 * self.alpha if layer.settings["variant"] == "symmetric" else 1 - self.alpha

    def forward(self, x):
        x = x.reshape(-1, *self.shape).permute(0, 3, 1, 2)
        u = self.alpha + self.width * x
        log_u, log_v = torch.log(u), torch.log(1 - u)
        slopes = math.log(self.width) - log_u - log_v
        return log_u - log_v, slopes.sum((1, 2, 3))


class Squeeze(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.order, self.undone = layer.settings["order"], layer.settings["undone"]

    def forward(self, x):
        if self.undone:
            return functional.pixel_shuffle(x, 2), 0
        if self.order == "plain":
            return functional.pixel_unshuffle(x, 2), 0
        return torch.cat([x[..., i::2, j::2] for i, j in ((0, 0), (1, 1), (0, 1), (1, 0))], 1), 0


class ImageFlow(nn.Module):
    def __init__(self, model):
        super().__init__()
        first = model.couplings[0].conditioner
        shape = (first["height"], first["width"], first["inputChannels"])
        self.dimension = model.dimension
        self.layers = nn.ModuleList()
        self.factors = set()
        for i, layer in enumerate(model.layers):
            if layer.type == "logit":
                self.layers.append(Logit(layer, shape))
            elif layer.type == "coupling":
                self.layers.append(ImageCoupling(layer, model.layers[i + 1], shape))
            elif layer.type == "squeeze":
                height, width, channels = layer.settings["shape"]
                undone = layer.settings["undone"]
                shape = (height, width, channels) if undone else (height // 2, width // 2, 4 * channels)
                self.layers.append(Squeeze(layer))
            elif layer.type == "factorOut":
                height, width, channels = shape
                shape = (height, width, channels // 2)
                self.factors.add(len(self.layers) - 1)

    def log_prob(self, x):
        log_det, squares = 0, 0
        for i, layer in enumerate(self.layers):
            x, contribution = layer(x)
            log_det = log_det + contribution
            if i in self.factors:
                x, out = x.chunk(2, 1)
                squares = squares + out.square().sum((1, 2, 3))
        squares = squares + x.square().sum((1, 2, 3))
        return log_det - 0.5 * (squares + self.dimension * LOG_TWO_PI)


def load(model, rate, compile):
    module = ImageFlow(model)
    return TorchFlow(module, module.log_prob, None, rate, compile, DIFFERS)
