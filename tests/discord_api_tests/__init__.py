"""Tests of the loopback Discord itself, against small bots, some of them deliberately bad."""
