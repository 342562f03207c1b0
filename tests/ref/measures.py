#!/usr/bin/python3
"""Makes measures-input.csv and measures.tsv: entropies, mutual informations, divergences, locations, categorical fits and gradients of
losses, weighted, by group and conditional, by SciPy and by the formulas themselves in NumPy. Run from anywhere:
/usr/bin/python3 tests/ref/measures.py

A line of measures.tsv is a command with its options, a row of its result, a column, and the value that is there."""
import collections
import csv
import os
import sys

import numpy as np
import scipy
from scipy import optimize, special, stats

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(20261121)
n, groups = 90, ["north", "south", "west"]
x = rng.integers(0, 5, n)
y = (x + rng.integers(0, 3, n)) % 4
z = rng.integers(0, 3, n)
g = np.r_[0:3, rng.integers(0, 3, n - 3)]
w = rng.integers(0, 4, n) * 0.75
k = rng.integers(0, 4, n)
a = np.round(rng.normal(size=n) + x, 3)
b = np.round(rng.standard_t(2, n), 1)
c = np.round(0.5 * a + rng.normal(size=n), 3)
w[:3] = 1.5
logits = np.round(rng.normal(size=(n, 3)) * 3, 4)
shares = np.array([[1, 0, 0], [0.25, 0.25, 0.5], [0, 0.375, 0.625]])[rng.integers(0, 3, n)]
columns = {"x": ["s%d" % v for v in x], "y": ["t%d" % v for v in y], "z": ["u%d" % v for v in z], "g": [groups[v] for v in g],
           "w": w, "k": k, "a": a, "b": b, "c": c}
for j, name in enumerate("pqr"):
    columns["logit_" + name], columns["share_" + name] = logits[:, j], shares[:, j]
columns["class"] = ["pqr"[v] for v in rng.integers(0, 3, n)]
with open(os.path.join(here, "measures-input.csv"), "w", newline="") as f:
    out = csv.writer(f, lineterminator="\n")
    out.writerow(columns)
    out.writerows(zip(*([v if isinstance(v, str) else "%.17g" % v for v in column] for column in columns.values())))

versions = "Python %s; NumPy %s; SciPy %s" % (sys.version.split()[0], np.__version__, scipy.__version__)
lines = []


def put(command, row, cells):
    lines.extend((command, row, column, "%.17g" % value, versions) for column, value in cells.items())


def in_group(group):
    return np.ones(n, bool) if group is None else g == group


def tables(command, rows):
    """The rows of a command as it is, then of each group: rows(selection) is a list of dicts."""
    for at, cells in enumerate(rows(in_group(None)), 1):
        put(command, at, cells)
    at = 0
    for group in range(3):
        for cells in rows(in_group(group)):
            at += 1
            put(command + " --by g", at, cells)


# ---- information: bits ----

def tally(selection, weight, *names):
    sums = collections.defaultdict(float)
    for i in np.flatnonzero(selection):
        sums[tuple(columns[name][i] for name in names)] += weight[i]
    return np.array([v for v in sums.values() if v > 0])


def entropy(counts, method="ml"):
    total = counts.sum()
    if method == "grassberger":
        # Grassberger, Entropy Estimates from Insufficient Samplings (2003), eq. 28 and 29
        terms = special.digamma(counts) + (-1.0) ** counts / 2 * (special.digamma((counts + 1) / 2) - special.digamma(counts / 2))
        return (np.log(total) - (counts * terms).sum() / total) / np.log(2)
    correction = (len(counts) - 1) / (2 * total) if method == "miller-madow" else 0
    return stats.entropy(counts, base=2) + correction / np.log(2)


def entropy_se(counts):
    p = counts / counts.sum()
    return np.sqrt(((p * np.log2(p) ** 2).sum() - stats.entropy(p, base=2) ** 2) / counts.sum())


ones = np.ones(n)
for weight, option in ((ones, ""), (w, " -w w"), (k, " -w k")):
    for method in ("ml", "miller-madow", "grassberger"):
        if option == " -w w" and method == "grassberger":
            continue
        how = option + ("" if method == "ml" else " --estimate " + method)
        tables("entropy -x x,y --joint" + how, lambda s: [{"H_bits": entropy(tally(s, weight, "x", "y"), method)}])
        tables("entropy -x y --given x,z" + how, lambda s: [
            {"H_bits": entropy(tally(s, weight, "x", "z", "y"), method) - entropy(tally(s, weight, "x", "z"), method)}])
    tables("entropy -x x,y --se" + option, lambda s: [{"H_se_bits": entropy_se(tally(s, weight, name))} for name in "xy"])


