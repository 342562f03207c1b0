#!/usr/bin/python3
"""Makes small_samples.csv: how far the standard errors of medians are off in small samples, as mle-laplace(1) and
mle-location(1) state. Of 200,000 samples of n values: the mean of the standard error over the standard deviation of the
estimate. laplace_median, laplace_scale: scale/sqrt(n) for Laplace values; laplace_bias: the mean scale, where 1 is true;
median_normal, median_laplace: the error of McKean and Schrader for normal and Laplace values.
Run from the root: /usr/bin/python3 tests/ref/small_samples.py >tests/ref/small_samples.csv (a minute)"""
import numpy as np
import scipy
from scipy.stats import norm

rng = np.random.default_rng(5)
print(f"# numpy {np.__version__}, scipy {scipy.__version__}")
print("n,laplace_median,laplace_scale,laplace_bias,median_normal,median_laplace")
for n in (3, 4, 5, 7, 8, 10, 15, 20, 30, 50, 100):
    z = norm.ppf(0.995)
    c = max(round((n + 1) / 2 - z * np.sqrt(n / 4)), 1)
    laplace = np.sort(rng.laplace(size=(200000, n)), axis=1)
    normal = np.sort(rng.normal(size=(200000, n)), axis=1)
    error = {k: (x[:, n - c] - x[:, c - 1]) / (2 * z) for k, x in (("laplace", laplace), ("normal", normal))}
    median = np.median(laplace, axis=1)
    scale = abs(laplace - median[:, None]).mean(axis=1)
    se = (scale / np.sqrt(n)).mean()
    figures = (se / median.std(), se / scale.std(), scale.mean(),
               error["normal"].mean() / np.median(normal, axis=1).std(), error["laplace"].mean() / median.std())
    print(n, *(f"{x:.3f}" for x in figures), sep=",")
