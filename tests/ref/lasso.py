#!/usr/bin/python3
"""Writes lasso.csv: coefficients under l1, and l1 with l2, by scikit-learn's coordinate descent with a tight tolerance; the last
digits by the equations of the coefficients that are not 0. Run from the repository root."""
import numpy as np
import pandas as pd
import sklearn
from sklearn.linear_model import ElasticNet

data = pd.read_csv("share/data/breast-cancer.csv").drop(columns="diagnosis")
y = data["mean_radius"].to_numpy()
frame = data.drop(columns="mean_radius")
sd = frame.std(ddof=0).to_numpy()
with open("tests/ref/lasso.csv", "w") as out:
    print(f"# scikit-learn {sklearn.__version__}: case, term, estimate", file=out)
    for case, l1, l2, size in [("l1", 0.01, 0, sd), ("both", 0.02, 0.01, sd), ("own-scale", 0.01, 0, np.ones(len(sd)))]:
        x = frame.to_numpy() / size
        fit = ElasticNet(alpha=l1 + l2, l1_ratio=l1 / (l1 + l2), tol=1e-14, max_iter=10**6).fit(x, y)
        active = fit.coef_ != 0
        z = (x - x.mean(axis=0))[:, active]
        n = len(y)
        b = np.linalg.solve(z.T @ z / n + l2 * np.eye(active.sum()), z.T @ (y - y.mean()) / n - l1 * np.sign(fit.coef_[active]))
        assert np.allclose(b, fit.coef_[active], rtol=1e-4), case
        estimates = np.zeros(len(sd))
        estimates[active] = b
        estimates /= size
        print(f"{case},(intercept),{y.mean() - frame.to_numpy().mean(axis=0) @ estimates:.17g}", file=out)
        for term, estimate in zip(frame.columns, estimates):
            print(f"{case},{term},{estimate:.17g}", file=out)
