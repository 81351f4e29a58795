"""The shipment: the boards that come with the bot, and whether a database has had them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from store.facts import Facts

SEEDS, CATALOGUE = "seeds", "catalogue"
"""Under which keys is kept what a database has had."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """Pages by their names, and the digests of these and of the catalogue's dimensions."""

    pages: tuple[tuple[str, bytes], ...]
    seeds: str
    catalogue: str

    @classmethod
    def read(cls, folder: Traversable) -> Shipment:
        """Read what a folder ships."""
        pages = read_pages(folder / "boards")
        dimensions = hashlib.sha256((folder / "dimensions.toml").read_bytes()).hexdigest()
        return cls(pages, digest_pages(pages), dimensions)

    def is_known(self, facts: Facts) -> bool:
        """Tell whether a database has had all of it."""
        return facts.find(SEEDS) == self.seeds and facts.find(CATALOGUE) == self.catalogue


def read_pages(folder: Traversable) -> tuple[tuple[str, bytes], ...]:
    """Return the pages of a folder in the order of their names."""
    return tuple((each.name, each.read_bytes()) for each in sorted(folder.iterdir(), key=lambda f: f.name))


def digest_pages(pages: tuple[tuple[str, bytes], ...]) -> str:
    """Return what identifies these very pages."""
    return hashlib.sha256(b"\0".join(name.encode() + b"\0" + page for name, page in pages)).hexdigest()
