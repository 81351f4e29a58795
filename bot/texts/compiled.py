"""Compiled catalogues: made of the `.po` files by Babel, once, and kept where Python keeps its bytecode.

Reading `.po` files takes a quarter of a second and leaves behind what only they need; whoever starts a bot or
types a command has neither. Where nothing can be written, they are compiled at every start.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from importlib.util import cache_from_source
from pathlib import Path

SOURCE = "en"
ENDING = ".po"


def compiled_catalogues(folder: Traversable, *, renamed: bool) -> Mapping[str, bytes]:
    """Return the catalogues of a folder by their tags, in gettext's `.mo` format.

    Sentences call commands as the reader's Discord does, or, unless `renamed`, by their English names.
    """
    written = {
        each.name.removesuffix(ENDING): each.read_bytes()
        for each in sorted(folder.iterdir(), key=lambda file: file.name)
        if each.name.endswith(ENDING)
    }
    kept = _place_of(written, renamed)
    found = {tag: _read(kept / f"{tag}.mo") for tag in written}
    compiled = {tag: content for tag, content in found.items() if content is not None}
    if len(compiled) < len(written):
        from bot.texts.compiling import compile_catalogues  # see above

        compiled = compile_catalogues(written, renamed=renamed)
        _keep(kept, compiled)
    return compiled


def _place_of(written: Mapping[str, bytes], renamed: bool) -> Path:
    """Return the folder for what is compiled of these very files by this very code."""
    digest = hashlib.sha256(f"{renamed} {sys.version}".encode())
    for code in ("compiling.py", "naming.py"):
        digest.update(Path(__file__).with_name(code).read_bytes())
    for tag, content in written.items():
        digest.update(f"\0{tag}\0{len(content)}\0".encode() + content)
    return Path(cache_from_source(__file__)).parent / f"texts-{digest.hexdigest()[:16]}"


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _keep(folder: Path, compiled: Mapping[str, bytes]) -> None:
    """Write what was compiled, each file whole or not at all; where that cannot be, it is done without."""
    if sys.dont_write_bytecode:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for tag, content in compiled.items():
            written = folder / f"{tag}.{os.getpid()}"
            written.write_bytes(content)  # others may have to read it, so it has the usual rights
            written.replace(folder / f"{tag}.mo")
    except OSError:
        return
