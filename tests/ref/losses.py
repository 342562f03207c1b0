"""Writes, beside this script, losses-input.csv, made rows, losses.tsv, their losses by scikit-learn and SciPy, and losses-options.tsv,
cells of what loss-eval writes with other options."""
import csv
import math
import os
import platform

import numpy as np
import scipy
import sklearn
from scipy import integrate, special, stats
from sklearn import calibration, metrics

here = os.path.dirname(os.path.abspath(__file__))
versions = "Python %s; NumPy %s; SciPy %s; scikit-learn %s" % (
    platform.python_version(), np.__version__, scipy.__version__, sklearn.__version__)
classes = ["cat", "dog", "emu"]
n = 60

rng = np.random.default_rng(5)
t = rng.normal(10, 3, n).round(3)
m = (t + rng.standard_t(2, n)).round(3)
s = rng.normal(0, 3, n).round(4)
s[:4] = 800, -800, 800, -800
y = rng.integers(0, 2, n)
y[:4] = 1, 1, 0, 0
p = special.expit(np.clip(s, -30, 30))
scores = rng.normal(0, 2, (n, 3)).round(4)
scores[0], scores[1] = (800, -800, 0), (-800, 800, 0)
label = rng.integers(0, 3, n)
label[:2] = 0, 0
q = special.softmax(np.clip(scores, -30, 30), axis=1)
w = rng.integers(1, 5, n)
g = np.array(["left", "right"])[rng.integers(0, 2, n)]
guess = np.where(rng.random(n) < 0.6, label, rng.integers(0, 3, n))

with open(os.path.join(here, "losses-input.csv"), "w", newline="") as f:
    out = csv.writer(f, lineterminator="\n")
    out.writerow(["t", "m", "y", "logit_1", "p_1", "animal"] + ["logit_" + c for c in classes]
                 + ["p_" + c for c in classes] + ["w", "side", "guess"])
    for i in range(n):
        numbers = [t[i], m[i], y[i], s[i], p[i], classes[label[i]], *scores[i], *q[i], w[i], g[i], classes[guess[i]]]
        out.writerow([x if isinstance(x, str) else "%.17g" % x for x in numbers])


def nll(weights, rows):
    """Of the variance estimated from those rows."""
    variance = metrics.mean_squared_error(t[rows], m[rows], sample_weight=weights[rows])
    return -stats.norm.logpdf(t, m, math.sqrt(variance))


def nll_laplace(weights, rows):
    """Of the scale estimated from those rows."""
    return -stats.laplace.logpdf(t, m, metrics.mean_absolute_error(t[rows], m[rows], sample_weight=weights[rows]))


def hinge(delta):
    """scikit-learn's, which is of a margin of 1, row by row."""
    return np.array([delta * metrics.hinge_loss([own], scores[[i]] / delta, labels=[0, 1, 2])
                     for i, own in enumerate(label)])


def pinball(tau):
    """scikit-learn's, row by row."""
    return np.array([metrics.mean_pinball_loss([a], [b], alpha=tau) for a, b in zip(t, m)])


def crps():
    """The integral of the squared distance between the distribution functions, of which the closed form is tested."""
    def integral(y_, mean_, sd_):
        below = integrate.quad(lambda x: stats.norm.cdf(x, mean_, sd_) ** 2, min(y_, mean_) - 40 * sd_, y_, epsabs=1e-13, epsrel=1e-13,
                               limit=500, points=[min(y_, mean_)])[0]
        above = integrate.quad(lambda x: stats.norm.sf(x, mean_, sd_) ** 2, y_, max(y_, mean_) + 40 * sd_, epsabs=1e-13, epsrel=1e-13,
                               limit=500, points=[max(y_, mean_)])[0]
        return below + above
    return np.array([integral(a, b, c) for a, b, c in zip(t, m, w)])


def top(k):
    return np.array([metrics.top_k_accuracy_score([a], [b], k=k, labels=[0, 1, 2]) if k < 3 else 1.0 for a, b in zip(label, q)])


