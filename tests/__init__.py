"""The tests, as a package so that they share `tests.databases` and the loopback Discord."""
