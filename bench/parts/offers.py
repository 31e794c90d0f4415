"""The offers of parts/offers.ts by scipy and numpy, from the same purchases; prints its cost as report() does."""
import json
import resource
import sys
import time

import numpy as np
import scipy.sparse

RIDGE, MOST, BLOCK = 500, 10, 20_000
files, size = sys.argv[1], int(sys.argv[2])
offsets = np.fromfile(f"{files}.offsets", np.uint32)
items = np.fromfile(f"{files}.items", np.uint32)
began, cpu = time.time(), time.process_time()
owned = scipy.sparse.csr_matrix((np.ones(len(items)), items, offsets), (len(offsets) - 1, size))
gram = (owned.T @ owned).toarray()
inverse = np.linalg.inv(gram + RIDGE * np.eye(size))
weights = -inverse / np.diag(inverse)
np.fill_diagonal(weights, 0)
learnt = time.time() - began
offers = np.empty((owned.shape[0], MOST), np.uint32)
for start in range(0, owned.shape[0], BLOCK):
    part = owned[start:start + BLOCK]
    scores = part @ weights
    scores[part.nonzero()] = -np.inf
    best = np.argpartition(-scores, MOST, axis=1)[:, :MOST]
    order = np.argsort(-np.take_along_axis(scores, best, 1), axis=1)
    offers[start:start + BLOCK] = np.take_along_axis(best, order, 1)
wall = time.time() - began
theirs = np.fromfile(f"{files}.offers", np.uint32).reshape(offers.shape)
apart = np.abs(np.fromfile(f"{files}.scores").reshape(size, size) - weights).max()
print(json.dumps({
    "wallSeconds": wall, "cpuSeconds": time.process_time() - cpu,
    "peakGb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    "result": {"learnt": learnt, "apart": apart, "same": float((theirs == offers).all(axis=1).mean())},
}))
