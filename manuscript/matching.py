"""Align two sequences that tell the same story in the same order."""

from __future__ import annotations

from bisect import bisect_left


def increasing_pairs(pairs: list[tuple[int, int]], weights: list[int]) -> list[tuple[int, int]]:
    """The heaviest chain of pairs in which both numbers grow; O(n log n) by a Fenwick tree of running maxima."""
    if not pairs:
        return []
    ranks = sorted({pair[1] for pair in pairs})
    size = len(ranks)
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    before = [-1] * len(pairs)
    # Pairs of one place are taken from the last entry to the first, so that none follows another of the same place.
    order = sorted(range(len(pairs)), key=lambda i: (pairs[i][0], -pairs[i][1]))
    best_all = (0, -1)
    for i in order:
        rank = bisect_left(ranks, pairs[i][1])
        best = (0, -1)
        k = rank
        while k > 0:
            if tree[k][0] > best[0]:
                best = tree[k]
            k -= k & -k
        before[i] = best[1]
        here = (best[0] + weights[i], i)
        if here[0] > best_all[0]:
            best_all = here
        k = rank + 1
        while k <= size:
            if here[0] > tree[k][0]:
                tree[k] = here
            k += k & -k
    chain: list[tuple[int, int]] = []
    at = best_all[1]
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
