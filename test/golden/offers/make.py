"""Makes offers.json beside this file: EASE^R as a dense numpy solution, and cosines and NDCG of scikit-learn."""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.metrics import ndcg_score
from sklearn.metrics.pairwise import cosine_similarity

CUSTOMERS, ITEMS = 60, 14


def main():
    random = np.random.RandomState(11)
    taste = random.uniform(0, 1, (CUSTOMERS, 3)) ** 3
    kind = random.uniform(0, 1, (3, ITEMS)) ** 2
    owned = (random.uniform(0, 1, (CUSTOMERS, ITEMS)) < np.clip(taste @ kind, 0.05, 0.9)).astype(float)
    owned[:, 0] = random.permutation([1] + [0] * (CUSTOMERS - 1))
    gram = owned.T @ owned
    solutions = []
    for ridge in (0.5, 10, 300):
        inverse = np.linalg.inv(gram + ridge * np.eye(ITEMS))
        weights = -inverse / np.diag(inverse)
        np.fill_diagonal(weights, 0)
        solutions.append({"ridge": ridge, "weights": weights.ravel().tolist()})
    cosines = cosine_similarity(owned.T)
    np.fill_diagonal(cosines, 0)
    cases = []
    for _ in range(12):
        offers = random.permutation(30)[:10]
        taken = random.choice(30, random.randint(1, 14), replace=False)
        relevance = np.isin(np.arange(30), taken).astype(float)
        scores = np.zeros(30)
        scores[offers] = np.arange(10, 0, -1)
        rest = np.setdiff1d(np.arange(30), offers)
        scores[rest] = -1 - np.arange(len(rest))
        cases.append({
            "offers": offers.tolist(), "taken": sorted(taken.tolist()),
            "recall5": len(set(offers[:5]) & set(taken)) / len(taken),
            "recall10": len(set(offers) & set(taken)) / len(taken),
            "ndcg10": ndcg_score([relevance], [scores], k=10),
        })
    pathlib.Path(__file__).with_name("offers.json").write_text(json.dumps({
        "madeBy": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "owned": [np.flatnonzero(row).tolist() for row in owned], "items": ITEMS,
        "ease": solutions, "cosines": cosines.ravel().tolist(), "cases": cases,
    }, separators=(",", ":")) + "\n")


main()
