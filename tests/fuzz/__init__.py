"""Inputs that nobody should send, in great number: `python -m tests.fuzz --inputs 100000 --seed 1`.

The same seed gives the same inputs; one that fails is put again with `--only KIND:NUMBER`.
"""
