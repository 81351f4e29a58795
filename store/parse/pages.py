"""The pages of a parquet file as they lie there, walked before anything is unpacked.

The footer declares how large the columns are, yet what is allocated is what the headers of the pages
say: only they tell whether a small file unpacks into gigabytes. The format is that of
https://parquet.apache.org/docs/file-format/, its headers in Thrift's compact protocol.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from store.parse.content import PARQUET, SHORTEST_PARQUET
from store.parse.grid import Fault
from store.values import Code

MAX_FOOTER = 16 * 1024 * 1024
MAX_PAGE = 64 * 1024 * 1024
"""Real pages have 1 MB, a real footer has 2 MB at most."""

_HEADER = 16 * 1024
_DEPTH = 4
_UNPACKED, _PACKED = 2, 3
_DATA, _DICTIONARY, _DATA_2 = 5, 7, 8
_ENCODING = {_DATA: 2, _DICTIONARY: 2, _DATA_2: 4}
_FRONT_CODED = 7
"""DELTA_BYTE_ARRAY, where each text repeats the beginning of the one before: it unpacks beyond its size."""


Fields: TypeAlias = "dict[int, int | Fields]"


class Refusal(Exception):
    """A file is refused; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


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


def walk_pages(file: BinaryIO, begin: int, size: int) -> Iterator[Page]:
    """Give the pages of the column chunk of `size` bytes at `begin`; refuses what is no chain of pages."""
    end = begin + size
    while begin < end:
        file.seek(begin)
        reader = _Compact(file.read(min(_HEADER, end - begin)))
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


class _Compact:
    """Reads Thrift's compact protocol as far as headers of pages need it; IndexError at its end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def read_struct(self, depth: int = 0) -> Fields:
        """Return the numbers and structs of a struct by their fields; what is else is passed over."""
        if depth > _DEPTH:
            raise ValueError(depth)
        fields: Fields = {}
        field = 0
        while kind := self._byte():
            step, kind = kind >> 4, kind & 15
            field = field + step if step else self._signed()
            fields[field] = self._value(kind, depth)
        return fields

    def _value(self, kind: int, depth: int) -> int | Fields:
        match kind:
            case 1 | 2:
                return kind
            case 3:
                return self._byte()
            case 4 | 5 | 6:
                return self._signed()
            case 7:
                return self._skip(8)
            case 8:
                return self._skip(self._varint())
            case 12:
                return self.read_struct(depth + 1)
        raise ValueError(kind)

    def _byte(self) -> int:
        self.place += 1
        return self._data[self.place - 1]

    def _skip(self, length: int) -> int:
        self.place += length
        if self.place > len(self._data):
            raise IndexError(length)
        return length

    def _varint(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7
            if shift > 63:
                raise ValueError(shift)

    def _signed(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)
