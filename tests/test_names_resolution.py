"""What people type finds the right model, or asks, or says that there is none."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from store.catalogue import read_catalogue
from store.models import Model
from store.names import Identities, NameIndex

CASES = Path(__file__).parent / "cases" / "names"
IDENTITIES = Identities.read(seeds.FOLDER)
CATALOGUE = read_catalogue(seeds.FOLDER)


class Printed(NamedTuple):
    board: str
    name: str
    place: int
    organization: str | None
    seen: date | None


def shipped() -> Iterator[Printed]:
    """Yield the rows of the boards in seeds/boards, read just well enough for their names."""
    for file in ("arena-text-2025-07-09.md", "rele-open.md", "rele-open-20b.md"):
        seen = date(2025, 7, 9) if file.startswith("arena") else None
        text = (seeds.FOLDER / "boards" / file).read_text("utf-8")
        rows = [
            [cell.strip() for cell in line.strip("| \n").split("|")]
            for line in text.splitlines()
            if "|" in line
        ]
        header = rows[0]
        name = next(place for place, cell in enumerate(header) if cell in ("模型名", "大模型"))
        vendor = next(place for place, cell in enumerate(header) if cell in ("服务商", "机构"))
        for place, cells in enumerate(rows[2:], start=1):
            printed = re.sub(r"^\[([^]]+)\]\(.*", r"\1", re.sub(r"☛.*|\(new\)", "", cells[name]))
            organization = CATALOGUE.organization_of(cells[vendor])
            yield Printed(file[:-3], printed, place, organization.key if organization else None, seen)


def recorded() -> Iterator[Printed]:
    for line in (CASES / "boards-2026.txt").read_text("utf-8").splitlines()[1:]:
        board, seen, place, organization, name = line.split("\t")
        yield Printed(
            board, name, int(place), organization or None, date.fromisoformat(seen) if seen else None
        )


def models(rows: Iterable[Printed]) -> list[Model]:
    """Return the models of `rows` as ingest makes them: one an identity, over all its names."""
    found: dict[str, list[Printed]] = defaultdict(list)
    for row in rows:
        found[IDENTITIES.identify(row.name).key].append(row)
    return [
        Model(
            key=key,
            name=same[0].name,
            family=IDENTITIES.identify(same[0].name).family,
            printed=tuple(dict.fromkeys(row.name for row in same)),
            organization=next((row.organization for row in same if row.organization), None),
            place=same[0].place,  # the first board that lists it
            seen=max((row.seen for row in same if row.seen), default=None),
            board=same[0].board,
        )
        for key, same in found.items()
    ]


@cache
def index(boards: str) -> tuple[list[Model], NameIndex]:
    all_models = models(shipped() if boards == "seeds" else recorded())
    return all_models, NameIndex(all_models, CATALOGUE.organizations.values(), IDENTITIES)


def cases(boards: str) -> list[list[str]]:
    with (CASES / f"{boards}.tsv").open(encoding="utf-8") as file:
        return [[boards, *row] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


@pytest.mark.parametrize(("boards", "query", "kind", "accept"), [*cases("seeds"), *cases("boards-2026")])
def test_a_query_finds_what_it_means(boards: str, query: str, kind: str, accept: str) -> None:
    resolution = index(boards)[1].resolve(query)
    if accept == "-":
        assert resolution.model is None
        assert not resolution.ambiguous
        return
    assert resolution.model is not None
    assert set(resolution.model.printed) & set(accept.split("|"))
    assert 0 < resolution.confidence <= 1
    assert bool(resolution.alternatives) == resolution.ambiguous
    if kind == "family":
        assert resolution.ambiguous
    if kind in ("exact", "case", "sep", "order"):
        assert not resolution.ambiguous


@pytest.mark.parametrize("boards", ["seeds", "boards-2026"])
def test_every_printed_name_is_its_own_model_for_sure(boards: str) -> None:
    all_models, names = index(boards)
    for model in all_models:
        for printed in model.printed:
            resolution = names.resolve(printed)
            assert (resolution.model, resolution.confidence, resolution.ambiguous) == (model, 1.0, False)


def test_a_family_offers_its_other_members_the_likeliest_first() -> None:
    resolution = index("seeds")[1].resolve("gemini 1.5")
    assert [model.name for model in resolution.alternatives[:3]] == [
        "Gemini-1.5-Flash-002",
        "Gemini-1.5-Pro-001",
        "Gemini-1.5-Flash-001",
    ]


def test_a_refusal_suggests_what_is_near() -> None:
    resolution = index("seeds")[1].resolve("qwen2.5-13b")
    assert resolution.model is None
    assert resolution.because == "none"
    assert all("qwen2.5" in model.name.lower() for model in resolution.alternatives)


@pytest.mark.parametrize(
    ("query", "because"),
    [
        ("Grok-2-08-13", "exact"),
        ("gemini 2.5 flash", "same-name"),
        ("4o mini", "words"),
        ("deepssek r1", "slip"),
        ("zephyr 7b", "even"),
        ("claude 3.5", "family"),
        ("", "empty"),
        ("zzzzzz", "unknown"),
        ("claude 3.5 opus", "none"),
        ("pro", "vague"),
    ],
)
def test_a_resolution_tells_its_rule(query: str, because: str) -> None:
    assert index("seeds")[1].resolve(query).because == because


def test_surer_ways_to_be_found_have_more_confidence() -> None:
    names = index("seeds")[1]
    queries = ("DeepSeek-R1", "deepseek r1", "r1", "deepssek r1", "deepseek")
    confidences = [names.resolve(query).confidence for query in queries]
    assert confidences == sorted(confidences, reverse=True)
    assert confidences[0] == 1.0


def test_names_that_fold_to_one_form_keep_their_models() -> None:
    close = [Model("a", "Model-X 1", "a", ("Model-X 1",)), Model("b", "model-x-1", "b", ("model-x-1",))]
    names = NameIndex(close)
    assert [names.resolve(model.name).model for model in close] == close


def test_an_index_without_models_finds_nothing() -> None:
    assert NameIndex([]).resolve("gpt-4o").model is None
    assert NameIndex([]).complete("gpt") == ()


@given(st.randoms(use_true_random=False))
def test_the_order_of_models_does_not_matter(random: Random) -> None:
    some = index("seeds")[0][::6]
    shuffled = list(some)
    random.shuffle(shuffled)
    one, other = NameIndex(some, identities=IDENTITIES), NameIndex(shuffled, identities=IDENTITIES)
    for query in ("gemini", "claude 3.5", "llama", "qwen 32b", "mini", "4o"):
        assert one.resolve(query) == other.resolve(query)
    assert one.complete("g") == other.complete("g")


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=80)


@given(ANYTHING)
def test_no_text_makes_it_fail(text: str) -> None:
    names = index("seeds")[1]
    resolution = names.resolve(text)
    assert resolution.query == text
    assert 0 <= resolution.confidence <= 1
    assert len(names.complete(text)) <= 25


@given(st.lists(ANYTHING.filter(str.strip), unique=True, min_size=1, max_size=12))
def test_any_names_at_all_are_found_by_themselves(printed: list[str]) -> None:
    all_models = [Model(str(place), name, str(place), (name,)) for place, name in enumerate(printed)]
    names = NameIndex(all_models, identities=IDENTITIES)
    for model in all_models:
        resolution = names.resolve(model.name)
        assert (resolution.model, resolution.confidence, resolution.ambiguous) == (model, 1.0, False)


@given(st.data())
def test_figures_that_no_model_has_are_refused(data: st.DataObject) -> None:
    all_models, names = index("seeds")
    name = data.draw(
        st.sampled_from([m.name for m in all_models if re.search(r"\d[bB](?![a-zA-Z])", m.name)])
    )
    other = re.sub(r"(?<![\d.])\d+(\.\d+)?(?=[bB](?![a-zA-Z]))", "997", name, count=1)
    assert names.resolve(other).model is None


@pytest.mark.parametrize("boards", ["seeds", "boards-2026"])
def test_a_version_that_no_model_has_is_refused(boards: str) -> None:
    all_models, names = index(boards)
    version = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.]|b)")
    for printed in (name for model in all_models for name in model.printed if version.search(name)):
        for other in ("8.7", "9.9"):
            query = version.sub(other, printed, count=1)
            assert names.resolve(query).model is None, query


def test_models_on_no_board_are_the_least_likely() -> None:
    gone = [Model(f"new-{n}", f"New-{n}", "new", (f"New-{n}",), seen=date(2026, 8, 1)) for n in range(5)]
    listed = Model("new-listed", "New-5", "new", ("New-5",), place=30, seen=date(2026, 8, 1), board="arena")
    resolution = NameIndex([*gone, listed]).resolve("new")
    assert resolution.model == listed
    assert resolution.ambiguous


def test_the_higher_version_is_the_likelier_where_boards_do_not_tell() -> None:
    keys = ("mimo-v2-pro", "mimo-v2.6-pro", "mimo-v2.5-pro", "mimo-v2-flash-0204")
    names = NameIndex([Model(key, key, key, (key,)) for key in keys])
    assert [model.name for model in names.complete("mimo pro")] == [keys[1], keys[2], keys[0]]


@pytest.mark.parametrize("query", ["gpt-4o min", "gvt-4o-2024-05-13", "gln-4-plus-0111", "xwen1.5-7b-chat"])
def test_a_bad_slip_is_put_right_where_figures_tell_the_model(query: str) -> None:
    resolution = index("seeds")[1].resolve(query)
    assert resolution.model is not None
    assert resolution.because == "slip"


@pytest.mark.parametrize("query", ["文心4.5", "ernie 4.5", "混元4.5", "google 4.5", "文心一言 4.5 turbo"])
def test_a_figure_alone_is_no_other_makers_model(query: str) -> None:
    """The maker is named, so that GPT-4.5 is not meant, though it alone has the figure."""
    assert index("seeds")[1].resolve(query).model is None


@pytest.mark.parametrize(
    "query", ["opt 30b", "bloom 7b", "pixtral 12b", "xgen 7b", "orca 13b", "gopher 280b"]
)
def test_a_model_that_no_board_has_is_no_slip(query: str) -> None:
    assert index("seeds")[1].resolve(query).model is None


@pytest.mark.parametrize(
    "text",
    [
        "😀" * 500,
        "gpt-4o " * 400,
        "a" * 2000,
        "1" * 2000,
        "\ud800\udfff",
        "\x00\x01\x02",
        "🤖 gpt-4o",
        "/" * 99,
        "@@@",
    ],
)
def test_odd_and_endless_input_is_answered(text: str) -> None:
    names = index("seeds")[1]
    assert names.resolve(text).query == text
    assert len(names.complete(text)) <= 25
