"""Text from boards and people, shown letter by letter and never obeyed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.marks import clip, code, link, pad, plain, safe, web_address, width


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("**bold** _it_ ~~no~~ ||spoiler||", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \|\|spoiler\|\|"),
        ("[click](https://evil.example)", r"\[click\](https\://evil.example)"),
        ("@everyone", "@\u200beveryone"),
        ("<@123>", "\\<@\u200b123\\>"),
        ("# heading", r"\# heading"),
        ("- list", r"\- list"),
        ("a\nb\tc\x00d", "a b cd"),
        ("safe\u202egpj.exe\u2066\u200b", "safegpj.exe"),
        ("qwen2.5-72b-instruct", "qwen2.5-72b-instruct"),
        ("Claude 3.7 Sonnet (thinking-32k)", "Claude 3.7 Sonnet (thinking-32k)"),
        ("通义千问", "通义千问"),
    ],
)
def test_hostile_text_is_shown_as_it_is(hostile: str, shown: str) -> None:
    assert safe(hostile) == shown


@given(st.text())
def test_no_text_keeps_a_mention_a_mark_or_a_control_character(text: str) -> None:
    shown = safe(text)
    assert not re.search(r"@(everyone|here|[!&]?\d)", shown)
    assert not re.search(r"(?<!\\)(\\\\)*[*_~`|\[\]<>]", shown.replace("\\\\", ""))
    assert plain(shown.replace("\u200b", "")) == shown.replace("\u200b", "")
    assert len(shown) <= 3 * 120


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/b?c=d&e=f#g", "https://a.example/b?c=d&e=f#g"),
        ("http://a.example/(b) c", "http://a.example/%28b%29%20c"),
        ("https://a.example/模型", "https://a.example/%E6%A8%A1%E5%9E%8B"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("https://user:secret@a.example", None),
        ("https://[bad", None),
        ("", None),
        (None, None),
        ("https://a.example/" + "x" * 500, None),
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


@given(st.text(), st.text())
def test_nothing_in_a_text_or_an_address_ends_the_link_early(text: str, path: str) -> None:
    linked = link(text, f"https://a.example/{path}")
    match = re.fullmatch(r"\[((?:\\.|[^\]\\])*)\]\(https://a\.example/[^()\s<>]*\)", linked, re.DOTALL)
    assert match or linked == safe(text)


@given(st.text())
def test_nothing_ends_inline_code_early(text: str) -> None:
    assert code(text).count("`") == 2


def test_clipping_says_that_it_did() -> None:
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdefg", 6) == "abcde…"


def test_wide_letters_take_two_columns() -> None:
    assert width("法律 law") == 8
    assert pad("法律", 6) == "法律  "
    assert pad("法律", 6, right=True) == "  法律"
