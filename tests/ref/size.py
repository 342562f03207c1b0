#!/usr/bin/python3
"""Writes size.csv: how often linreg-train rejects a true null hypothesis at a level of 5 percent, by loss, number of
rows and distribution of the errors. The slopes of two independent columns are 0; each table gives two tests. Takes five
minutes. Run from the repository root; the commands are those of bin/ or of the directory that is given."""
import subprocess
import sys

import numpy as np

binary = sys.argv[1] if len(sys.argv) > 1 else "bin"
losses = ("l2", "l1", "huber")


def rejected(table, loss):
    model = subprocess.run([f"{binary}/linreg-train", "-q", "-j", "1", "-t", "y", "--loss", loss], input=table,
                           capture_output=True, check=True).stdout
    shown = subprocess.run([f"{binary}/model-show", "--to", "csv"], input=model, capture_output=True, check=True).stdout
    return sum(float(line.split(",")[5]) < 0.05 for line in shown.decode().splitlines()[2:])


with open("tests/ref/size.csv", "w") as out:
    print(f"# NumPy {np.__version__}, seed 13; loss, rows, errors, tests, part rejected", file=out)
    for n, tables in ((30, 2500), (200, 2500), (5000, 1000)):
        for errors in ("normal", "t3"):
            rng = np.random.default_rng([13, n, len(errors)])
            count = dict.fromkeys(losses, 0)
            for _ in range(tables):
                x = rng.normal(size=(n, 2))
                y = rng.normal(size=n) if errors == "normal" else rng.standard_t(3, size=n)
                rows = (f"{p:.6f},{q:.6f},{r:.6f}\n" for (p, q), r in zip(x.tolist(), y.tolist()))
                table = ("a,b,y\n" + "".join(rows)).encode()
                for loss in losses:
                    count[loss] += rejected(table, loss)
            for loss in losses:
                print(f"{loss},{n},{errors},{2 * tables},{count[loss] / (2 * tables):.4f}", file=out, flush=True)
