#!/usr/bin/python3
"""Forward values, losses, gradients and ten steps of each optimiser by PyTorch, in double precision, for networks with every layer and
kind of target. Writes network-torch.csv beside this script: network,quantity,index,value. Inputs, targets and the parameters of the
start are those of network.py, which the test makes again; a linear layer's parameters are its biases, then its weights by input."""
import csv
import os

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
MASK = (1 << 64) - 1
ROWS, INPUTS = 12, 5


def splitmix(seed):
    """Steele, Lea and Flood (2014): the next state, and 64 random bits."""
    seed = (seed + 0x9E3779B97F4A7C15) & MASK
    z = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return seed, z ^ (z >> 31)


def numbers(n, seed):
    out = []
    for _ in range(n):
        seed, bits = splitmix(seed)
        out.append((bits >> 11) * 2.0 ** -53 - 0.5)
    return torch.tensor(out)


def uniforms(n, seed):
    """xoshiro256++ (Blackman and Vigna, 2021), its state filled by splitmix64."""
    s, out = [], []
    seed &= MASK
    for _ in range(4):
        seed, bits = splitmix(seed)
        s.append(bits)
    for _ in range(n):
        sum_ = (s[0] + s[3]) & MASK
        out.append(((((sum_ << 23 | sum_ >> 41) + s[0]) & MASK) >> 11) * 2.0 ** -53)
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = (s[3] << 45 | s[3] >> 19) & MASK
    return torch.tensor(out)


class Dropout(nn.Module):
    """What is dropped is a function of the seed, the layer and the row; what is kept is as nn.Dropout keeps it."""

    def __init__(self, number, rate):
        super().__init__()
        self.number, self.rate = number, rate

    def forward(self, x):
        if not self.training:
            return x
        seed = SEED + self.number * 0xD1B54A32D192ED03
        keep = torch.stack([uniforms(x.shape[1], seed + r * 0x9E3779B97F4A7C15) >= self.rate for r in range(x.shape[0])])
        return x * keep / (1 - self.rate)


class MeanSd(nn.Module):
    def forward(self, x):
        return torch.stack([x[:, 0::2], torch.exp(x[:, 1::2])], dim=2).reshape(x.shape[0], -1)


class CommonSd(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.log_sd = nn.Parameter(torch.zeros(n))

    def forward(self, x):
        return torch.stack([x, torch.exp(self.log_sd).expand(x.shape)], dim=2).reshape(x.shape[0], -1)


SEED = 5
modules = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "relu": nn.ReLU, "softmax": lambda: nn.Softmax(dim=1),
           "log-softmax": lambda: nn.LogSoftmax(dim=1), "mean-sd": MeanSd}

# name: (layers, the last weighted sums included; loss). An integer is weighted sums to so many outputs, a fraction dropout.
networks = {
    "none": ([3], "ce-logits"),
    "classes": ([7, "relu", 6, "tanh", 4], "ce-logits"),
    "binary": ([6, "sigmoid", 4, "softmax", 1], "log-logit"),
    "number": ([6, "tanh", 5, "log-softmax", 1], "l2"),
    "huber": ([8, "relu", 1], "huber"),
    "probabilities": ([6, "sigmoid", 3, "softmax"], "ce"),
    "dropped": ([8, "relu", 0.25, 6, "tanh", 0.5, 4], "ce-logits"),
    "hidden": ([4, "mean-sd", "common-sd", 1], "l1"),
    "several": ([6, "tanh", 2], "l2"),
    "scattered": ([6, "tanh", 4, "mean-sd"], "nll-sd"),
    "learnt": ([6, "relu", 2, "common-sd"], "nll"),
    "given": ([6, "sigmoid", 1], "nll:2"),
    "laplace": ([6, "tanh", 1], "nll-laplace:2"),
    "soft": ([6, "tanh", 3], "ce-logits"),
    "shares": ([6, "tanh", 3, "softmax"], "ce"),
}
x = (4 * numbers(ROWS * INPUTS, 101)).reshape(ROWS, INPUTS)
weight = torch.tensor([1 + r % 3 / 2 for r in range(ROWS)])


def build(layers):
    stack, width = [], INPUTS
    for i, layer in enumerate(layers):
        if isinstance(layer, int):
            stack.append(nn.Linear(width, layer))
            width = layer
        elif isinstance(layer, float):
            stack.append(Dropout(i, layer))
        elif layer == "common-sd":
            stack.append(CommonSd(width))
            width *= 2
        else:
            stack.append(modules[layer]())
    return nn.Sequential(*stack), width


def tensors(network, of):
    """In the order of the file: biases, then weights by input."""
    out = []
    for layer in network:
        if isinstance(layer, nn.Linear):
            out += [of(layer.bias).reshape(-1), of(layer.weight).t().reshape(-1)]
        elif isinstance(layer, CommonSd):
            out.append(of(layer.log_sd))
    return torch.cat(out)


def fill(network, theta):
    at = 0
    with torch.no_grad():
        for layer in network:
            if isinstance(layer, nn.Linear):
                m, n = layer.weight.shape
                layer.bias.copy_(theta[at:at + m])
                layer.weight.copy_(theta[at + m:at + m + m * n].reshape(n, m).t())
                at += m + m * n
            elif isinstance(layer, CommonSd):
                layer.log_sd.copy_(theta[at:at + len(layer.log_sd)])
                at += len(layer.log_sd)


