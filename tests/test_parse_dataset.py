"""Arena's official data set: each publish date is a board, and a broken file is never half read."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.parse import parse
from store.parse.dataset import Dataset, find_config, open_dataset
from store.parse.pages import Page, Refusal, walk_pages
from store.values import Code, Coverage, Flag, Measure, Method, Origin, Parsed, Row, Table, Unit
from tests.dataset_maker import LAST, Line, make_lines, make_table, order_lines, pack

PATH = "https://hub.example/datasets/x/resolve/main/text_style_control/full-00000-of-00001.parquet?download=1"
NEEDED = [
    "model_name",
    "organization",
    "license",
    "rating",
    "rating_lower",
    "rating_upper",
    "vote_count",
    "rank",
    "leaderboard_publish_date",
]
DATE = "leaderboard_publish_date"


@cache
def catalogue() -> Catalogue:
    return read_catalogue(seeds.FOLDER)


@cache
def some_lines() -> tuple[Line, ...]:
    """Three dates; on the last the line that FORMATS.md quotes from the real data set."""
    return tuple(make_lines("text_style_control", 450))


@cache
def some_file() -> bytes:
    return pack(make_table(some_lines()), row_group=200)


@cache
def some_days() -> tuple[Parsed, ...]:
    return read_days(some_file())


def open_file(content: bytes, path: str = PATH, board: str | None = None) -> Dataset | Parsed:
    return open_dataset(path, BytesIO(content), catalogue(), board)


def read_days(
    content: bytes, path: str = PATH, after: datetime | None = None, **more: int
) -> tuple[Parsed, ...]:
    opened = open_file(content, path)
    assert isinstance(opened, Dataset), opened
    return tuple(opened.days(after, **more))


def only_table(lines: Sequence[Line]) -> Table:
    (parsed,) = read_days(pack(make_table(lines)))
    assert not parsed.refused, parsed.problems
    return parsed.tables[0]


def refusal(content: bytes) -> tuple[Code, str | None]:
    """Why the whole file is refused."""
    opened = open_file(content)
    assert isinstance(opened, Parsed)
    assert opened.tables == ()
    (problem,) = opened.problems
    return problem.code, problem.column


def line(name: str = "a", category: str | None = "overall", **figures: Any) -> Line:
    made = {"rating": 1400.0, "rating_lower": 1390.0, "rating_upper": 1410.0, "vote_count": 500, "rank": 1}
    named = {"model_name": name, "category": category, "organization": "Google", "license": "MIT"}
    return named | made | {"variance": 1.0, DATE: LAST} | figures


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def replaced(column: str, change: Callable[[Any], Any]) -> bytes:
    table = make_table(some_lines())
    return pack(table.set_column(table.schema.get_field_index(column), column, change(table[column])))


def test_the_line_that_is_real_is_read_as_it_stands() -> None:
    row = some_days()[-1].tables[0].rows[0]
    assert row == Row(
        position=1,
        name="claude-fable-5",
        rank=1,
        score=1508.58,
        low=1502.75,
        high=1514.40,
        votes=17799,
        organization="Anthropic",
        license="Proprietary",
    )


def test_each_publish_date_is_one_document_of_one_table_ascending() -> None:
    dates = sorted({each[DATE] for each in some_lines()})
    assert len(dates) == 3
    assert [table.as_of for parsed in some_days() for table in parsed.tables] == list(map(midnight, dates))
    opened = open_file(some_file())
    assert isinstance(opened, Dataset)
    assert (opened.dates, opened.rows) == (tuple(map(midnight, dates)), 450)


def test_a_table_says_what_it_is() -> None:
    table = some_days()[-1].tables[0]
    assert (table.board, table.title, table.score_label) == ("arena-text", "text_style_control", "rating")
    assert (table.unit, table.coverage, table.origin) == (Unit.RATING, Coverage(), Origin.DATASET)
    assert table.method is Method.STYLE_CONTROL


def test_every_line_is_in_its_dates_table_once_and_unchanged() -> None:
    """The whole file against the lines it was made from."""
    for parsed in some_days():
        (table,) = parsed.tables
        lines = [each for each in some_lines() if midnight(each[DATE]) == table.as_of]
        names = {each["model_name"] for each in lines}
        assert [row.position for row in table.rows] == list(range(1, len(names) + 1))
        rows = {row.name: row for row in table.rows}
        assert len(rows) == len(table.rows) == len(names)
        for each in lines:
            row = rows[each["model_name"]]
            read = row.measures.get(f"rating: {each['category']}") or Measure(
                row.score, Unit.RATING, row.low, row.high, row.rank, row.votes
            )
            bounds = each["rating_lower"], each["rating_upper"]
            assert read == Measure(each["rating"], Unit.RATING, *bounds, each["rank"], each["vote_count"])
            assert (row.organization, row.license) == (each["organization"], each["license"])
        assert sum(len(row.measures) + (row.score is not None) for row in table.rows) == len(lines)


def test_rows_are_ordered_by_rank_then_score_then_name_and_those_without_overall_come_last() -> None:
    table = only_table(
        [
            line("z", "coding", rank=1),
            line("y", "coding", rank=1),
            line("e", rank=None, rating=1500.0),
            line("d", rank=2, rating=1300.0),
            line("c", rank=2, rating=1350.0),
            line("b", rank=2, rating=1350.0),
            line("a", rank=1),
        ]
    )
    assert [row.name for row in table.rows] == ["a", "b", "c", "d", "e", "y", "z"]
    assert [row.score for row in table.rows[-2:]] == [None, None]
    assert table.rows[-1].organization == "Google"


def test_only_dates_after_the_given_time_are_read_when_one_is_given() -> None:
    days = some_days()
    first, second = (parsed.tables[0].as_of for parsed in days[:2])
    assert read_days(some_file(), after=first) == days[1:]
    assert second is not None
    assert read_days(some_file(), after=second + timedelta(hours=5)) == days[2:]
    assert read_days(some_file(), after=midnight(LAST)) == ()


@pytest.mark.parametrize("order", ["date", "category", "random"])
@pytest.mark.parametrize("row_group", [7, 100, None])
@pytest.mark.parametrize("window", [1, 200, 100_000])
def test_neither_the_order_of_lines_nor_their_groups_nor_the_window_matter(
    order: str, row_group: int | None, window: int
) -> None:
    content = pack(make_table(order_lines(some_lines(), order)), row_group)
    days = read_days(content, window=window)
    assert days == some_days()
    assert all(list(row.measures) == sorted(row.measures) for row in days[0].tables[0].rows)


def test_agents_have_scores_of_another_kind() -> None:
    lines = make_lines("agent", 30)
    content = pack(make_table(lines, agent=True))
    table = read_days(content, "agent-latest.parquet")[-1].tables[0]
    assert (table.board, table.score_label, table.unit) == ("arena-agent", "agent score", Unit.POINTS)
    first = next(each for each in lines if each["model_name"] == table.rows[0].name and each[DATE] == LAST)
    row = table.rows[0]
    assert (row.score, row.low, row.high) == (first["rating"], first["rating_lower"], first["rating_upper"])
    assert (row.rank, row.votes) == (first["rank"], first["vote_count"])
    assert row.measures == {"会话数": Measure(first["variance"], Unit.COUNT)}


def test_categories_of_agents_are_named_after_their_score() -> None:
    lines = [line(), line("a", "coding", rating=0.2)]
    (parsed,) = read_days(
        pack(make_table([{**each, "variance": 3} for each in lines], agent=True)), "agent.parquet"
    )
    measure = parsed.tables[0].rows[0].measures["agent score: coding"]
    assert (measure.value, measure.unit) == (0.2, Unit.POINTS)


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("rating", lambda column: column.cast(pa.float32())),
        ("rating", lambda column: pa.array([Decimal(str(each)) for each in column.to_pylist()])),
        ("vote_count", lambda column: column.cast(pa.int32())),
        ("vote_count", lambda column: column.cast(pa.float64())),
        ("rank", lambda column: column.cast(pa.float32())),
        ("rank", lambda column: column.cast(pa.uint16())),
        ("model_name", lambda column: column.cast(pa.large_string())),
        ("model_name", lambda column: column.cast(pa.string_view())),
        ("category", lambda column: column.dictionary_encode().cast(pa.dictionary(pa.int8(), pa.string()))),
        ("organization", lambda column: pa.array([f" {each}\t" for each in column.to_pylist()])),
        (DATE, lambda column: column.cast(pa.timestamp("ns"))),
        (DATE, lambda column: column.cast(pa.timestamp("s"))),
        (DATE, lambda column: column.cast(pa.timestamp("ms")).cast(pa.timestamp("ms", "UTC"))),
        (DATE, lambda column: pc.assume_timezone(column.cast(pa.timestamp("us")), "Asia/Shanghai")),
        (DATE, lambda column: column.cast(pa.date64())),
        (DATE, lambda column: column.cast(pa.string())),
        (DATE, lambda column: pa.array([f"{each}T00:00:00+00:00" for each in column.to_pylist()])),
    ],
)
def test_columns_come_in_many_types(column: str, change: Callable[[Any], Any]) -> None:
    assert read_days(replaced(column, change)) == some_days()


def test_columns_are_known_by_name_and_further_ones_are_passed_over() -> None:
    table = make_table(some_lines())
    turned = table.select(sorted(table.column_names)).append_column(
        "confidence", pa.array(["x"] * len(table))
    )
    assert read_days(pack(turned.drop_columns(["variance"]))) == some_days()


@pytest.mark.parametrize("column", NEEDED)
def test_a_needed_column_that_is_gone_is_named(column: str) -> None:
    table = make_table(some_lines())
    names = [f"{name}_v2" if name == column else name for name in table.column_names]
    assert refusal(pack(table.rename_columns(names))) == (Code.NO_COLUMN, column)


@pytest.mark.parametrize(
    ("column", "change", "code"),
    [
        ("rating", lambda column: column.cast(pa.string()), Code.NOT_A_NUMBER),
        ("vote_count", lambda column: pa.array([True] * len(column)), Code.NOT_A_NUMBER),
        ("model_name", lambda column: pa.array(range(len(column))), Code.NOT_UNDERSTOOD),
        ("license", lambda column: pa.array([["MIT"]] * len(column)), Code.NOT_UNDERSTOOD),
        (DATE, lambda column: pa.array([20260803] * len(column)), Code.NOT_UNDERSTOOD),
        (DATE, lambda column: pa.array(["soon"] * len(column)), Code.NOT_UNDERSTOOD),
        (DATE, lambda column: pa.array([None, *column.to_pylist()[1:]]), Code.NOT_UNDERSTOOD),
    ],
)
def test_a_column_of_another_kind_is_named(column: str, change: Callable[[Any], Any], code: Code) -> None:
    assert refusal(replaced(column, change)) == (code, column)


def test_a_column_that_comes_twice_is_named() -> None:
    table = make_table(some_lines())
    assert refusal(pack(table.append_column("rating", table["rating"]))) == (Code.SAME_COLUMN, "rating")


@pytest.mark.parametrize("category", ["full", None])
def test_a_sole_category_is_the_main_one_whatever_its_name(category: str | None) -> None:
    (row,) = only_table([line("a", category)]).rows
    assert (row.score, row.measures) == (1400, {})


def test_a_file_without_categories_has_main_scores_only() -> None:
    (parsed,) = read_days(pack(make_table([line()]).drop_columns(["category"])))
    assert parsed.tables[0].rows[0].score == 1400


def test_of_several_categories_one_has_to_be_overall() -> None:
    content = pack(make_table([line("a", "coding"), line("a", "math")]))
    assert refusal(content) == (Code.NOT_UNDERSTOOD, "category")


@pytest.mark.parametrize(
    ("wrong", "code", "column"),
    [
        ([line(rating=float("nan"))], Code.NOT_A_NUMBER, "rating"),
        ([line(rating=float("inf"))], Code.NOT_A_NUMBER, "rating"),
        ([line(rating_lower=float("-inf"))], Code.NOT_A_NUMBER, "rating_lower"),
        ([line("b", "coding", rating_upper=float("nan")), line()], Code.NOT_A_NUMBER, "rating_upper"),
        ([line(vote_count=-1)], Code.NOT_A_NUMBER, "vote_count"),
        ([line(vote_count=10**12)], Code.NOT_A_NUMBER, "vote_count"),
        ([line(rank=0)], Code.NOT_A_NUMBER, "rank"),
        ([line("")], Code.NO_NAME, "model_name"),
        ([line(" \u200b")], Code.NO_NAME, "model_name"),
        ([line(model_name=None)], Code.NO_NAME, "model_name"),
        ([line(), line("a", None)], Code.NOT_UNDERSTOOD, "category"),
        ([line(), line(rating=1401.0)], Code.CONFLICT, None),
        ([line(), line("a ", vote_count=501)], Code.CONFLICT, None),
        ([line(), line("b", "coding"), line("b", "coding", rank=2)], Code.CONFLICT, None),
        ([line("a", "coding")], Code.NO_ROWS, None),
        ([line(rating=None)], Code.NO_ROWS, None),
    ],
)
def test_what_cannot_be_refuses_its_date_and_no_other(
    wrong: list[Line], code: Code, column: str | None
) -> None:
    other = line(leaderboard_publish_date=LAST - timedelta(days=4))
    before, refused = read_days(pack(make_table([other, *wrong])))
    assert (before.problems, len(before.tables)) == ((), 1)
    assert (refused.refused, refused.tables) == (True, ())
    (problem,) = refused.problems
    assert (problem.code, problem.column) == (code, column)
    assert problem.found is not None
    assert problem.found.startswith("2026-08-03")


@pytest.mark.parametrize(("rows", "row_group"), [(40, 7), (33_000, None)])
def test_a_problem_gives_the_line_in_the_file(rows: int, row_group: int | None) -> None:
    lines = [line(f"m{number}") for number in range(rows)]
    lines[-3]["vote_count"] = -1
    (parsed,) = read_days(pack(make_table(lines), row_group))
    assert [each.row for each in parsed.problems] == [rows - 2]


def test_a_line_that_comes_twice_is_kept_once_and_noted() -> None:
    (parsed,) = read_days(pack(make_table([line(), line(), line("b", rank=2)])))
    assert [(row.name, row.flags) for row in parsed.tables[0].rows] == [
        ("a", frozenset({Flag.REPEATED})),
        ("b", frozenset()),
    ]
    assert [(each.code, each.row) for each in parsed.problems] == [(Code.REPEATED, 2)]


def test_what_is_missing_is_none_and_a_rank_beside_no_score_is_dropped() -> None:
    missing = line("b", rating=None, organization=" ", license="-", vote_count=None)
    table = only_table([line(rank=None, rating_lower=None, organization=None), missing])
    first, second = table.rows
    assert (first.rank, first.low, first.organization) == (None, None, None)
    assert (second.score, second.rank, second.low, second.votes) == (None, None, None, None)
    assert (second.organization, second.license) == (None, None)


def test_a_rank_in_floats_may_have_nan_for_nothing_but_no_fraction() -> None:
    lines = [line(), line("b", rank=float("nan"))]
    (parsed,) = read_days(pack(make_table(lines, float_ranks=True)))
    assert [row.rank for row in parsed.tables[0].rows] == [1, None]
    (parsed,) = read_days(pack(make_table([*lines, line("c", rank=1.5)], float_ranks=True)))
    assert [(each.code, each.column) for each in parsed.problems] == [(Code.NOT_A_NUMBER, "rank")]


@pytest.mark.parametrize(
    ("path", "config"),
    [
        (
            "https://x.example/resolve/main/text_style_control/latest-00000-of-00001.parquet",
            "text_style_control",
        ),
        ("https://x.example/text/full-00000-of-00001.parquet?a=/agent/", "text"),
        ("/data/text_style_control-latest.parquet", "text_style_control"),
        ("text_style_control.parquet", "text_style_control"),
        ("text-full.parquet", "text"),
        ("text_to_image-full.parquet", "text_to_image"),
        ("C:\\data\\agent\\full.parquet", "agent"),
        ("/home/search/text.parquet", "text"),
        ("/srv/vision_style_control/latest-00000-of-00001.parquet", "vision_style_control"),
        ("vision_style_control.parquet", "vision_style_control"),
        ("/home/search/text/full-00000-of-00001.parquet", "text"),
        ("mine.parquet", "mine"),
    ],
)
def test_the_path_tells_the_configuration(path: str, config: str) -> None:
    assert find_config(path, catalogue()) == config


def test_a_configuration_that_nobody_knows_has_no_board() -> None:
    table = read_days(some_file(), "vision_style_control.parquet")[0].tables[0]
    assert (table.board, table.title, table.method) == (None, "vision_style_control", None)


def test_the_board_that_the_caller_gives_wins() -> None:
    opened = open_file(some_file(), "mine.parquet", "arena-text-raw")
    assert isinstance(opened, Dataset)
    assert [table.board for parsed in opened.days() for table in parsed.tables] == ["arena-text-raw"] * 3
    assert next(opened.days()).tables[0].method is Method.RAW


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.EMPTY),
        (b"PK\x03\x04" + bytes(40), Code.UNREADABLE),
        (b"PAR1", Code.TRUNCATED),
        (b"PAR1PAR1", Code.TRUNCATED),
        (b"PAR1\x00\x00\x00\x00PAR1", Code.UNREADABLE),
        (b"PAR1" + bytes(40) + b"\xff\xff\xff\x7fPAR1", Code.TRUNCATED),
    ],
)
def test_what_is_no_parquet_is_refused(content: bytes, code: Code) -> None:
    assert refusal(content)[0] is code


def test_a_file_that_is_not_there_is_missing_and_a_folder_is_unreadable(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "x.parquet", Code.MISSING), (tmp_path, Code.UNREADABLE)):
        opened = open_dataset(str(path), path, catalogue())
        assert isinstance(opened, Parsed)
        assert [each.code for each in opened.problems] == [code]


def test_a_file_on_disk_is_read_as_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "text_style_control-full.parquet"
    path.write_bytes(some_file())
    opened = open_dataset(PATH, path, catalogue())
    assert isinstance(opened, Dataset)
    assert tuple(opened.days()) == some_days()


def test_a_file_without_lines_has_no_rows() -> None:
    assert refusal(pack(make_table([])))[0] is Code.NO_ROWS


def empty_lines(rows: int, days: int) -> pa.Table:
    """So many lines with nothing but a date, which take a file next to nothing."""
    dates = pa.array([LAST - timedelta(days=each) for each in range(days)])
    columns = {name: pa.nulls(rows) for name in NEEDED}
    return pa.table(columns | {DATE: pa.concat_arrays([dates] * (rows // days))})


@pytest.mark.parametrize(("rows", "days"), [(5_001_000, 1_000), (100_001, 1), (12_000, 6_000)])
def test_too_many_lines_in_all_or_on_one_date_and_too_many_dates_are_refused(rows: int, days: int) -> None:
    assert refusal(pack(empty_lines(rows, days)))[0] is Code.TOO_LARGE


def test_a_page_that_unpacks_into_too_much_is_refused_before_it_is() -> None:
    content = pack(make_table([line(organization=" " * 70_000_000)]), compression="zstd")
    assert len(content) < 100_000
    assert refusal(content)[0] is Code.TOO_LARGE


def test_a_file_that_says_a_wrong_number_of_lines_is_refused() -> None:
    said = b"\x16\x84\x07"  # 450 in the footer, as Thrift writes a long integer
    assert some_file().count(said) == 1
    assert refusal(some_file().replace(said, b"\x16\x86\x07"))[0] in (Code.TRUNCATED, Code.UNREADABLE)


def test_pages_that_do_not_fit_into_their_column_are_refused() -> None:
    header = b"\x15\x00\x15\x14\x15\x14\x00"  # a data page of 10 bytes
    assert list(walk_pages(BytesIO(header + bytes(10)), 0, 17)) == [Page(7, 10, 10)]
    for broken in (header + bytes(9), header[:-1], b"\x19" + header, b"\xff" * 17):
        with pytest.raises(Refusal) as refused:
            list(walk_pages(BytesIO(broken), 0, len(broken)))
        assert refused.value.fault.code is Code.UNREADABLE


def test_too_many_categories_are_refused() -> None:
    content = pack(make_table([line("a", f"c{number}") for number in range(301)]))
    assert refusal(content) == (Code.TOO_LARGE, "category")


def test_a_small_file_is_a_document_like_any_other() -> None:
    parsed = parse(PATH, some_file(), catalogue())
    assert parsed.tables == tuple(table for each in some_days() for table in each.tables)
    assert (parsed.path, parsed.problems) == (PATH, ())


def test_as_a_document_it_is_refused_whole_for_one_date() -> None:
    wrong = line(vote_count=-1, leaderboard_publish_date=LAST - timedelta(days=4))
    parsed = parse(PATH, pack(make_table([line(), wrong])), catalogue())
    assert (parsed.tables, [each.code for each in parsed.problems]) == ((), [Code.NOT_A_NUMBER])


def test_as_a_document_a_large_file_is_refused() -> None:
    parsed = parse(PATH, pack(empty_lines(200_004, 3)), catalogue())
    assert [(each.code, each.found) for each in parsed.problems] == [(Code.TOO_LARGE, "200004")]


@settings(max_examples=60)
@given(st.data())
def test_a_file_that_is_cut_off_is_always_refused(data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(some_file()) - 1))
    opened = open_file(some_file()[:cut])
    assert isinstance(opened, Parsed)
    assert opened.refused


@settings(max_examples=100)
@given(st.data())
def test_no_mutation_crashes(data: st.DataObject) -> None:
    """Footers carry no checksum, so that figures can change under them; only raising is excluded here."""
    content = some_file()
    for _ in range(data.draw(st.integers(1, 4))):
        begin = data.draw(st.integers(4, len(content) - 4))
        end = min(len(content) - 4, begin + data.draw(st.sampled_from([0, 1, 2, 7, 40, 300])))
        content = content[:begin] + data.draw(st.binary(max_size=5)) + content[end:]
    parsed = parse(PATH, content, catalogue())
    assert parsed.refused == (not parsed.tables)
    opened = open_file(content)
    for each in opened.days() if isinstance(opened, Dataset) else [opened]:
        assert each.refused == (not each.tables)


@cache
def bodies() -> tuple[Page, ...]:
    """The pages whose bodies have checksums; those of the needed columns."""
    metadata = pq.ParquetFile(BytesIO(some_file())).metadata
    groups = [metadata.row_group(place) for place in range(metadata.num_row_groups)]
    chunks = [group.column(place) for group in groups for place in range(group.num_columns)]
    return tuple(
        page
        for chunk in chunks
        if chunk.path_in_schema != "variance"
        for page in walk_pages(
            BytesIO(some_file()), chunk.dictionary_page_offset, chunk.total_compressed_size
        )
    )


@settings(max_examples=60)
@given(st.data())
def test_where_pages_have_checksums_no_changed_figure_gets_through(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(bodies()))
    place = page.begin + data.draw(st.integers(0, page.size - 1))
    content = bytearray(some_file())
    content[place] ^= data.draw(st.integers(1, 255))
    assert parse(PATH, bytes(content), catalogue()).refused
    opened = open_file(bytes(content))
    if isinstance(opened, Dataset):
        days = list(opened.days())
        assert any(each.refused for each in days)
        assert all(each.refused or each == whole for each, whole in zip(days, some_days(), strict=True))


def run_apart(program: str, *arguments: object) -> str:
    """What a program prints in a process of its own."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    folder = Path(__file__).parent.parent
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def test_the_library_is_not_loaded_before_there_is_a_file() -> None:
    assert (
        run_apart("import sys, store.parse, store.parse.dataset; print('pyarrow' in sys.modules)")
        == "False\n"
    )