def mutual(s, weight, given, method="ml"):
    h = [entropy(tally(s, weight, *names), method) for names in (("x", *given), ("y", *given), ("x", "y", *given))]
    return h[0] + h[1] - h[2] - (entropy(tally(s, weight, *given), method) if given else 0)


def mutual_se(s, weight):
    both = tally(s, weight, "x", "y")
    joint = collections.defaultdict(float)
    for i in np.flatnonzero(s):
        joint[x[i], y[i]] += weight[i]
    total, squares = both.sum(), 0
    for (u, v), count in joint.items():
        if count > 0:
            left = sum(c for (q, _), c in joint.items() if q == u)
            right = sum(c for (_, q), c in joint.items() if q == v)
            squares += count / total * np.log2(count * total / left / right) ** 2
    return np.sqrt((squares - mutual(s, weight, ()) ** 2) / total)


for weight, option in ((ones, ""), (w, " -w w")):
    tables("mutual-info -x x,y --se" + option, lambda s: [{"I_bits": mutual(s, weight, ()), "I_se_bits": mutual_se(s, weight)}])
    tables("mutual-info -x x,y --given z" + option, lambda s: [{"I_bits": mutual(s, weight, ("z",))}])
    tables("mutual-info -x x,y --estimate miller-madow" + option, lambda s: [{"I_bits": mutual(s, weight, (), "miller-madow")}])

# ---- locations ----


def weighted_median(values, weight):
    order = np.argsort(values, kind="stable")
    values, sums = values[order][weight[order] > 0], np.cumsum(weight[order][weight[order] > 0])
    at = np.searchsorted(sums, sums[-1] / 2)  # the weights are multiples of 0.25: sums are exact
    return (values[at] + values[at + 1]) / 2 if sums[at] == sums[-1] / 2 else values[at]


def location(s, weight, loss):
    values, weight = b[s], weight[s]
    total = weight.sum()
    if loss == "l2":
        m = (weight * values).sum() / total
        return {"estimate": m, "se": np.sqrt((weight * (values - m) ** 2).sum() / (total - 1) / total)}
    if loss == "l1":
        m = weighted_median(values, weight)
        return {"estimate": m, "mean_loss": (weight * abs(values - m)).sum() / total}
    delta = 0.5
    m = optimize.brentq(lambda t: (weight * np.clip(values - t, -delta, delta)).sum(), values.min(), values.max(), xtol=1e-15,
                        rtol=1e-15)
    psi = np.clip(values - m, -delta, delta)
    inside = weight[abs(values - m) <= delta].sum()
    return {"estimate": m, "se": np.sqrt((weight * psi**2).sum() * total / (total - 1)) / inside,
            "mean_loss": (weight * special.huber(delta, values - m)).sum() / total}


for weight, option in ((ones, ""), (w, " -w w"), (k, " -w k")):
    for loss in ("l2", "l1", "huber:0.5"):
        tables("mle-location -x b -l %s%s" % (loss, option), lambda s: [location(s, weight, loss)])
    total = weight.sum()
    for at, t in enumerate(np.linspace(b[weight > 0].min(), b[weight > 0].max(), 9), 1):
        put("mle-location -x b -l huber:0.5 --influence 9" + option, at,
            {"mean_loss": (weight * special.huber(0.5, b - t)).sum() / total,
             "derivative": -(weight * np.clip(b - t, -0.5, 0.5)).sum() / total})


def laplace(s, weight):
    m = weighted_median(b[s], weight[s])
    scale = (weight[s] * abs(b[s] - m)).sum() / weight[s].sum()
    return {"scale": scale, "loglik_nats": (weight[s] * stats.laplace.logpdf(b[s], m, scale)).sum()}


def categorical(s, weight):
    counts = tally(s, weight, "x")
    p_map = (counts + 0.5) / (counts.sum() + 0.5 * len(counts))
    return {"nll_nats": stats.entropy(counts) * counts.sum(), "H_nats": stats.entropy(counts),
            "H_se_nats": entropy_se(counts) * np.log(2), "nll_map_nats": -(counts * np.log(p_map)).sum()}


def joint_gauss(s, weight):
    data, weight = np.c_[a, c][s], weight[s]
    mean = (weight[:, None] * data).sum(0) / weight.sum()
    fit = stats.multivariate_normal(mean, np.cov(data.T, aweights=weight, ddof=0))
    return {"h_nats": fit.entropy(), "loglik_nats": (weight * fit.logpdf(data)).sum()}


