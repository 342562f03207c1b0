"""Writes information.csv beside this script: entropies, mutual information and divergences of columns of iris.csv, in bits.

Plug-in entropies are SciPy's, mutual information is scikit-learn's. What neither has is spelt out here by its formula, so that R's
packages entropy and infotheo, which have some of it, are not needed: Miller-Madow, H + (m - 1) / 2n nats; Grassberger by the
recursion of his paper; conditional entropy and mutual information as sums and differences of plug-in entropies; standard errors as
deviations of log-probabilities over rows."""
import csv
import math
import os
from collections import Counter
import numpy as np
import scipy
import sklearn
from scipy.special import log_softmax, logsumexp
from scipy.stats import entropy, multivariate_normal, norm
from sklearn.metrics import mutual_info_score, normalized_mutual_info_score

EULER = 0.57721566490153286
LN2 = math.log(2)
here = os.path.dirname(os.path.abspath(__file__))
rows = list(csv.DictReader(open(os.path.join(here, "../../share/data/iris.csv"))))
column = {name: [row[name] for row in rows] for name in rows[0]}
n = len(rows)


def pairs(*names):
    return list(zip(*(column[name] for name in names)))


def plugin(symbols):
    return entropy(list(Counter(symbols).values()), base=2)


def g(count):
    """G(1) = -gamma - ln 2, G(2) = 2 - gamma - ln 2, G(2k+1) = G(2k), G(2k+2) = G(2k) + 2/(2k+1)."""
    value = -EULER - LN2
    for k in range(1, count // 2 + 1):
        value += 2 / (2 * k - 1)
    return value


def grassberger_sum(symbols):
    return math.fsum(c * g(c) for c in Counter(symbols).values()) / n


def se(values):
    mean = math.fsum(values) / n
    return math.sqrt(math.fsum((v - mean) ** 2 for v in values) / n / n)


def conditional_logs(y, x):
    both, one = Counter(zip(y, x)), Counter(x)
    return [math.log2(both[b] / one[b[1]]) for b in zip(y, x)]


def discrete(name, bins):
    v = [float(x) for x in column[name]]
    low, high = min(v), max(v)
    return [min(int((x - low) / (high - low) * bins), bins - 1) for x in v]


out = {}
species, width, length = column["species"], column["petal_width"], column["petal_length"]
ones = [0] * n
joint = pairs("petal_width", "species")
out["H_width"] = plugin(width)
out["H_width_se"] = se(conditional_logs(width, ones))
out["H_width_miller_madow"] = plugin(width) + (len(set(width)) - 1) / (2 * n) / LN2
out["H_width_grassberger"] = (math.log(n) - grassberger_sum(width)) / LN2
out["H_joint"] = plugin(joint)
out["H_width_given_species"] = plugin(joint) - plugin(species)
out["H_width_given_species_se"] = se(conditional_logs(width, species))
out["H_width_given_species_miller_madow"] = (plugin(joint) - plugin(species)
                                             + (len(set(joint)) - len(set(species))) / (2 * n) / LN2)
out["H_width_given_species_grassberger"] = (grassberger_sum(species) - grassberger_sum(joint)) / LN2
counts = [1, 39, 40, 41, 1000]
out["H_counts_grassberger"] = (math.log(sum(counts)) - math.fsum(c * g(c) for c in counts) / sum(counts)) / LN2

out["I_bits"] = mutual_info_score(species, width) / LN2
for kind in ("min", "max", "arithmetic", "geometric"):
    out["nmi_" + kind] = normalized_mutual_info_score(species, width, average_method=kind)
out["I_miller_madow"] = out["I_bits"] + (len(set(species)) + len(set(width)) - len(set(joint)) - 1) / (2 * n) / LN2
out["variation"] = 2 * plugin(joint) - plugin(species) - plugin(width)
out["I_given"] = (plugin(pairs("petal_width", "species")) + plugin(pairs("petal_length", "species"))
                  - plugin(pairs("petal_width", "petal_length", "species")) - plugin(species))
out["I_bins"] = mutual_info_score(discrete("petal_width", 5), discrete("petal_length", 5)) / LN2
logs = [a + b - c for a, b, c in zip((math.log2(Counter(width)[v] / n) for v in width),
                                     (math.log2(Counter(species)[v] / n) for v in species),
                                     (math.log2(Counter(joint)[v] / n) for v in joint))]
out["I_se"] = se(logs)

def gaussians(p, q):
    """D(p||q) and h(p) of the Gaussians fitted to the rows of two arrays."""
    (m, s), (o, t) = ((x.mean(0), np.cov(x.T, bias=True).reshape(x.shape[1], -1)) for x in (p, q))
    inverse = np.linalg.inv(t)
    log_p, log_q = np.linalg.slogdet(s)[1], np.linalg.slogdet(t)[1]
    d = (np.trace(inverse @ s) - len(m) + log_q - log_p + (o - m) @ inverse @ (o - m)) / 2
    return d / LN2, (len(m) * (math.log(2 * math.pi) + 1) + log_p) / 2 / LN2


def fitted(name):
    return np.array([[float(row["sepal_length"]), float(row["petal_length"])] for row in rows if row["species"] == name])


setosa, virginica = fitted("setosa"), fitted("virginica")
out["D_joint"], out["h_joint"] = gaussians(virginica, setosa)
out["D_joint_reverse"], _ = gaussians(setosa, virginica)
out["D_sepal"], out["h_sepal"] = gaussians(virginica[:, :1], setosa[:, :1])
out["D_petal"], _ = gaussians(virginica[:, 1:], setosa[:, 1:])
for name in ("setosa", "versicolor", "virginica"):
    x = fitted(name)
    fit = multivariate_normal(x.mean(0), np.cov(x.T, bias=True))
    out["loglik_" + name] = fit.logpdf(x).sum()
    out["h_" + name] = fit.entropy() / LN2
out["h_petal_setosa"] = norm(0, setosa[:, 1].std()).entropy() / LN2
p, q = np.array([3, 1, 0, 4]) + 0.5, np.array([0, 2, 5, 1]) + 0.5
out["D_smooth"], out["D_smooth_reverse"] = entropy(p, q, base=2), entropy(q, p, base=2)
target, score = np.array([0.7, 0.2, 0.1]), np.array([2, -1, 0.5])
out["D_scores"] = entropy(target, np.exp(log_softmax(score)), base=2)
out["logsumexp"] = logsumexp(score) / LN2
out["H_target"] = entropy(target, base=2)
out["q_logits"] = target @ score / LN2
with open(os.path.join(here, "information.csv"), "w") as f:
    f.write("name,value,made_by\n")
    for name, value in out.items():
        f.write("%s,%.17g,SciPy %s and scikit-learn %s\n" % (name, value, scipy.__version__, sklearn.__version__))
