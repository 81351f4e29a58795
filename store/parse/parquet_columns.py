"""The columns of Arena's official data set: known by name in any order, cast to one type each.

Texts become dictionaries, dates ordinals and numbers doubles, whatever types a file has them in. Columns
that nobody needs, such as `variance`, are passed over, known or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, BinaryIO, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from store.parse.dataset_rows import CATEGORY, DATE, LICENSE, NAME, ORGANIZATION, RANK, RATINGS, SCORES, Shape
from store.parse.grid import Fault
from store.parse.pages import Refusal, read_chunks, walk_pages
from store.values import Code

MAX_ROWS = 5_000_000
MAX_UNPACKED = 512 * 1024 * 1024
"""Bytes of the needed columns unpacked; the largest real file has a fifth of either."""

MAX_DATES = 65_536
"""Different values of a column of dates, which may have a time of day."""

TEXTS = (NAME, CATEGORY, ORGANIZATION, LICENSE)

Arrow: TypeAlias = Any
"""A value of pyarrow's, which has no types."""


def check_columns(schema: Arrow) -> Shape:
    """Return the shape of a file's figures; refuses one that lacks a needed column or has it otherwise."""
    names = schema.names
    shape = max((RATINGS, SCORES), key=lambda each: sum(column in names for column in each.columns))
    for column in (NAME, DATE, RANK, ORGANIZATION, LICENSE, *shape.columns):
        if column not in names:
            raise Refusal(Fault(Code.NO_COLUMN, column=column))
    for column in needed_columns(shape, names):
        if names.count(column) > 1:
            raise Refusal(Fault(Code.SAME_COLUMN, column=column))
        kind = schema.field(column).type
        if not _suits(column, kind):
            code = Code.NOT_UNDERSTOOD if column in (*TEXTS, DATE) else Code.NOT_A_NUMBER
            raise Refusal(Fault(code, column=column, found=str(kind)[:80]))
    return shape


def needed_columns(shape: Shape, names: Sequence[str]) -> list[str]:
    """Return the columns to read: a configuration of one category need not name it."""
    category = [CATEGORY] if CATEGORY in names else []
    return [NAME, DATE, RANK, ORGANIZATION, LICENSE, *category, *shape.columns]


def _suits(column: str, kind: Arrow) -> bool:
    types = pa.types
    value = kind.value_type if types.is_dictionary(kind) else kind
    text = types.is_string(value) or types.is_large_string(value) or types.is_string_view(value)
    if column == DATE:
        return bool(text or types.is_date(value) or types.is_timestamp(value))
    if column in TEXTS:
        return bool(text or types.is_null(kind))
    number = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)
    return bool(number or types.is_null(kind))


def check_size(file: BinaryIO, metadata: Arrow, columns: Sequence[str]) -> None:
    """Refuse a file whose columns are too large unpacked, by what it declares and what its pages say."""
    if metadata.num_rows < 1:
        raise Refusal(Fault(Code.NO_ROWS))
    if metadata.num_rows > MAX_ROWS:
        raise Refusal(Fault(Code.TOO_LARGE, found=str(metadata.num_rows)))
    needed = [chunk for group in read_chunks(file) for chunk in group if chunk.column in columns]
    declared = sum(chunk.unpacked for chunk in needed)
    if declared > MAX_UNPACKED:
        raise Refusal(Fault(Code.TOO_LARGE, found=str(declared)))
    unpacked = 0
    for chunk in needed:
        for page in walk_pages(file, chunk.begin, chunk.size):
            unpacked += page.unpacked
            if unpacked > MAX_UNPACKED:
                raise Refusal(Fault(Code.TOO_LARGE, found=str(unpacked)))


def to_ordinals(column: Arrow) -> Arrow:
    """Return the days of a column of dates in whatever type, as ordinals; refuses what is no date."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    if len(encoded.dictionary) > MAX_DATES:
        raise Refusal(Fault(Code.TOO_LARGE, column=DATE, found=str(len(encoded.dictionary))))
    days = [None if each is None else _read_day(each) for each in encoded.dictionary.to_pylist()]
    ordinals = pc.take(pa.array(days, pa.int32()), encoded.indices)
    if ordinals.null_count:
        raise Refusal(Fault(Code.NOT_UNDERSTOOD, column=DATE, found="null"))
    return ordinals


def _read_day(value: object) -> int:
    try:
        if isinstance(value, str):
            return datetime.fromisoformat(value.strip()).toordinal()
        if isinstance(value, date):
            return value.toordinal()
    except ValueError:
        pass
    raise Refusal(Fault(Code.NOT_UNDERSTOOD, column=DATE, found=str(value)[:80]))


def to_dictionary(column: Arrow) -> Arrow:
    """Return a column of texts, each of them held once."""
    return column.cast(pa.dictionary(pa.int32(), pa.string()))


def to_floats(column: Arrow) -> Arrow:
    """Return a column of numbers in double precision, with the digits that it shows."""
    if pa.types.is_decimal(column.type) or column.type in (pa.float32(), pa.float16()):
        column = column.cast(pa.string())
    return column.cast(pa.float64(), safe=False)


def to_counts(column: Arrow) -> Arrow:
    """Return a column of counts; one of floats has NaN where it has nothing."""
    floats = to_floats(column)
    return pc.if_else(pc.is_nan(floats), pa.scalar(None, pa.float64()), floats)
