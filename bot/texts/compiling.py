"""Compiling: `.po` catalogues, with the names of commands put in, become `.mo` ones."""

from __future__ import annotations

import io
from collections.abc import Mapping

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.texts.compiled import SOURCE
from bot.texts.naming import Naming


def compile_catalogues(written: Mapping[str, bytes], *, renamed: bool) -> dict[str, bytes]:
    """Return catalogues in gettext's `.mo` format; raises what Babel says of one that cannot be read."""
    read = {tag: read_po(io.BytesIO(content), locale=tag) for tag, content in written.items()}
    for catalogue in read.values():
        own = catalogue if renamed else read[SOURCE]
        Naming.read(read[SOURCE], own).put_into(catalogue)
    return {tag: _compile(catalogue) for tag, catalogue in read.items()}


def _compile(catalogue: Catalog) -> bytes:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()
