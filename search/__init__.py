"""Search in what is published: one analysis of words of our own, feeding the index of either database."""
