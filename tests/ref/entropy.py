"""Writes entropy.csv (decimal arithmetic of 50 digits) and kl.csv (SciPy) beside this script."""
import os
from decimal import Decimal, getcontext
import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.special import rel_entr
from scipy.stats import entropy

getcontext().prec = 50


def exact(weights):
    """Entropy in bits; SciPy agrees but where one probability is near 1, whose logarithm it rounds."""
    total = Decimal(sum(weights))
    h = -sum(w / total * (w / total).ln() for w in map(Decimal, weights) if w > 0) / Decimal(2).ln()
    assert abs(float(h) - entropy(weights, base=2)) < 1e-14
    return float(h)


here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "entropy.csv"), "w") as f:
    f.write("weights,H_bits\n")
    for w in ([1, 1], [9, 1], [1] * 20, [1, 2, 3, 4, 0], [1000000, 1]):
        f.write("%s,%.17g\n" % (" ".join(map(str, w)), exact(w)))
p, q = np.array([0.5, 0.5]), np.array([0.9, 0.1])
assert abs(rel_entr(p, q).sum() / np.log(2) - entropy(p, q, base=2)) < 1e-15
values = {"D_bits": entropy(p, q, base=2), "D_reverse_bits": entropy(q, p, base=2),
          "cross_entropy_bits": entropy(p, base=2) + entropy(p, q, base=2), "H_p_bits": entropy(p, base=2),
          "H_q_bits": entropy(q, base=2), "JS_bits": jensenshannon(p, q, base=2) ** 2,
          "total_variation": np.abs(p - q).sum() / 2}
with open(os.path.join(here, "kl.csv"), "w") as f:
    f.write("name,value\n")
    for name, value in values.items():
        f.write("%s,%.17g\n" % (name, value))
