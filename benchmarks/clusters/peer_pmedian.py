"""spopt's p-median on HiGHS: runs in an environment of its own (`pip install spopt highspy`), knows nothing of Hanze.

`python peer_pmedian.py COSTS.npy COUNT SECONDS` prints a JSON line.
"""

import json
import sys
import time

import numpy as np
import pulp
from spopt.locate import PMedian


def main() -> None:
    cost, count, limit = np.load(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    started = time.perf_counter()
    model = PMedian.from_cost_matrix(cost, np.ones(len(cost)), p_facilities=count)
    solver = pulp.HiGHS(msg=False, timeLimit=limit)
    model.problem.solve(solver)
    value = pulp.value(model.problem.objective)
    chosen = [k for k, variable in enumerate(model.fac_vars) if (variable.value() or 0) > 0.5]
    real = float(cost[:, chosen].min(axis=1).sum()) if len(chosen) == count else None
    status = pulp.LpStatus[model.problem.status]
    print(json.dumps({"value": real, "objective": value, "status": status, "seconds": time.perf_counter() - started}))


if __name__ == "__main__":
    main()
