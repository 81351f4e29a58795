"""How the numbers of a board are written: as printed, never improved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.replies.marks import link, safe, web_address
from bot.texts import Language
from store.answers import Score, Snapshot, Standing
from store.boards import Board, Catalogue, Dimension
from store.values import Flag, Price, Unit

MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
SUFFIX = {Unit.PERCENT: "%", Unit.SECONDS: " s", Unit.YUAN: " ¥"}
HONOURED = frozenset({Unit.RATING, Unit.POINTS, Unit.PERCENT})
"""What a medal is given for."""
LEAST = {Unit.RATING: 20.0, Unit.POINTS: 4.0, Unit.PERCENT: 4.0}
"""The least span of a picture's axis: about what two intervals take."""
ELO_SCALE = 400
"""Rating points that stand for odds of 10:1 (the Elo scale, which Arena's ratings are printed on)."""


def title_of(titled: Dimension, language: Language) -> str:
    """Return a dimension's title; beside a foreign one, the Chinese heading that the board prints."""
    title, printed = titled.title(language.tag), titled.titles.get("zh", "")
    foreign = language.locale.language != "zh" and printed in titled.labels and printed != title
    return f"{title} {printed}" if foreign else title


def title_within(dimension: Dimension, board: Board, language: Language, *, printed: bool = True) -> str:
    """Return a dimension's title below its board's, without the word that both begin with.

    Beside a foreign one stands what the board prints, unless `printed` is off.
    """
    title = title_of(dimension, language) if printed else dimension.title(language.tag)
    first, _, rest = title.partition(" ")
    shared = rest and board.title(language.tag).startswith(f"{first} ")
    return f"{rest[0].upper()}{rest[1:]}" if shared else title


def score_text(score: Score) -> str:
    """Return a score with its unit's sign and its interval, such as `1333 +4/-5`."""
    if score.score is None:
        return "–"
    return " ".join(filter(None, (value_text(score.score, score.dimension), interval_text(score))))


def value_text(value: float, dimension: Dimension) -> str:
    """Return a value with at least the dimension's decimals, more where the board printed more.

    Ratings have two at most: beyond those the data set has the noise of its own computation.
    """
    most = 2 if dimension.unit is Unit.RATING else 4
    decimals = next(
        (d for d in range(dimension.decimals, most) if round(value, d) == round(value, most)), most
    )
    return f"{value:.{decimals}f}{SUFFIX.get(dimension.unit, '')}"


def interval_text(score: Score) -> str:
    """Return the interval as distances from the score, such as `+4/-5`; empty without one."""
    if score.score is None or score.low is None or score.high is None:
        return ""
    up, down = score.high - score.score, score.score - score.low
    most = 2 if score.dimension.unit is Unit.RATING else 4
    return f"+{_short(up, most)}/-{_short(down, most)}"


def rank_text(score: Score, language: Language) -> str:
    """Return the board's rank or ranks, such as `#28 (UB) · #38 (StyleCtrl)`; else our place."""
    if score.rank is not None and score.rank_style_control is not None:
        return language.say("rank.both", rank=score.rank, style=score.rank_style_control)
    if score.rank is not None:
        return language.say("rank.one", rank=score.rank)
    if score.place is not None:
        return language.say("rank.one", rank=score.place)
    return language.say("rank.none")


def medal(place: int | None, dimension: Dimension) -> str:
    """Return the medal of a place, or nothing; who is cheap or often asked gets none."""
    return MEDALS.get(place or 0, "") if dimension.unit in HONOURED else ""


def vendor_text(standing: Standing, catalogue: Catalogue, language: Language, width: int = 60) -> str:
    """Return the vendor under its title in this language, or as the board prints it."""
    vendor = catalogue.organization_of(standing.organization)
    return vendor.title(language.tag) if vendor else safe(standing.organization or "", width)


def price_text(price: Price, language: Language) -> str:
    """Return a price per million tokens, in and out where both are known."""
    output = money_text(price.output, price.currency)
    if price.input is None:
        return language.say("price.output", output=output)
    return language.say("price.both", input=money_text(price.input, price.currency), output=output)