def objective(name, network, width):
    loss, y = networks[name][1], network(x)
    number = torch.stack([3 * numbers(ROWS, 102), 3 * numbers(ROWS, 104)], dim=1)
    label = torch.tensor([r * 7 % max(width, 2) for r in range(ROWS)])
    if name in ("soft", "shares"):
        counts = torch.tensor([[(r * 7 + k * 3) % 5 + 1.0 for k in range(width)] for r in range(ROWS)])
        label = counts / counts.sum(dim=1, keepdim=True)
    if loss == "ce-logits":
        rows = nn.functional.cross_entropy(y, label, reduction="none")
    elif loss == "ce" and name == "shares":
        rows = -(label * torch.log(y)).sum(dim=1)
    elif loss == "ce":
        rows = nn.functional.nll_loss(torch.log(y), label, reduction="none")
    elif loss == "log-logit":
        rows = nn.functional.binary_cross_entropy_with_logits(y[:, 0], label.double(), reduction="none")
    elif loss in ("nll-sd", "nll"):
        rows = nn.functional.gaussian_nll_loss(y[:, 0::2], number, y[:, 1::2] ** 2, full=True, eps=1e-30, reduction="none").sum(dim=1)
    elif loss == "nll:2":
        rows = nn.functional.gaussian_nll_loss(y, number[:, :1], torch.full_like(y, 2), full=True, reduction="none").sum(dim=1)
    elif loss == "nll-laplace:2":
        rows = -torch.distributions.Laplace(y, 2.0).log_prob(number[:, :1]).sum(dim=1)
    elif loss == "huber":
        rows = nn.functional.huber_loss(y, number[:, :1], reduction="none").sum(dim=1)
    elif loss == "l1":
        rows = nn.functional.l1_loss(y, number[:, :1], reduction="none").sum(dim=1)
    else:
        rows = nn.functional.mse_loss(y, number[:, :y.shape[1]], reduction="none").sum(dim=1) / 2
    return (weight * rows).sum() / weight.sum()


def optimiser(kind, network):
    if kind == "momentum":
        return torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
    if kind == "adam":
        return torch.optim.Adam(network.parameters(), lr=0.05)
    if kind == "decay":
        weights = [l.weight for l in network if isinstance(l, nn.Linear)]
        others = [l.bias for l in network if isinstance(l, nn.Linear)] + [l.log_sd for l in network if isinstance(l, CommonSd)]
        return torch.optim.Adam([{"params": weights, "weight_decay": 0.3}, {"params": others}], lr=0.05)
    return torch.optim.SGD(network.parameters(), lr=0.05)


def steps(name, kind, theta):
    network, width = build(networks[name][0])
    fill(network, theta)
    descent = optimiser(kind, network)
    for _ in range(10):
        descent.zero_grad()
        objective(name, network, width).backward()
        descent.step()
    return tensors(network, lambda t: t.detach())


def lbfgs(name, theta):
    """Ten steps of L-BFGS, and whether all have the length that is tried first, a line search by the strong Wolfe conditions (1e-4 and
    0.9) being content with it. The first one's is 1 / |g| by the Euclidean norm, for which
    PyTorch takes the sum of magnitudes: its lr makes up for that."""
    network, width = build(networks[name][0])
    fill(network, theta)
    descent = torch.optim.LBFGS(network.parameters(), max_iter=1, history_size=100, tolerance_grad=0, tolerance_change=0)
    content, before = True, None
    for step in range(11):
        point = tensors(network, lambda t: t.detach())
        descent.zero_grad()
        value = objective(name, network, width)
        value.backward()
        gradient = tensors(network, lambda t: t.grad)
        if before is not None:
            slope, now = (before[2] * (point - before[0])).sum(), (gradient * (point - before[0])).sum()
            content = content and bool(value <= before[1] + 0.9e-3 * slope and abs(now) <= 0.89 * -slope)
        before = (point, value.detach(), gradient.clone())
        if step == 10:
            return point, content
        own, torchs = min(1, 1 / gradient.norm().item()), min(1, 1 / gradient.abs().sum().item())
        descent.param_groups[0]["lr"] = own / torchs if step == 0 else 1
        descent.step(lambda: value)


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "network-torch.csv"), "w", newline="") as f:
    out = csv.writer(f, lineterminator="\n")
    out.writerow(["network", "quantity", "index", "value"])
    out.writerow(["versions", "PyTorch " + torch.__version__, 0, 0])

    def write(name, quantity, values):
        for i, value in enumerate(values.detach().reshape(-1).tolist()):
            out.writerow([name, quantity, i, "%.17g" % value])

    for name, (layers, _) in networks.items():
        network, width = build(layers)
        theta = 2 * numbers(sum(p.numel() for p in network.parameters()), 103)
        fill(network, theta)
        network.eval()
        write(name, "output", network(x))
        network.train()
        value = objective(name, network, width)
        value.backward()
        write(name, "loss", value)
        write(name, "gradient", tensors(network, lambda t: t.grad))
        for kind in () if name == "dropped" else ("sgd", "momentum", "adam", "gd", "decay"):
            write(name, kind, steps(name, kind, theta))
        point, content = (None, False) if name == "dropped" else lbfgs(name, theta)
        if content:
            write(name, "lbfgs", point)