sign = np.where(y == 1, 1, -1)
own = np.arange(n), label
losses = [
    ("l2", "t", "m", (t - m) ** 2 / 2),
    ("mse", "t", "m", (t - m) ** 2),
    ("l1", "t", "m", np.abs(t - m)),
    ("huber", "t", "m", special.huber(1, t - m)),
    ("huber:0.25", "t", "m", special.huber(0.25, t - m)),
    ("nll:2.5", "t", "m", -stats.norm.logpdf(t, m, math.sqrt(2.5))),
    ("nll", "t", "m", nll),
    ("nll-gauss", "t", "m", nll),
    ("nll-sd", "t", "m,w", -stats.norm.logpdf(t, m, w)),
    ("nll-laplace:2.5", "t", "m", -stats.laplace.logpdf(t, m, 2.5)),
    ("nll-laplace", "t", "m", nll_laplace),
    ("log", "y", "p_1", -np.where(y == 1, np.log(p), np.log1p(-p))),
    ("ce", "y", "p_1", -np.where(y == 1, np.log(p), np.log1p(-p))),
    ("squared", "y", "p_1", (p - y) ** 2),
    ("accuracy", "y", "p_1", ((p >= 0.5) == (y == 1)).astype(float)),
    ("log-logit", "y", "logit_1", -special.log_expit(sign * s)),
    ("ce-logits", "y", "logit_1", -special.log_expit(sign * s)),
    ("ce", "animal", "p_cat,p_dog,p_emu", -np.log(q[own])),
    ("accuracy", "animal", "p_cat,p_dog,p_emu", (q.argmax(axis=1) == label).astype(float)),
    ("ce-logits", "animal", "logit_cat,logit_dog,logit_emu", special.logsumexp(scores, axis=1) - scores[own]),
    ("accuracy", "animal", "guess", (guess == label).astype(float)),
    ("margin", "y", "logit_1", np.maximum(0, 1 - sign * s)),
    ("margin:2.5", "y", "logit_1", np.maximum(0, 2.5 - sign * s)),
    ("margin", "animal", "logit_cat,logit_dog,logit_emu", hinge(1)),
    ("margin:2.5", "animal", "logit_cat,logit_dog,logit_emu", hinge(2.5)),
    ("pinball:0.2", "t", "m", pinball(0.2)),
    ("quantile", "t", "m", pinball(0.5)),
    ("crps", "t", "m,w", crps()),
    ("brier-multi", "animal", "p_cat,p_dog,p_emu", ((q - np.eye(3)[label]) ** 2).sum(axis=1)),
    ("brier-multi", "y", "p_1", 2 * (p - y) ** 2),
    ("top:1", "animal", "p_cat,p_dog,p_emu", top(1)),
    ("top:2", "animal", "p_cat,p_dog,p_emu", top(2)),
    ("top:3", "animal", "p_cat,p_dog,p_emu", top(3)),
    ("recall-micro", "animal", "guess", (guess == label).astype(float)),
]



def auc(rows):
    """The standard error by the covariance of DeLong et al. (1988), pair by pair."""
    score, positive = s[rows], y[rows] == 1
    wins = (score[positive][:, None] > score[~positive]) + 0.5 * (score[positive][:, None] == score[~positive])
    variance = wins.mean(axis=1).var(ddof=1) / positive.sum() + wins.mean(axis=0).var(ddof=1) / (~positive).sum()
    return metrics.roc_auc_score(y[rows], score), math.sqrt(variance)


def ece(bins, probability, outcome):
    """Over the bins of scikit-learn's calibration curve."""
    share, confidence = calibration.calibration_curve(outcome, probability, n_bins=bins)
    counts = np.bincount(np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], probability), minlength=bins)
    return np.abs(share - confidence) @ counts[counts > 0] / len(outcome), None


def trimmed(share, rows):
    errors = np.sort((t[rows] - m[rows]) ** 2 / 2)
    kept = errors[: len(errors) - math.floor(share * len(errors))]
    return math.fsum(kept) / len(kept), None


