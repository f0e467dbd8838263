"""The steps of the reading, one a file; their order stands in `manuscript.reading`."""