def price_pair(price: Price) -> str:
    """Return a price in figures alone, such as `$2 / $12`, below a heading that says what they are."""
    output = money_text(price.output, price.currency)
    return output if price.input is None else f"{money_text(price.input, price.currency)} / {output}"


def money_sign(currency: str) -> str:
    """Return a currency's sign, or its code and a space."""
    return {"USD": "$", "CNY": "¥"}.get(currency, f"{currency} ")


def size_text(billions: float) -> str:
    """Return a size such as `32B`."""
    return f"{_short(billions)}B"


def facts_of(standing: Standing, catalogue: Catalogue, language: Language) -> list[str]:
    """Return what a board says of a model beside its scores, each as a short text."""
    facts = [
        vendor_text(standing, catalogue, language),
        safe(standing.license or "", 60),
        size_text(standing.size) if standing.size else "",
        price_text(standing.price, language) if standing.price else "",
        language.say("fact.context", tokens=language.number(standing.context)) if standing.context else "",
        language.say("fact.cutoff", day=safe(standing.cutoff, 30)) if standing.cutoff else "",
        *(language.say(f"flag.{flag}") for flag in sorted(standing.flags) if flag in _TOLD),
    ]
    address = web_address(standing.url) if Flag.TRY_IT in standing.flags else None
    return [*filter(None, facts), *([f"[{language.say('fact.try')}]({address})"] if address else [])]


def provenance(snapshot: Snapshot, language: Language, now: datetime) -> str:
    """Return what an answer is of: its date or "undated", how much of the board, and its age."""
    return " · ".join(
        filter(
            None,
            (
                date_text(snapshot, language),
                coverage_text(snapshot, language),
                age_text(snapshot, language, now),
            ),
        )
    )


def source_text(board: Board, language: Language) -> str:
    """Return whose the data of a board are, linked, and their licence."""
    return f"{link(board.attribution, board.source)} · {license_text(board, language)}"


def date_text(snapshot: Snapshot, language: Language) -> str:
    """Return the page's own date, or that it has none."""
    return language.moment(snapshot.as_of) if snapshot.as_of else language.say("board.undated")


def coverage_text(snapshot: Snapshot, language: Language) -> str:
    """Return how many models the page lists, and whether that is the whole board."""
    if snapshot.coverage.top is None:
        return language.count("board.full", snapshot.rows)
    return language.count("board.top", min(snapshot.coverage.top, snapshot.rows))


def age_text(snapshot: Snapshot, language: Language, now: datetime) -> str:
    """Return a warning when the page is older than its board's usual rhythm, else nothing."""
    return age_of(snapshot.board, snapshot.as_of, language, now)


def age_of(board: Board, issued: datetime | None, language: Language, now: datetime) -> str:
    """Return a warning when what a board said at a time is older than its usual rhythm, else nothing."""
    if issued is None or not board.rhythm_days or now - issued <= timedelta(days=board.rhythm_days):
        return ""
    return language.count("board.stale", (now - issued).days)


def license_text(board: Board, language: Language) -> str:
    """Return the licence of a board's data, or that none is stated."""
    if not board.license:
        return language.say("boards.unlicensed")
    return language.say("boards.license", license=board.license)


def win_rate(difference: float) -> float:
    """Return the expected share of wins over an opponent rated `difference` points lower.

    The logistic curve of the Elo scale: 400 points stand for odds of 10:1.
    """
    return float(1 / (1 + 10 ** (-difference / ELO_SCALE)))


def _short(value: float, decimals: int = 4) -> str:
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".")


def enumerate_some(names: Sequence[str], most: int, language: Language) -> str:
    """Return names as a list of that language, the first `most` of them and how many more there are."""
    more = [language.count("list.more", len(names) - most)] if len(names) > most else []
    return language.say("list.between").join([*names[:most], *more])


def money_text(value: float, currency: str) -> str:
    """Return an amount: whole, or with at least the two decimals that dollars are written with."""
    sign = money_sign(currency)
    written = _short(value)
    cents = currency == "USD" and "." in written
    return f"{sign}{value:.2f}" if cents and len(written.partition(".")[2]) < 2 else f"{sign}{written}"


_TOLD = (Flag.NEW, Flag.PRELIMINARY)