# Of all rows together; rows of weight w are w rows.
wholes = [
    ("auc", "y", "logit_1", auc),
    ("auc", "y", "p_1", auc),
    ("f1", "y", "p_1", lambda rows: (metrics.f1_score(y[rows], p[rows] >= 0.5), None)),
    ("f1", "animal", "p_cat,p_dog,p_emu",
     lambda rows: (metrics.f1_score(label[rows], q[rows].argmax(axis=1), average="macro"), None)),
    ("f1", "animal", "guess", lambda rows: (metrics.f1_score(label[rows], guess[rows], average="macro"), None)),
    *((name.replace("_", "-") + suffix, target, columns,
       lambda rows, f=f, a=average, y_=own_, d=decided: (f(y_[rows], d[rows], average=a, zero_division=0), None))
      for name, f in (("precision", metrics.precision_score), ("recall", metrics.recall_score), ("f1", metrics.f1_score))
      for suffix, average, own_, decided, target, columns in (
          ("", "binary", y, (p >= 0.5).astype(int), "y", "p_1"), ("-weighted", "weighted", y, (p >= 0.5).astype(int), "y", "p_1"),
          ("", "macro", label, q.argmax(axis=1), "animal", "p_cat,p_dog,p_emu"),
          ("-weighted", "weighted", label, guess, "animal", "guess"))
      if (name, suffix, target) != ("f1", "", "y") and (name, suffix, target) != ("f1", "", "animal")),
    *(("fbeta:%g" % beta, "animal", "guess",
       lambda rows, b=beta: (metrics.fbeta_score(label[rows], guess[rows], beta=b, average="macro"), None)) for beta in (0.5, 2)),
    ("fbeta:2", "y", "p_1", lambda rows: (metrics.fbeta_score(y[rows], p[rows] >= 0.5, beta=2), None)),
    *(("auc-%s%s" % (kind, "" if average == "macro" else "-weighted"), "animal", "p_cat,p_dog,p_emu",
       lambda rows, k=kind, a=average: (metrics.roc_auc_score(label[rows], q[rows], multi_class=k, average=a), None))
      for kind in ("ovr", "ovo") for average in ("macro", "weighted")),
    ("average-precision", "y", "logit_1", lambda rows: (metrics.average_precision_score(y[rows], s[rows]), None)),
    ("ap", "y", "p_1", lambda rows: (metrics.average_precision_score(y[rows], p[rows]), None)),
    ("r2", "t", "m", lambda rows: (metrics.r2_score(t[rows], m[rows]), None)),
    ("trimmed:0.25", "t", "m", lambda rows: trimmed(0.25, rows)),
    ("trimmed:0", "t", "m", lambda rows: trimmed(0, rows)),
    ("ece", "y", "p_1", lambda rows: ece(10, p[rows], y[rows])),
    ("ece:7", "animal", "p_cat,p_dog,p_emu",
     lambda rows: ece(7, q[rows].max(axis=1), (q[rows].argmax(axis=1) == label[rows]).astype(int))),
]

# scikit-learn's losses where it has them: it clips probabilities, so without the rows in the tails.
inner = slice(4, None)
mean = {(loss, target): values[inner].mean() for loss, target, _, values in losses if not callable(values)}
for ours, theirs in (
    (2 * mean["l2", "t"], metrics.mean_squared_error(t[inner], m[inner])),
    (mean["l1", "t"], metrics.mean_absolute_error(t[inner], m[inner])),
    (mean["log", "y"], metrics.log_loss(y[inner], p[inner])),
    (mean["squared", "y"], metrics.brier_score_loss(y[inner], p[inner])),
    (mean["accuracy", "y"], metrics.accuracy_score(y[inner], p[inner] >= 0.5)),
    (mean["margin", "y"], metrics.hinge_loss(y[inner], s[inner])),
    (mean["ce", "animal"], metrics.log_loss(label[inner], q[inner])),
):
    assert abs(ours - theirs) <= 1e-14 * abs(theirs), (ours, theirs)


def row(loss, target, predictions, weighted, group, values, weights, rows):
    """The standard error is the sample deviation over the root of n, both of n = the sum of the weights."""
    values = (values(weights, rows) if callable(values) else values)[rows]
    weights = weights[rows]
    total = math.fsum(weights)
    sum_ = math.fsum(values * weights)
    deviations = math.fsum(weights * (values - sum_ / total) ** 2)
    numbers = [sum_, sum_ / total, math.sqrt(deviations / (total - 1) / total)]
    return [loss, target, predictions, weighted, group, len(values), *("%.17g" % x for x in numbers), versions]


