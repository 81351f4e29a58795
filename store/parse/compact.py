"""Thrift's compact protocol, as far as the footers and the headers of pages in parquet files need it."""

from __future__ import annotations

from typing import TypeAlias

Value: TypeAlias = "int | bytes | Fields | list[Value]"
Fields: TypeAlias = "dict[int, Value]"

_BOOLEANS = (1, 2)
_DEPTH = 8
_MANY = 15
"""A list that is no shorter has its length behind its type."""


class Compact:
    """Reads structs from bytes; raises IndexError at their end, ValueError where they make no sense."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def read_struct(self, depth: int = 0) -> Fields:
        """Return the values of a struct by the numbers of its fields."""
        if depth > _DEPTH:
            raise ValueError(depth)
        fields: Fields = {}
        field = 0
        while kind := self._byte():
            step, kind = kind >> 4, kind & 15
            field = field + step if step else self._signed()
            fields[field] = kind if kind in _BOOLEANS else self._value(kind, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Value:
        match kind:
            case 1 | 2 | 3:  # booleans in lists, and bytes
                return self._byte()
            case 4 | 5 | 6:
                return self._signed()
            case 7:
                return self._take(8)
            case 8:
                return self._take(self._varint())
            case 9 | 10:
                return self._list(depth + 1)
            case 12:
                return self.read_struct(depth + 1)
        raise ValueError(kind)

    def _list(self, depth: int) -> list[Value]:
        if depth > _DEPTH:
            raise ValueError(depth)
        head = self._byte()
        length, kind = head >> 4, head & 15
        if length == _MANY:
            length = self._varint()
        return [self._value(kind, depth) for _ in range(length)]

    def _byte(self) -> int:
        self.place += 1
        return self._data[self.place - 1]

    def _take(self, length: int) -> bytes:
        begin, self.place = self.place, self.place + length
        if self.place > len(self._data):
            raise IndexError(length)
        return self._data[begin : self.place]

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
