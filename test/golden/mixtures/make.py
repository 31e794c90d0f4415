"""Makes mixtures.json beside this file: what scikit-learn 1.2.1 finds from given probabilities of groups."""
import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn.metrics import adjusted_rand_score, davies_bouldin_score, silhouette_score
from sklearn.mixture import BayesianGaussianMixture

ROWS, COLUMNS, GROUPS = 240, 5, 6


class Begun(BayesianGaussianMixture):
    """Begins at the probabilities in `begun`."""

    def _initialize_parameters(self, X, random_state):
        self._initialize(X, self.begun)


def main():
    random = np.random.RandomState(7)
    centers = random.normal(0, 3, (4, COLUMNS))
    group = random.randint(0, 4, ROWS)
    turn = random.normal(0, 1, (4, COLUMNS, COLUMNS)) * 0.6
    rows = np.array([centers[g] + turn[g] @ random.normal(0, 1, COLUMNS) for g in group]).round(4)
    begun = random.dirichlet(np.ones(GROUPS), ROWS).round(6)
    begun /= begun.sum(axis=1, keepdims=True)
    cases = []
    for kind in ("full", "tied", "diag"):
        for iterations in (3, 200):
            model = Begun(n_components=GROUPS, covariance_type=kind, max_iter=iterations, tol=1e-6)
            model.begun = begun
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model.fit(rows)
            cases.append({
                "covariance": "diagonal" if kind == "diag" else kind,
                "mostIterations": iterations,
                "iterations": model.n_iter_,
                "converged": bool(model.converged_),
                "bound": model.lower_bound_,
                "weights": model.weights_.tolist(),
                "means": model.means_.tolist(),
                "covariances": np.asarray(model.covariances_).ravel().tolist(),
                "memberships": model.predict_proba(rows)[:5].tolist(),
            })
    other = random.randint(0, 3, ROWS)
    measures = {
        "grouping": group.tolist(), "other": other.tolist(),
        "silhouettes": [silhouette_score(rows, group), silhouette_score(rows, other)],
        "daviesBouldin": [davies_bouldin_score(rows, group), davies_bouldin_score(rows, other)],
        "adjustedRand": [adjusted_rand_score(group, other), adjusted_rand_score(group, group % 3)],
    }
    path = pathlib.Path(__file__).with_name("mixtures.json")
    path.write_text(json.dumps({
        "madeBy": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "rows": rows.tolist(), "begun": begun.tolist(), "cases": cases, "measures": measures,
    }, separators=(",", ":")) + "\n")


main()