with open(os.path.join(here, "losses.tsv"), "w", newline="") as f:
    out = csv.writer(f, lineterminator="\n", delimiter="\t")
    out.writerow("loss target predictions weights group n sum mean se versions".split())
    one, everything = np.ones(n), np.full(n, True)
    for loss, target, predictions, values in losses:
        out.writerow(row(loss, target, predictions, "-", "-", values, one, everything))
        out.writerow(row(loss, target, predictions, "w", "-", values, w, everything))
        for side in ("left", "right"):
            out.writerow(row(loss, target, predictions, "-", side, values, one, g == side))
    for loss, target, predictions, metric in wholes:
        rows = np.arange(n)
        for weights, group, chosen in (("-", "-", rows), ("w", "-", np.repeat(rows, w)), ("-", "left", rows[g == "left"])):
            value, se = metric(chosen)
            out.writerow([loss, target, predictions, weights, group, len(np.unique(chosen)), "-", "%.17g" % value,
                          "-" if se is None else "%.17g" % se, versions])


def paired(losses, baseline, rows):
    test = stats.ttest_rel(losses[rows], baseline[rows])
    difference = losses[rows] - baseline[rows]
    return [("mean", losses[rows].mean()), ("baseline", baseline[rows].mean()), ("difference", difference.mean()),
            ("se", stats.sem(difference)), ("p", test.pvalue)]


log_p = dict(zip(("p_1", "p_cat"), (-np.where(y == 1, np.log(x), np.log1p(-x)) for x in (p, q[:, 0]))))
soft = {temperature: -(q * special.log_softmax(scores / temperature, axis=1)).sum(axis=1) for temperature in (1, 2.5)}
rows = np.arange(n)
options = [
    ("-t y -p p_1 -l log --baseline p_cat", paired(log_p["p_1"], log_p["p_cat"], rows)),
    ("-t y -p p_1 -l log --baseline p_cat -w w", paired(log_p["p_1"], log_p["p_cat"], np.repeat(rows, w))),
    ("-t t -p m -l l1 --baseline logit_dog", paired(np.abs(t - m), np.abs(t - scores[:, 1]), rows)),
    ("-t p_cat,p_dog,p_emu -p logit_cat,logit_dog,logit_emu -l ce-logits", [("mean", soft[1].mean())]),
    ("-t p_cat,p_dog,p_emu -p logit_cat,logit_dog,logit_emu -l ce-logits --temperature 2.5", [("mean", soft[2.5].mean())]),
    ("-t p_emu,p_cat,p_dog -p p_cat,p_dog,p_emu -l ce", [("mean", stats.entropy(q, axis=1).mean())]),
    ("-t y -p logit_1 -l log --logit --temperature 3", [("mean", -special.log_expit(sign * s / 3).mean())]),
    ("-t p_cat,p_dog,p_emu -p logit_cat,logit_dog,logit_emu -l ce --logit", [("mean", soft[1].mean())]),
    *(("-t animal -l %s --positive %s" % (name, c), [("mean", f(label == k, d))])
      for k, c in enumerate(classes) for name, f, d in (
          ("auc -p p_cat,p_dog,p_emu", metrics.roc_auc_score, q[:, k]),
          ("average-precision -p p_cat,p_dog,p_emu", metrics.average_precision_score, q[:, k]),
          ("precision -p p_cat,p_dog,p_emu", metrics.precision_score, q.argmax(axis=1) == k),
          ("recall -p guess", metrics.recall_score, guess == k))),
    ("-t animal -p guess -l f1 --positive dog", [("mean", metrics.f1_score(label == 1, guess == 1))]),
    ("-t y -p logit_1 -l log-logit --temperature 3", [("mean", -special.log_expit(sign * s / 3).mean())]),
]
table = metrics.confusion_matrix(label, guess)
options += [("-t animal -p guess --confusion --row %d" % (3 * i + k + 1), [("n", table[i, k])])
            for i in range(3) for k in range(3)]
with open(os.path.join(here, "losses-options.tsv"), "w", newline="") as f:
    out = csv.writer(f, lineterminator="\n", delimiter="\t")
    out.writerow(["options", "column", "value", "versions"])
    for text, cells in options:
        for column, value in cells:
            out.writerow([text, column, "%.17g" % value, versions])
