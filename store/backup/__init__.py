"""Backups: a whole database as one file, which any engine and any later version reads."""
