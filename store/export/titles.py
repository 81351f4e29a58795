"""The heading of a board's page, by which the parser knows the board again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.boards import Board, Catalogue

_OPTIONAL = r"\((?:[^()\\]|\\.)*\)\?"
_SYNTAX = re.compile(r"(?<!\\)[()?]")
_OTHER = re.compile(r"(?<!\\)[.*+|\[\]{}^$]|\\\w")  # what stands for more than one text
_ESCAPED = re.compile(r"\\(.)")


def heading_of(board: Board, catalogue: Catalogue) -> str:
    """Return a heading that stands for `board`, its own title where the catalogue knows none.

    A page of such a board is known by its file's name at most, or by whoever reads it in.
    """
    for heading in _propose(board):
        if catalogue.match_board(headings=[heading]) is board:
            return heading
    return board.title("zh")


def _propose(board: Board) -> Iterator[str]:
    """Give what may stand for a board: what its patterns spell, its titles and words."""
    yield from _spell(board, "")
    yield board.title("zh")
    yield from board.words
    yield from _spell(board, _OPTIONAL)
    yield board.title("en")


def _spell(board: Board, without: str) -> Iterator[str]:
    for pattern in board.headings:
        text = pattern.pattern.removesuffix(".*")
        plain = _SYNTAX.sub("", re.sub(without, "", text) if without else text)
        if not _OTHER.search(plain):
            yield _ESCAPED.sub(r"\1", plain)
