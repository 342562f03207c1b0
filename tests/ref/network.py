#!/usr/bin/python3
"""Forward values, losses, gradients and ten steps of each optimiser for small networks, in plain NumPy: each layer's rules are
written out as matrix formulas, and the gradients are confirmed here by complex-step differentiation (Squire and Trapp, SIAM Review
40, 1998), which has no rounding to speak of. Writes network.csv.

network,quantity,index,value: quantity is output, loss, gradient, or the parameters after ten steps of an optimiser. Inputs and the
parameters of the start are the multiples of 2^-53 that the formula in `numbers` gives, which the test makes again."""
import csv, sys
import numpy as np

MASK = (1 << 64) - 1


def numbers(n, seed):
    """splitmix64, as in Steele, Lea and Flood (2014), to (-0.5, 0.5): the numbers of gradcheck_point."""
    out = np.empty(n)
    for i in range(n):
        seed = (seed + 0x9E3779B97F4A7C15) & MASK
        z = seed
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        z ^= z >> 31
        out[i] = (z >> 11) * 2.0 ** -53 - 0.5
    return out


def is_positive(x):
    return np.real(x) > 0


def lse(x):
    m = np.max(np.real(x), axis=1, keepdims=True)
    return m + np.log(np.sum(np.exp(x - m), axis=1, keepdims=True))


def softmax_back(y, g):
    return y * (g - np.sum(g * y, axis=1, keepdims=True))


# name: (y from x, dx from x, y and dy)
elementwise = {
    "sigmoid": (lambda x: 1 / (1 + np.exp(-x)), lambda x, y, g: g * y * (1 - y)),
    "tanh": (lambda x: np.tanh(x), lambda x, y, g: g * (1 - y * y)),
    "relu": (lambda x: np.where(is_positive(x), x, 0), lambda x, y, g: g * is_positive(x)),
    "softmax": (lambda x: np.exp(x - lse(x)), lambda x, y, g: softmax_back(y, g)),
    "log-softmax": (lambda x: x - lse(x), lambda x, y, g: g - np.exp(y) * np.sum(g, axis=1, keepdims=True)),
}

ROWS, INPUTS = 12, 5

# name: (layers, outputs, loss); an integer is weighted sums to so many outputs, those of the last layer included
networks = {
    "none": ([], 3, "ce-logits"),
    "classes": ([7, "relu", 6, "tanh"], 4, "ce-logits"),
    "binary": ([6, "sigmoid", 4, "softmax"], 1, "log-logit"),
    "number": ([6, "tanh", 5, "log-softmax"], 1, "l2"),
    "huber": ([8, "relu"], 1, "huber"),
    "probabilities": ([6, "sigmoid"], 3, "ce"),
}


