"""Pictures of what there may be to draw: they decode, keep their frame, and are the same each time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from bot.drawing import fonts
from bot.drawing.labels import spread
from bot.drawing.press import make_figure, print_png
from bot.drawing.values import Theme, Tick, digest_of
from tests.picturing import (
    GROUNDS,
    HOSTILE,
    LONG,
    make_chart,
    make_line,
    opened,
    words_covering,
    words_outside,
)

DAILY = [1400 + (day * 7) % 13 for day in range(400)]
CHARTS = {
    "one point": make_chart(make_line("qwq-32b", [1400])),
    "one day of five": make_chart(*(make_line(f"m{n}", [1400 + n]) for n in range(5))),
    "400 points of five": make_chart(
        *(make_line(name, [value + 9 * n for value in DAILY]) for n, name in enumerate(LONG))
    ),
    "the same values": make_chart(make_line("a", [1400] * 5), make_line("b", [1400] * 5)),
    "long names": make_chart(*(make_line(name, [1400, 1401]) for name in LONG)),
    "hostile names": make_chart(*(make_line(name, [1400, 1401 + n]) for n, name in enumerate(HOSTILE))),
    "gaps and breaks": make_chart(
        make_line("gap", [1400, 1402], [1404], [1390, 1391]),
        cuts=(Tick(20002.5, "other source"), Tick(20002.9, "other method"), Tick(20006, "other method")),
    ),
    "ranks": make_chart(make_line("rank", [1, 1, 2, 40], spread=None), falling=True),
}  # fmt: skip


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_decodes_and_has_the_size_and_ground_of_its_theme(name: str, theme: Theme) -> None:
    chart = CHARTS[name]
    image = opened(print_png(replace(chart, frame=replace(chart.frame, theme=theme))))

    assert image.size == (2000, 1200)
    corners = [image.getpixel(at) for at in ((0, 0), (1999, 0), (0, 1199), (1999, 1199))]
    assert set(corners) == {GROUNDS[theme]}
    assert len(image.getcolors(2**20) or ()) > 10, "nothing is drawn"


@pytest.mark.parametrize("name", CHARTS)
def test_no_word_leaves_the_picture_or_covers_another(name: str) -> None:
    figure = make_figure(CHARTS[name])

    assert words_outside(figure) == []
    assert words_covering(figure) == []


def test_the_same_values_give_the_same_bytes_and_others_another_digest() -> None:
    chart = CHARTS["gaps and breaks"]

    assert print_png(chart) == print_png(replace(chart))
    assert digest_of(chart) == digest_of(replace(chart))
    assert digest_of(chart) != digest_of(replace(chart, falling=True))


def test_no_line_crosses_a_gap() -> None:
    (axes,) = make_figure(CHARTS["gaps and breaks"]).axes
    drawn = [np.asarray(line.get_xdata(), float).tolist() for line in axes.lines]

    for gap in (20002, 20004):
        assert not [xs for xs in drawn if min(xs) < gap < max(xs)]
    assert [20000, 20001] in drawn
    assert [20005, 20006] in drawn


def test_small_ranks_are_on_top() -> None:
    (axes,) = make_figure(CHARTS["ranks"]).axes

    low, high = axes.get_ylim()
    assert low > high
    assert 1 in axes.get_yticks()
    assert all(tick == int(tick) and tick >= 1 for tick in axes.get_yticks())


def test_a_dollar_is_a_dollar_and_a_name_loses_its_middle_not_its_ends() -> None:
    texts = [text.get_text() for text in make_figure(CHARTS["hostile names"]).texts]
    assert HOSTILE[0] in texts

    texts = [text.get_text() for text in make_figure(CHARTS["long names"]).texts]
    assert any(text.startswith("alpha-") and text.endswith("20260000") and "…" in text for text in texts)


def test_hardly_any_change_does_not_fill_the_axis() -> None:
    (axes,) = make_figure(make_chart(make_line("a", [1400, 1400.2], spread=None))).axes
    low, high = axes.get_ylim()

    assert high - low >= 20


@pytest.fixture
def without_wide_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose only font is the one that comes with matplotlib."""
    monkeypatch.setattr(fonts, "WIDE", ())
    for cached in (fonts.families, fonts._fonts, fonts._has):
        cached.cache_clear()
    yield
    for cached in (fonts.families, fonts._fonts, fonts._has):
        cached.cache_clear()


@pytest.mark.usefixtures("without_wide_fonts")
def test_without_a_chinese_font_the_words_are_english_and_the_names_letters() -> None:
    chart = make_chart(make_line("讯飞星火", [1400]), make_line("讯飞星火4.0Ultra", [1300]))
    chinese = replace(chart, frame=replace(chart.frame, title="Arena 文本榜：评分"), fallback=chart)
    texts = [text.get_text() for text in make_figure(chinese).texts]

    assert "Rating on Arena Text" in texts
    assert "A" in texts
    assert "…4.0Ultra" in texts
    assert words_outside(make_figure(chinese)) == []


def test_labels_move_apart_in_their_order_and_stay_inside() -> None:
    assert spread([10, 11, 50], 10, 0, 100) == [5.5, 15.5, 50]
    assert spread([50, 50, 50], 10, 0, 100) == [40, 50, 60]
    assert spread([0, 0, 99, 100], 10, 0, 100) == [0, 10, 90, 100]
    assert spread([7, 7, 7], 60, 0, 100) == [0, 50, 100]
    assert spread([], 10, 0, 100) == []


def test_the_bot_does_not_load_what_draws() -> None:
    code = "import sys, bot.__main__, bot.trial; print({'matplotlib', 'numpy'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
