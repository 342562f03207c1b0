#!/usr/bin/python3
"""Makes plot.csv: what pictures of the example data show, by scikit-learn (curves of true against false positives and of
calibration), NumPy (histograms), SciPy and statsmodels (densities, Wilson's intervals). Rows: what, of what, and four numbers:
    roc        column   false positive rate, true positive rate, threshold; corners only, of malignant against benign
    area       column   area under it
    pr         column   recall, precision, threshold; from the highest threshold, without those between two of the same recall
    average    column   average precision
    histogram  column   low, high, n, density; 7 bins
    width      column   the width of bins after Freedman and Diaconis, as NumPy has it
    wilson     hits/n   lower, upper; 95 %
    reliability         mean probability, share; of bins that hold any row, by a probability made of mean_radius
"""
import csv
import os

import numpy
import scipy
import sklearn
import statsmodels
from sklearn import calibration, metrics
from statsmodels.stats import proportion

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "../../share/data/breast-cancer.csv")) as file:
    rows = list(csv.DictReader(file))
with open(os.path.join(here, "../../share/data/iris.csv")) as file:
    iris = list(csv.DictReader(file))
malignant = numpy.array([row["diagnosis"] == "malignant" for row in rows])
positives, negatives = malignant.sum(), (~malignant).sum()
out = []


def roc(name, score):
    fpr, tpr, threshold = metrics.roc_curve(malignant, score, drop_intermediate=False)
    false, true = numpy.rint(fpr * negatives).astype(int), numpy.rint(tpr * positives).astype(int)
    kept = [0]
    for i in range(1, len(false)):
        while len(kept) > 1:
            a, b = kept[-2], kept[-1]
            if (false[b] - false[a]) * (true[i] - true[b]) != (true[b] - true[a]) * (false[i] - false[b]):
                break
            kept.pop()
        kept.append(i)
    for i in kept:
        out.append(["roc", name, fpr[i], tpr[i], "inf" if i == 0 else threshold[i], ""])
    out.append(["area", name, metrics.roc_auc_score(malignant, score), "", "", ""])


def pr(name, score):
    precision, recall, threshold = (v[::-1] for v in metrics.precision_recall_curve(malignant, score))
    points = list(zip(recall[1:], precision[1:], threshold))  # the first is recall 0, which has no threshold
    for i, (r, p, t) in enumerate(points):
        if i == 0 or i + 1 == len(points) or points[i - 1][0] != r or points[i + 1][0] != r:
            out.append(["pr", name, r, p, t, ""])


def histogram(name, table):
    values = numpy.array([float(row[name]) for row in table])
    n, edges = numpy.histogram(values, bins=7)
    density, _ = numpy.histogram(values, bins=7, density=True)
    for k in range(7):
        out.append(["histogram", name, edges[k], edges[k + 1], n[k], density[k]])
    quartiles = numpy.percentile(values, [25, 75])
    out.append(["width", name, 2 * (quartiles[1] - quartiles[0]) / len(values) ** (1 / 3), "", "", ""])
    assert len(numpy.histogram_bin_edges(values, "fd")) - 1 == numpy.ceil(numpy.ptp(values) / out[-1][2])


for column in ("mean_radius", "mean_texture"):
    roc(column, numpy.array([float(row[column]) for row in rows]))
roc("rounded", numpy.array([round(float(row["mean_texture"]) / 4) for row in rows]))
pr("rounded", numpy.array([round(float(row["mean_texture"]) / 4) for row in rows]))
for column in ("mean_radius", "mean_texture"):
    score = numpy.array([float(row[column]) for row in rows])
    out.append(["average", column, metrics.average_precision_score(malignant, score), "", "", ""])
histogram("petal_length", iris)
histogram("mean_radius", rows)
for hits, n in ((0, 5), (1, 1), (7, 20), (20, 20), (123, 1000)):
    low, high = proportion.proportion_confint(hits, n, method="wilson")
    out.append(["wilson", f"{hits}/{n}", max(low, 0), min(high, 1), "", ""])
p = numpy.array([min(float(row["mean_radius"]) / 32 + 0.0001, 1) for row in rows])
share, mean = calibration.calibration_curve(malignant, p, n_bins=10)
for a, b in zip(mean, share):
    out.append(["reliability", "", a, b, "", ""])

with open(os.path.join(here, "plot.csv"), "w") as file:
    file.write(f"# scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}, SciPy {scipy.__version__}, "
               f"statsmodels {statsmodels.__version__}\nwhat,of,a,b,c,d\n")
    for row in out:
        file.write(",".join(v if isinstance(v, str) else f"{v:.17g}" for v in row) + "\n")
