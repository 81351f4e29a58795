"""Several boards in one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import reply_to
from bot.mistakes import BoardUnknown, NothingStored
from bot.requests.boards import complete_boards, read_boards
from bot.texts import Texts
from store.boards import Catalogue, fold
from store.errors import NoSnapshot
from store.fields import FieldIndex

STORED = (
    "arena-text",
    "arena-search",
    "arena-vision",
    "arena-webdev",
    "arena-image",
    "rele-open",
    "rele-open-20b",
)


@pytest.fixture(scope="module")
def fields(catalogue: Catalogue) -> FieldIndex:
    return FieldIndex(catalogue, {key: [catalogue.dimensions[catalogue.boards[key].score]] for key in STORED})


@pytest.fixture(scope="module")
def every(catalogue: Catalogue) -> FieldIndex:
    return FieldIndex(
        catalogue, {key: [catalogue.dimensions[board.score]] for key, board in catalogue.boards.items()}
    )


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("arena text", ("arena-text",)),
        ("Arena Text, vision", ("arena-text", "arena-vision")),
        ("文本榜、搜索；视觉", ("arena-text", "arena-search", "arena-vision")),
        ("文本榜，文本", ("arena-text",)),
        ("arena-text;rele-open-20b", ("arena-text", "rele-open-20b")),
        ("  ,visoin,, ", ("arena-vision",)),
        ("webd", ("arena-webdev",)),
        ("all", ()),
        ("ALL", ()),
        ("全部", ()),
        ("所有榜單", ()),
        ("text, all", ()),
        ("", ("arena-text",)),
        (" , ", ("arena-text",)),
    ],
)
def test_boards_are_read_in_any_of_their_words(
    fields: FieldIndex, texts: Texts, typed: str, keys: tuple[str, ...]
) -> None:
    assert read_boards(typed, fields, texts) == keys


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("cheese", "cheese"),
        ("text, cheese, ham", "cheese"),
        ("text, `x`", "`x`"),
        ("a", "a"),
        ("{0}", "{0}"),
        ("text, \u202e", "\u202e"),
    ],
)
def test_the_first_board_that_is_none_is_named(
    fields: FieldIndex, texts: Texts, typed: str, part: str
) -> None:
    with pytest.raises(BoardUnknown) as raised:
        read_boards(typed, fields, texts)
    assert raised.value.typed == part
    assert "Arena Text" in str(reply_to(raised.value, texts.source).embed.description)


def test_a_board_of_which_nothing_is_stored_is_told_apart(fields: FieldIndex, texts: Texts) -> None:
    with pytest.raises(NothingStored):
        read_boards("text, video", fields, texts)


def test_an_empty_database_has_no_first_board(catalogue: Catalogue, texts: Texts) -> None:
    empty = FieldIndex(catalogue, {})
    with pytest.raises(NoSnapshot):
        read_boards("", empty, texts)
    assert [name for name, _ in complete_boards("", empty, texts, texts.source)] == ["all boards"]


def test_every_board_is_read_by_its_titles_and_its_key(every: FieldIndex, texts: Texts) -> None:
    for field in (field for field in every.fields if field.whole):
        for name in (field.board.key, *field.board.titles.values()):
            assert read_boards(name, every, texts) == (field.board.key,), name


@given(st.text(alphabet=st.sampled_from("arenatextvision, 文本榜全部、;")) | st.text())
def test_any_text_is_a_list_of_boards_or_a_mistake(fields: FieldIndex, texts: Texts, typed: str) -> None:
    for name, value in complete_boards(typed, fields, texts, texts.source):
        assert 1 <= len(name) <= 100
        assert 1 <= len(value) <= 100
    try:
        keys = read_boards(typed, fields, texts)
    except (BoardUnknown, NothingStored):
        return
    assert set(keys) <= set(STORED)


def test_completion_offers_all_and_each_board_while_nothing_is_typed(
    fields: FieldIndex, texts: Texts
) -> None:
    assert complete_boards("", fields, texts, texts.source)[:2] == [
        ("all boards", "all boards"),
        ("Arena Text", "arena-text"),
    ]
    assert len(complete_boards("", fields, texts, texts.languages["zh_CN"])) == len(STORED) + 1


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("vis", "Arena Vision", "arena-vision"),
        ("文本榜，视", "Arena Text, Arena Vision", "arena-text, arena-vision"),
        ("arena text, ", "Arena Text, Arena Search", "arena-text, arena-search"),
        ("al", "all boards", "all boards"),
        ("all, ", "all boards", "all boards"),
    ],
)
def test_completion_keeps_the_earlier_boards(
    fields: FieldIndex, texts: Texts, typed: str, name: str, value: str
) -> None:
    assert complete_boards(typed, fields, texts, texts.source)[0] == (name, value)


def test_completion_offers_nothing_behind_a_mistake(fields: FieldIndex, texts: Texts) -> None:
    assert complete_boards("cheese, te", fields, texts, texts.source) == []


def test_what_completion_shows_and_what_it_sends_read_the_same(every: FieldIndex, texts: Texts) -> None:
    begun = ""
    for _ in range(4):
        for language in texts.languages.values():
            for name, value in complete_boards(begun, every, texts, language):
                assert read_boards(name, every, texts) == read_boards(value, every, texts)
        begun = complete_boards(begun, every, texts, texts.source)[-1][1] + ", "


def test_completion_says_when_no_more_fit(every: FieldIndex, texts: Texts) -> None:
    keys = [field.board.key for field in every.fields if field.whole]
    seven = ", ".join(keys[:7])
    *_, (said, value) = complete_boards(f"{seven}, ", every, texts, texts.source)
    assert said == texts.source.say("all.full")
    assert read_boards(value, every, texts) == tuple(keys[:7])
    *_, (said, value) = complete_boards(", ".join(keys[:20]) + ", ", every, texts, texts.source)
    assert (said, value) == (said, said)
    assert fold(said) != fold("all")
