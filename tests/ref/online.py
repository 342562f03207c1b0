#!/usr/bin/python3
"""Writes online.csv: coefficients after batches that lib/fit/online/online.h learns from, by plain NumPy on the formulas stated there. Row i
of the made table has x0 = ((37 i) mod 101) / 50 - 1, x1 = ((59 i) mod 97) - 48, class 0 where (i (i + 3)) mod 7 < 3 + x0, else 1 for
one score, and 1 or 2 by i mod 2 for several; weight 1 + i mod 3. Batches are of 64 rows, each brought to its end as there."""
import numpy as np

INTERCEPT_PRIOR, LAST_DECREMENT = 0.01, 0.1


def table(rows, several):
    i = np.arange(rows)
    x = np.stack([(37 * i) % 101 / 50 - 1, (59 * i) % 97 - 48.0], axis=1)
    label = np.where((i * (i + 3)) % 7 < 3 + x[:, 0], 0, 1 + (i % 2 if several else 0))
    return x, label, 1.0 + i % 3


def derivatives(z, label, w, theta, several):
    """The loss, slopes (rows x scores) and curvatures (rows x scores)."""
    s = z @ theta.T
    if several:
        log_sum = np.log(np.exp(s).sum(axis=1))
        p = np.exp(s - log_sum[:, None])
        y = np.eye(3)[label]
        return (w * (log_sum - (s * y).sum(axis=1))).sum(), w[:, None] * (p - y), w[:, None] * 2 * p * (1 - p)
    p = 1 / (1 + np.exp(-s))
    y = label[:, None] == 1
    return (w[:, None] * (np.log1p(np.exp(s)) - y * s)).sum(), w[:, None] * (p - y), w[:, None] * p * (1 - p)


def learn(rows, several, l2, prior_sd, standardize):
    x, label, weight = table(rows, several)
    k = 3 if several else 1
    theta, linear, quadratic = np.zeros((k, 3)), np.zeros((k, 3)), np.zeros((k, 3, 3))
    z = np.hstack([np.ones((rows, 1)), x - x[0]])
    losses = []
    for first in range(0, rows, 64):
        b, seen = slice(first, first + 64), slice(0, first + 64)
        total = weight[seen].sum()
        variance = np.average((x[seen] - np.average(x[seen], axis=0, weights=weight[seen])) ** 2, axis=0, weights=weight[seen])
        wanted = (l2 * total + (prior_sd ** -2 if prior_sd else 0)) * (variance if standardize else 1)
        prior = np.concatenate([[INTERCEPT_PRIOR], variance + wanted])

        def value(t):
            known = sum(t[c] @ (quadratic[c] + np.diag(prior)) @ t[c] / 2 - linear[c] @ t[c] for c in range(k))
            return known + derivatives(z[b], label[b], weight[b], t, several)[0]

        losses.append(derivatives(z[b], label[b], weight[b], theta, several)[0])
        reached = value(theta)
        while True:
            _, slope, curvature = derivatives(z[b], label[b], weight[b], theta, several)
            at, decrement, hessians, gradients = theta.copy(), 0, [], []
            for c in range(k):
                g_batch = z[b].T @ slope[:, c]
                h = (z[b] * curvature[:, c:c + 1]).T @ z[b]
                g = (quadratic[c] + np.diag(prior)) @ at[c] - linear[c] + g_batch
                step = np.linalg.solve(quadratic[c] + h + np.diag(prior), g)
                theta[c] = at[c] - step
                decrement += g @ step
                hessians.append(h)
                gradients.append(g_batch)
            if decrement <= LAST_DECREMENT:
                break
            while not value(theta) <= reached:
                theta = (theta + at) / 2
            reached = value(theta)
        for c in range(k):
            quadratic[c] += hessians[c]
            linear[c] += hessians[c] @ at[c] - gradients[c]
    coefficients = theta.copy()
    coefficients[:, 0] -= theta[:, 1:] @ x[0]
    if several:
        coefficients[:, 0] -= coefficients[:, 0].mean()
    return coefficients, sum(losses)


with open("online.csv", "w") as out:
    print(f"# NumPy {np.__version__}: case, rows, several, l2, prior_sd, standardize, loss, coefficients", file=out)
    cases = [(64, 0, 0, 0, 0), (640, 0, 0, 0, 0), (640, 0, 0.1, 0, 0), (640, 0, 0.1, 0, 1), (640, 0, 0, 0.05, 0), (640, 1, 0, 0, 0),
             (640, 1, 0.01, 0, 1)]
    for i, case in enumerate(cases):
        coefficients, loss = learn(case[0], bool(case[1]), case[2], case[3], bool(case[4]))
        numbers = [loss, *coefficients.ravel(), *[0] * (9 - coefficients.size)]
        print(i, *case, *(f"{x:.17g}" for x in numbers), sep=",", file=out)
