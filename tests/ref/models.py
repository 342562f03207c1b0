#!/usr/bin/python3
"""Makes the sample models of tests/files with a writer of its own, and what statsmodels predicts from the same fits.

    tests/ref/models.py        (from the root; made with statsmodels 0.13.5, numpy 1.24.2)

Each fit is statsmodels' maximum likelihood: Logit of virginica against the rest, on
two columns of iris; MNLogit of the cultivar, on two columns of wine."""
import gzip
import io
import struct

import numpy as np
import pandas as pd
import statsmodels
import statsmodels.api as sm

FILES, REF = "tests/files/", "tests/ref/"


def text(s):
    b = s.encode()
    return struct.pack("<I", len(b)) + b


def field(name, value):
    if isinstance(value, str):
        return b"\1" + text(name) + text(value)
    if isinstance(value, list):
        return b"\2" + text(name) + struct.pack("<I", len(value)) + b"".join(map(text, value))
    if isinstance(value, np.ndarray):
        shape = struct.pack("<B%dQ" % value.ndim, value.ndim, *value.shape)
        return b"\4" + text(name) + shape + value.astype("<f8").tobytes()
    return b"\3" + text(name) + struct.pack("<d", value)


def container(kind, fields, version=1):
    return b"LIKELYM\n" + struct.pack("<I", version) + text(kind) + b"".join(field(*f) for f in fields.items()) + b"\0"


def write(name, content):
    with open(FILES + name, "wb") as f:
        f.write(content)


def compress(content):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as f:
        f.write(content)
    return out.getvalue()


def save_csv(name, columns):
    frame = pd.DataFrame(columns)
    frame.to_csv(REF + name, index=False, float_format="%.17g")


def fields_of(fit, features, labels, coefficients, errors, n, null):
    return {
        "features": features, "labels": labels, "target": "species", "coefficients": coefficients,
        "standard_errors": errors, "aliased": [], "rows": float(n), "skipped": 0.0, "weight_sum": float(n),
        "loglik": float(fit.llf), "loglik_null": null, "objective": -float(fit.llf) / n, "gradient_norm": 1e-12,
        "iterations": 9.0, "converged": 1.0, "l2": 0.0, "confidence": 0.95, "loss": "log", "solver": "newton",
        "command": "made by tests/ref/models.py",
    }


iris = pd.read_csv("share/data/iris.csv")
features = [c for c in iris.columns if c.startswith("sepal")]
assert len(features) == 2, list(iris.columns)
X = sm.add_constant(iris[features].to_numpy())
species = iris["species"]

y = (species == "virginica").astype(float)
fit = sm.Logit(y, X).fit(method="newton", tol=1e-14, maxiter=100, disp=0)
params = np.asarray(fit.params)
logistic = fields_of(fit, features, ["other", "virginica"], params[None, :], np.asarray(fit.bse)[None, :], len(y),
                     float(fit.llnull))
good = compress(container("logistic", logistic))
write("good-logistic.model", good)
save_csv("predict-logistic.csv", {"p": fit.predict(X), "logit": X @ params})

wine = pd.read_csv("share/data/wine.csv")
features = ["ash", "malic_acid"]
X = sm.add_constant(wine[features].to_numpy())
names = sorted(wine["cultivar"].unique())
codes = wine["cultivar"].map({s: i for i, s in enumerate(names)})
multi = sm.MNLogit(codes, X).fit(method="newton", tol=1e-14, maxiter=200, disp=0)
B = np.vstack([np.zeros(3), np.asarray(multi.params).T])
S = np.vstack([np.full(3, np.nan), np.asarray(multi.bse).T])
softmax = fields_of(multi, features, names, B, S, len(codes), float(multi.llnull))
softmax.update(target="cultivar", parametrisation="reference", reference=names[0])
write("good-softmax.model", compress(container("softmax", softmax)))
P = np.asarray(multi.predict(X))
save_csv("predict-softmax.csv", {"p_" + s: P[:, i] for i, s in enumerate(names)})

write("bad-truncated.model", good[:-20])
flipped = bytearray(good)
flipped[len(flipped) // 2] ^= 4
write("bad-flipped.model", bytes(flipped))
write("bad-newer.model", compress(container("logistic", logistic, version=2)))
write("bad-kind.model", compress(container("forest", logistic)))
write("bad-not-a-model.model", compress(b"a,b\n1,2\n"))
logistic.pop("coefficients")
write("bad-no-coefficients.model", compress(container("logistic", logistic)))
logistic["coefficients"] = np.ones((1, 2))
write("bad-shape.model", compress(container("logistic", logistic)))
logistic["coefficients"] = params[None, :]
for name, field, value in [("bad-field.model", "standard_error", 1.0), ("bad-flag.model", "converged", 2.0),
                           ("bad-group.model", "text_features", ["colour"])]:
    write(name, compress(container("logistic", {**logistic, field: value})))
print("statsmodels", statsmodels.__version__, "numpy", np.__version__)
