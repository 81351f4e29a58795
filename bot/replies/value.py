"""`/value`: scores against prices, as a picture, and the front in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.drawing.values import Frame, Offer, PriceChart
from bot.questions import ValueQuestion, tag
from bot.replies.figures import (
    SUFFIX,
    date_text,
    license_text,
    money_sign,
    price_pair,
    provenance,
    title_within,
    value_text,
)
from bot.replies.marks import clip, fenced, heading, pad, plain, web_address, width
from bot.replies.pager import MENU_LIMIT, switch_theme
from bot.replies.reply import FAMILY_COLOURS, Control, Menu, Option, Picture, Reply
from bot.texts import Language
from store.answers import Standing
from store.boards import Board
from store.market import Market, cost_of
from store.values import Unit

FILE = "value.png"
LINES = 20
"""Models of the front that are listed; the best."""
NAME_LIMIT = 60
ALT_LIMIT = 1000
LEAST_OFFERS = 2


def value_reply(
    question: ValueQuestion,
    market: Market,
    boards: Sequence[Board],
    languages: Sequence[Language],
    now: datetime,
) -> Reply:
    """Return a board's scores against prices; `boards` are those that print prices.

    The second of `languages` is the picture's where its first cannot be drawn.
    """
    language, snapshot = languages[0], market.leaders.snapshot
    board = snapshot.board
    embed = discord.Embed(
        title=heading(language.say("value.title", field=field_text(market, language))),
        url=web_address(board.source),
        description="\n".join([*_counts(market, language), *_front(market, language)]),
        colour=FAMILY_COLOURS[board.family],
    )
    notes = (provenance(snapshot, language, now), board.attribution, license_text(board, language))
    embed.set_footer(text=clip(plain(" · ".join(notes)), 800))
    controls: tuple[Control, ...] = _boards_menu(question, boards, language)
    if len(market.priced) < LEAST_OFFERS:
        return Reply(embed, controls)
    chart = draw_market(question, market, languages)
    said = ", ".join(f"{each.name} {_price(each)}" for each in reversed(market.front))
    picture = Picture(chart, FILE, clip(plain(f"{chart.frame.title}. {said}"), ALT_LIMIT))
    return Reply(embed, (*controls, switch_theme(question, language)), picture=picture)


def draw_market(question: ValueQuestion, market: Market, languages: Sequence[Language]) -> PriceChart:
    """Return the chart of a market in the first language, its fallback in the next."""
    language, *rest = languages
    snapshot, dimension = market.leaders.snapshot, market.leaders.dimension
    front = {each.model for each in market.front}
    sign = money_sign(market.currency or "")
    caption = (
        snapshot.board.attribution,
        license_text(snapshot.board, language),
        date_text(snapshot, language),
    )
    return PriceChart(
        frame=Frame(
            title=plain(language.say("value.title", field=field_text(market, language))),
            subtitle=language.say("value.subtitle"),
            caption=plain(" · ".join(caption)),
            theme=question.theme,
        ),
        offers=tuple(
            Offer(
                clip(plain(each.name), 120) or "?", cost_of(each), each.main.score or 0, each.model in front
            )
            for each in market.priced
        ),
        sign=sign,
        across=language.say("value.across", sign=sign),
        upward=plain(dimension.title(language.tag)),
        suffix=SUFFIX.get(dimension.unit, "") if dimension.unit is not Unit.RATING else "",
        falling=dimension.lower_is_better,
        fallback=draw_market(question, market, rest) if rest else None,
    )


def field_text(market: Market, language: Language) -> str:
    """Return the title of what is scored: the board's, and the domain's where it is one."""
    snapshot, dimension = market.leaders.snapshot, market.leaders.dimension
    board = snapshot.board.title(language.tag)
    if dimension.key == snapshot.score.key:
        return board
    return f"{title_within(dimension, snapshot.board, language, printed=False)} · {board}"


def _counts(market: Market, language: Language) -> list[str]:
    if market.currency is None:
        return [language.say("value.none")]
    lines = [
        language.count(
            "value.priced", len(market.priced) + len(market.free), sign=money_sign(market.currency)
        )
    ]
    for key, number in (
        ("unpriced", market.unpriced),
        ("foreign", market.foreign),
        ("free", len(market.free)),
    ):
        if number:
            lines.append(language.count(f"value.{key}", number))
    if market.leaders.unscored:
        lines.append(language.count("top.unscored", market.leaders.unscored))
    return [" · ".join(lines)]


def _front(market: Market, language: Language) -> list[str]:
    """Return the table of the front: price, score, name, the best first."""
    shown = market.front[::-1][:LINES]
    if not shown:
        return []
    prices = [_price(each) for each in shown]
    scores = [value_text(each.main.score or 0, each.main.dimension) for each in shown]
    wide, high = max(map(width, prices)), max(map(width, scores))
    lines = [
        f"{pad(score, high, right=True)}  {pad(price, wide, right=True)}  {fenced(each.name, NAME_LIMIT)}"
        for each, price, score in zip(shown, prices, scores, strict=True)
    ]
    more = [language.count("list.more", len(market.front) - LINES)] if len(market.front) > LINES else []
    return ["", f"**{language.say('value.front')}**", "```", *lines, "```", *more]


def _price(standing: Standing) -> str:
    return price_pair(standing.price) if standing.price else ""


def _boards_menu(question: ValueQuestion, boards: Sequence[Board], language: Language) -> tuple[Menu, ...]:
    if not [each for each in boards if each.key != question.board]:
        return ()
    options = tuple(
        Option(clip(plain(each.title(language.tag)), 100), tag(each.key), chosen=each.key == question.board)
        for each in boards[:MENU_LIMIT]
    )
    return (Menu(question, "board", language.say("top.boards"), options),)
