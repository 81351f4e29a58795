"""Pictures: frozen values to PNG bytes, drawn in a process of their own.

`values` and `worker` may be imported anywhere; all other modules import matplotlib, and only the worker
process imports them.
"""
