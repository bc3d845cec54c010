"""What the benchmarks have in common: the load, the ceiling beside it, and the report."""
