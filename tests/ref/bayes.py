#!/usr/bin/python3
"""Makes tests/files/good-categories.csv, and tests/ref/bayes.csv: log P(class, row) and P(class | row) by scikit-learn.

    tests/ref/bayes.py         (from the root; made with scikit-learn 1.2.1, numpy 1.24.2, pandas 1.5.3)

GaussianNB without its smoothing of variances, CategoricalNB with pseudo-counts. Both kinds of columns together: the sum of
the two joint log-probabilities less the log prior, which is in both; sample weights likewise."""
import random

import numpy as np
import pandas as pd
from sklearn.naive_bayes import CategoricalNB, GaussianNB
from sklearn.preprocessing import OrdinalEncoder

MADE, OUT = "tests/files/good-categories.csv", "tests/ref/bayes.csv"

rng = random.Random(7)
with open(MADE, "w") as f:
    f.write("colour,rooms,weight,times,kind\n")
    for i in range(240):
        kind = rng.choice(["barn", "cabin", "cabin", "tower"])
        shift = {"barn": 0, "cabin": 1, "tower": 2}[kind]
        colour = ["red", "white", "dark grey", "blue, light"][min(3, max(0, int(rng.gauss(shift, 1.2) + 0.5)))]
        rooms = 1 + min(2, int(rng.random() * (shift + 1.5)))
        f.write('"%s",%d,%.3f,%d,%s\n' % (colour, rooms, rng.gauss(10 - 2 * shift, 1 + shift), i % 4 + 1, kind))


def joint(model, X, y, w=None):
    model.fit(X, y, sample_weight=w)
    return model._joint_log_likelihood(X)


rows = []


def add(case, classes, log_joint):
    p = np.exp(log_joint - np.logaddexp.reduce(log_joint, axis=1, keepdims=True))
    for row in range(len(log_joint)):
        for k, name in enumerate(classes):
            rows.append((case, row + 1, name, log_joint[row, k], p[row, k]))


for name, target in (("iris", "species"), ("wine", "cultivar")):
    table = pd.read_csv("share/data/%s.csv" % name)
    model = GaussianNB(var_smoothing=0)
    X = table.drop(columns=target).to_numpy()
    add(name, sorted(table[target].unique()), joint(model, X, table[target]))

table = pd.read_csv(MADE)
codes = OrdinalEncoder().fit_transform(table[["colour", "rooms"]]).astype(int)
numbers, kind, times = table[["weight"]].to_numpy(), table["kind"], table["times"].to_numpy()
classes = sorted(kind.unique())
add("categories", classes, joint(CategoricalNB(alpha=0.5), codes, kind))
for case, w in (("mixed", None), ("weighted", times)):
    model = GaussianNB(var_smoothing=0)
    gauss = joint(model, numbers, kind, w)
    add(case, classes, joint(CategoricalNB(alpha=1), codes, kind, w) + gauss - np.log(model.class_prior_))

frame = pd.DataFrame(rows, columns=["case", "row", "class", "log_joint", "p"])
frame.to_csv(OUT, index=False, float_format="%.17g")
