"""The pages of a parquet file as they lie there, walked before anything is unpacked.

The footer declares how large the columns are, yet what is allocated is what the headers of the pages
say: only they tell whether a small file unpacks into gigabytes. The format is that of
https://parquet.apache.org/docs/file-format/, its headers in Thrift's compact protocol.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from store.parse.compact import Compact, Fields
from store.parse.content import PARQUET, SHORTEST_PARQUET
from store.parse.grid import Fault
from store.values import Code

MAX_FOOTER = 16 * 1024 * 1024
MAX_PAGE = 64 * 1024 * 1024
"""Real pages have 1 MB, a real footer has 2 MB at most."""

_HEADER = 16 * 1024
_UNPACKED, _PACKED = 2, 3
_DATA, _DICTIONARY, _DATA_2 = 5, 7, 8
_GROUPS, _COLUMNS, _ABOUT = 4, 1, 3
_PATH, _SIZE_UNPACKED, _SIZE, _BEGIN, _BEGIN_DICTIONARY = 3, 6, 7, 9, 11
_ENCODING = {_DATA: 2, _DICTIONARY: 2, _DATA_2: 4}
_FRONT_CODED = 7
"""DELTA_BYTE_ARRAY, where each text repeats the beginning of the one before: it unpacks beyond its size."""


class Refusal(Exception):
    """A file is refused; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Chunk:
    """The pages of one column in a group of lines: where they begin, their bytes, and how many unpacked."""

    column: str
    begin: int
    size: int
    unpacked: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where its body begins, how many bytes that has, and how many unpacked."""

    begin: int
    size: int
    unpacked: int


def check_outline(file: BinaryIO) -> None:
    """Refuse what does not begin and end as a parquet file, or has a footer too large to be one's."""
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    if length == 0:
        raise Refusal(Fault(Code.EMPTY))
    head = file.read(len(PARQUET))
    if head != PARQUET:
        raise Refusal(Fault(Code.UNREADABLE, found=head.hex()))
    file.seek(max(length - 8, 0))
    tail = file.read(8)
    if tail[4:] != PARQUET:
        raise Refusal(Fault(Code.TRUNCATED, found=str(length)))
    footer = int.from_bytes(tail[:4], "little")
    if footer > length - SHORTEST_PARQUET:
        raise Refusal(Fault(Code.TRUNCATED, found=str(length)))
    if footer > MAX_FOOTER:
        raise Refusal(Fault(Code.TOO_LARGE, found=str(footer)))


def read_chunks(file: BinaryIO) -> list[list[Chunk]]:
    """Return the chunks of each group of lines, as the footer has them.

    They are read here since pyarrow, asked for a chunk whose statistics make no sense, ends the process.
    """
    file.seek(-8, os.SEEK_END)
    size = int.from_bytes(file.read(4), "little")
    file.seek(-8 - size, os.SEEK_END)
    try:
        groups = Compact(file.read(size)).read_struct()[_GROUPS]
        return [[_make_chunk(chunk) for chunk in group[_COLUMNS]] for group in groups]  # type: ignore[index,union-attr]
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise Refusal(Fault(Code.UNREADABLE, found="footer")) from error


def _make_chunk(chunk: Any) -> Chunk:  # noqa: ANN401 - whatever the file has there
    about = chunk[_ABOUT]
    numbers = [about[field] for field in (_BEGIN, _SIZE, _SIZE_UNPACKED)]
    begin, size, unpacked = numbers
    dictionary = about.get(_BEGIN_DICTIONARY)
    if not all(isinstance(each, int) and each >= 0 for each in (*numbers, dictionary or 0)):
        raise ValueError(numbers)
    column = b".".join(about[_PATH]).decode()
    return Chunk(column, min(begin, dictionary) if dictionary else begin, size, unpacked)


def walk_pages(file: BinaryIO, begin: int, size: int) -> Iterator[Page]:
    """Give the pages of the column chunk of `size` bytes at `begin`; refuses what is no chain of pages."""
    end = begin + size
    while begin < end:
        file.seek(begin)
        reader = Compact(file.read(min(_HEADER, end - begin)))
        try:
            header = reader.read_struct()
            page = _make_page(header, begin + reader.place)
        except (IndexError, KeyError, TypeError, ValueError) as error:
            raise Refusal(Fault(Code.UNREADABLE, found=f"page at {begin}")) from error
        begin = page.begin + page.size
        if begin > end:
            raise Refusal(Fault(Code.UNREADABLE, found=f"page at {page.begin}"))
        yield page


def _make_page(header: Fields, begin: int) -> Page:
    size, unpacked = header[_PACKED], header[_UNPACKED]
    if not isinstance(size, int) or not isinstance(unpacked, int) or size < 0 or unpacked < 0:
        raise ValueError(header)
    if unpacked > MAX_PAGE:
        raise Refusal(Fault(Code.TOO_LARGE, found=str(unpacked)))
    for kind, field in _ENCODING.items():
        details = header.get(kind)
        if isinstance(details, dict) and details.get(field) == _FRONT_CODED:
            raise ValueError(details)
    return Page(begin, size, unpacked)