for weight, option in ((ones, ""), (w, " -w w")):
    tables("mle-laplace -x b" + option, lambda s: [laplace(s, weight)])
    tables("mle-categorical -x x --summary --pseudo-count 0.5" + option, lambda s: [categorical(s, weight)])
    tables("mle-gauss -x a,c --joint" + option, lambda s: [joint_gauss(s, weight)])

# ---- divergences of what rows say, p, from what rows with weights say, q ----


def moments(s, weight):
    data, weight = np.c_[a, c, b][s], weight[s]
    return (weight[:, None] * data).sum(0) / weight.sum(), np.cov(data.T, aweights=weight, ddof=0)


def gauss_divergence(p, q):
    shift, inverse = q[0] - p[0], np.linalg.inv(q[1])
    logs = np.linalg.slogdet(q[1])[1] - np.linalg.slogdet(p[1])[1]
    return (np.trace(inverse @ p[1]) + shift @ inverse @ shift - len(shift) + logs) / 2


for group in range(3):
    p, q = moments(in_group(group), ones), moments(in_group(group), w)
    h = stats.multivariate_normal(*p).entropy()
    put("kl --gauss --cov --by g --unit nats", group + 1,
        {"D_nats": gauss_divergence(p, q), "D_reverse_nats": gauss_divergence(q, p), "h_p_nats": h,
         "cross_entropy_nats": h + gauss_divergence(p, q)})
for alpha in (0.5, 1e-3):
    p, q = ([weight[x == level].sum() + alpha for level in range(5)] for weight in (ones, w))
    p, q = p / np.sum(p), q / np.sum(q)
    put("kl --key level -x n --unit nats --smooth %g" % alpha, 1,
        {"D_nats": special.rel_entr(p, q).sum(), "D_reverse_nats": special.rel_entr(q, p).sum(),
         "cross_entropy_nats": -(p * np.log(q)).sum(), "H_p_nats": stats.entropy(p), "H_q_nats": stats.entropy(q),
         "JS_nats": (stats.entropy(p, (p + q) / 2) + stats.entropy(q, (p + q) / 2)) / 2, "total_variation": abs(p - q).sum() / 2})

# ---- gradients of losses, at a temperature, of classes and shares ----

classes = np.array(["pqr".index(v) for v in columns["class"]])
scores = logits / 0.4
softmax, one_hot = special.softmax(scores, 1), np.eye(3)[classes]
log_softmax = special.log_softmax(scores, 1)
rivals = np.where(one_hot == 1, -np.inf, scores)
short = 1.25 + rivals.max(1) - scores[np.arange(n), classes]
pull = np.where(short[:, None] > 0, np.eye(3)[rivals.argmax(1)] - one_hot, 0)
for i in (0, 1, 2, 40, n - 1):
    for target, q in (("class", one_hot), ("share_r,share_p,share_q", shares)):
        put("loss-eval -t %s -l ce-logits -p logit_p,logit_q,logit_r --temperature 0.4 --per-row --gradient" % target, i + 1,
            {"loss_ce-logits_nats": -(q * log_softmax)[i].sum(),
             **{"dloss_logit_%s_nats" % name: (softmax - q)[i, j] / 0.4 for j, name in enumerate("pqr")}})
    put("loss-eval -t class -l margin:1.25 -p logit_p,logit_q,logit_r --temperature 0.4 --per-row --gradient", i + 1,
        {"loss_margin:1.25": max(short[i], 0), **{"dloss_logit_" + name: pull[i, j] / 0.4 for j, name in enumerate("pqr")}})


def trimmed(s, weight):
    order = np.argsort((a - c)[s] ** 2, kind="stable")
    loss, weight = ((a - c)[s] ** 2 / 2)[order], weight[s][order]
    kept = np.clip(weight.sum() - np.floor(0.15 * weight.sum()) - (np.cumsum(weight) - weight), 0, weight)
    return {"mean": (kept * loss).sum() / kept.sum()}


tables("loss-eval -t a -p c -l trimmed:0.15 -w w", lambda s: [trimmed(s, w)])

with open(os.path.join(here, "measures.tsv"), "w", newline="") as f:
    out = csv.writer(f, lineterminator="\n", delimiter="\t")
    out.writerow(["command", "row", "column", "value", "versions"])
    out.writerows(lines)