READ_ALL = """
import sys
from pathlib import Path
import pyarrow.compute, pyarrow.parquet
import seeds
from store.catalogue import read_catalogue
from store.parse.dataset import open_dataset

def peak():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))

before = peak()
dataset = open_dataset("text.parquet", Path(sys.argv[1]), read_catalogue(seeds.FOLDER))
rows = sum(len(table.rows) for parsed in dataset.days(window=20_000) for table in parsed.tables)
print(rows, peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells the peak of memory on Linux only")
def test_a_long_history_is_read_in_little_memory(tmp_path: Path) -> None:
    days = make_table([each for each in make_lines("text", 12_000) if each[DATE] != LAST])
    place = days.schema.get_field_index(DATE)
    ordinals = days[DATE].cast(pa.int32())
    parts = [
        days.set_column(
            place, DATE, pc.subtract(ordinals, pa.scalar(1000 * each, pa.int32())).cast(pa.date32())
        )
        for each in range(14)
    ]
    table = pa.concat_tables(parts)
    pq.write_table(table.sort_by("category"), tmp_path / "text.parquet", row_group_size=len(table))
    assert len(table) > 140_000
    rows, kilobytes = map(int, run_apart(READ_ALL, tmp_path / "text.parquet").split())
    assert rows > 140_000 / 28
    assert kilobytes < 70_000


def test_a_file_whose_statistics_make_no_sense_does_not_end_the_process() -> None:
    """The file has one byte of its footer changed; pyarrow, asked for its columns, aborts."""
    content = (Path(__file__).parent / "cases" / "parquet" / "statistics.parquet").read_bytes()
    command = (
        "import sys; from tests.test_parse_dataset import *;"
        "print(len(parse(PATH, sys.stdin.buffer.read(), catalogue()).tables))"
    )
    done = subprocess.run([sys.executable, "-c", command], input=content, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
