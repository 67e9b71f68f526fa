"""Declared values, an instrument and rules come to findings, scores, conditions and status; no I/O, no clock."""
