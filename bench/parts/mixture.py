"""The mixture of scikit-learn on the rows and the beginning of parts/mixture.ts; prints its cost as report() does."""
import json
import resource
import sys
import time
import warnings

import numpy as np
from sklearn.mixture import BayesianGaussianMixture

warnings.simplefilter("ignore")
files, rows, columns, groups = sys.argv[1], *map(int, sys.argv[2:5])


class Begun(BayesianGaussianMixture):
    """Begins at the probabilities in `begun`."""

    def _initialize_parameters(self, X, random_state):
        self._initialize(X, self.begun)


values = np.fromfile(f"{files}.rows").reshape(rows, columns)
model = Begun(n_components=groups, max_iter=300, tol=1e-3)
model.begun = np.fromfile(f"{files}.begun").reshape(rows, groups)
began, cpu = time.time(), time.process_time()
model.fit(values)
print(json.dumps({
    "wallSeconds": time.time() - began, "cpuSeconds": time.process_time() - cpu,
    "peakGb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    "result": {"bound": model.lower_bound_, "iterations": model.n_iter_},
}))