class Network:
    def __init__(self, name, bias=True):
        layers, outputs, self.loss_name = networks[name]
        self.layers = list(layers) + [outputs] + (["softmax"] if self.loss_name == "ce" else [])
        self.bias = bias
        self.shapes, width = [], INPUTS
        for layer in self.layers:
            if isinstance(layer, int):
                self.shapes.append((width + bias, layer))
                width = layer
        self.n = sum(a * b for a, b in self.shapes)
        self.x = 4 * numbers(ROWS * INPUTS, 101).reshape(ROWS, INPUTS)
        self.label = np.arange(ROWS) * 7 % max(outputs, 2)
        self.target = 3 * numbers(ROWS, 102)
        self.weight = 1 + np.arange(ROWS) % 3 / 2

    def matrices(self, theta):
        out, at = [], 0
        for a, b in self.shapes:
            out.append(theta[at:at + a * b].reshape(a, b))
            at += a * b
        return out

    def forward(self, theta):
        values, matrices = [self.x.astype(theta.dtype)], self.matrices(theta)
        for layer in self.layers:
            if isinstance(layer, int):
                w = matrices.pop(0)
                values.append(values[-1] @ w[1:] + w[0] if self.bias else values[-1] @ w)
            else:
                values.append(elementwise[layer][0](values[-1]))
        return values

    def loss(self, y):
        """Losses of rows and their derivatives by y."""
        rows, one = np.arange(ROWS), np.zeros(y.shape)
        one[rows, self.label if y.shape[1] > 1 else 0] = 1
        if self.loss_name == "ce-logits":
            return (lse(y)[:, 0] - y[rows, self.label]), np.exp(y - lse(y)) - one
        if self.loss_name == "ce":
            return -np.log(y[rows, self.label]), -one / y
        s, t = y[:, 0], self.target
        if self.loss_name == "log-logit":
            return np.log(1 + np.exp(s)) - self.label * s, (1 / (1 + np.exp(-s)) - self.label)[:, None]
        r = s - t
        if self.loss_name == "l2":
            return r * r / 2, r[:, None]
        inside = np.abs(np.real(r)) <= 1
        sign = np.sign(np.real(r))
        return np.where(inside, r * r / 2, sign * r - 0.5), np.where(inside, r, sign)[:, None]

    def objective(self, theta):
        return np.sum(self.weight * self.loss(self.forward(theta)[-1])[0]) / np.sum(self.weight)

    def gradient(self, theta):
        values, matrices, out = self.forward(theta), self.matrices(theta), []
        g = self.loss(values[-1])[1] * (self.weight / np.sum(self.weight))[:, None]
        for i in reversed(range(len(self.layers))):
            if isinstance(self.layers[i], int):
                w = matrices.pop()
                dw = values[i].T @ g
                out.insert(0, np.vstack([np.sum(g, axis=0), dw]) if self.bias else dw)
                g = g @ (w[1:] if self.bias else w).T
            else:
                g = elementwise[self.layers[i]][1](values[i], values[i + 1], g)
        return np.concatenate([d.ravel() for d in out])

    def check(self, theta):
        exact = self.gradient(theta)
        for i in range(self.n):
            z = theta.astype(complex)
            z[i] += 1e-30j
            step = np.imag(self.objective(z)) / 1e-30
            assert abs(step - exact[i]) <= 1e-13 * max(1, abs(step)), (i, step, exact[i])


def steps(network, theta, optimizer, decay=0.0, clip=0.0):
    penalised = np.concatenate([np.repeat(np.arange(a) >= network.bias, b) for a, b in network.shapes])
    theta, m, v = theta.copy(), np.zeros(network.n), np.zeros(network.n)
    for t in range(1, 11):
        g = network.gradient(theta)
        norm = np.sqrt(np.sum(g * g))
        if clip > 0 and norm > clip:
            g = g * clip / norm
        g = g + decay * theta * penalised
        if optimizer == "momentum":
            m = 0.9 * m + g
            theta = theta - 0.05 * m
        elif optimizer == "adam":
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g * g
            theta = theta - 0.05 * (m / (1 - 0.9 ** t)) / (np.sqrt(v / (1 - 0.999 ** t)) + 1e-8)
        else:
            theta = theta - 0.05 * g
    return theta


with open(sys.argv[1], "w", newline="") as f:
    out = csv.writer(f, lineterminator="\n")
    out.writerow(["network", "quantity", "index", "value"])

    def write(name, quantity, values):
        for i, value in enumerate(np.ravel(values)):
            out.writerow([name, quantity, i, "%.17g" % value])

    out.writerow(["versions", "numpy " + np.__version__ + " python " + sys.version.split()[0], 0, 0])
    for name in networks:
        network = Network(name)
        theta = 2 * numbers(network.n, 103)
        network.check(theta)
        write(name, "output", network.forward(theta)[-1])
        write(name, "loss", network.objective(theta))
        write(name, "gradient", network.gradient(theta))
        for optimizer in ("sgd", "momentum", "adam", "gd"):
            write(name, optimizer, steps(network, theta, optimizer))
        write(name, "decay", steps(network, theta, "adam", decay=0.3))
        write(name, "clip", steps(network, theta, "sgd", clip=0.1))
    network = Network("classes", bias=False)
    theta = 2 * numbers(network.n, 103)
    network.check(theta)
    write("unbiased", "gradient", network.gradient(theta))
