"""Ratios, each measured side by side in one run: `make bench`. Never timed tests: a slow machine is no fault."""
