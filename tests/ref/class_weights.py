# Reference values of class weights: /usr/bin/python3 tests/ref/class_weights.py > tests/ref/class_weights.csv
# Newton steps on the same sum take scikit-learn's logistic result, of 8 digits, to rounding.
# scikit-learn minimises C * sum of weight * loss + |theta|^2 / 2, which is l2 = 1 / (C * sum of weights).
import numpy as np, pandas as pd, sklearn
from sklearn.linear_model import LogisticRegression

def put(case, names, fit, labels):
    for label, intercept, slopes in zip(labels, fit.intercept_, fit.coef_):
        for name, value in zip(["(intercept)", *names], [intercept, *slopes]):
            print(f"{case},{label},{name},{value:.17g},scikit-learn {sklearn.__version__}")

print("case,class,term,estimate,made_by")
iris = pd.read_csv("share/data/iris.csv")
wide = np.where(iris.sepal_width > 3.4, "yes", "no")
names = ["sepal_length", "petal_length"]
for case, weights in [("balanced", "balanced"), ("given", {"yes": 3, "no": 1})]:
    fit = LogisticRegression(penalty=None, solver="newton-cg", class_weight=weights, tol=1e-13, max_iter=10000).fit(iris[names], wide)
    w = np.where(wide == "yes", *({"balanced": [len(wide) / (2 * sum(wide == label)) for label in ["yes", "no"]], "given": [3, 1]}[case]))
    x = np.column_stack([np.ones(len(iris)), iris[names]])
    theta = np.concatenate([fit.intercept_, fit.coef_[0]])
    for _ in range(3):
        p = 1 / (1 + np.exp(-x @ theta))
        theta += np.linalg.solve(x.T @ ((w * p * (1 - p))[:, None] * x), x.T @ (w * ((wide == "yes") - p)))
    assert np.allclose(theta[1:], fit.coef_[0], rtol=1e-6)
    fit.intercept_, fit.coef_ = theta[:1], theta[None, 1:]
    put(case, names, fit, ["yes"])
flowers = iris[20:].reset_index(drop=True)
names = ["sepal_width", "petal_width"]
fit = LogisticRegression(C=1 / (0.01 * len(flowers)), solver="newton-cg", class_weight="balanced", tol=1e-13,
                         max_iter=10000).fit(flowers[names], flowers.species)
put("softmax", names, fit, fit.classes_)
