"""What Bangdan ships: board snapshots in `boards/` and the catalogue in `*.toml`."""

from importlib.resources import files
from importlib.resources.abc import Traversable

FOLDER: Traversable = files(__name__)
"""The folder of this package, also when it is read from a wheel."""
