"""Changes in words: a line each, under headings; the parts of `/changes` and of every digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.replies.figures import (
    enumerate_some,
    price_pair,
    score_text,
    value_text,
    vendor_text,
)
from bot.replies.marks import link, pad, safe
from bot.replies.reply import Section
from bot.texts import Language
from store.answers import Standing
from store.boards import Catalogue
from store.changes import Bulk, Changes, Kind
from store.changes.values import Entered, Lead, Left, New, rank_of
from store.values import Flag

NAMED = 4
"""How many of those who share first place are named."""
WIDTH = 60


class Newsroom:
    """Writes changes in one language."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self._catalogue = catalogue
        self._language = language

    def headlines(self, changes: Changes) -> list[str]:
        """Return what is said first: what happened at first place, then to the board as a whole."""
        lead = self._lead(changes.leader) if changes.leader else []
        return [*lead, *map(self.bulk_line, changes.bulk)]

    def sections(self, changes: Changes) -> list[Section]:
        """Return all the rest under headings, without those that have nothing."""
        new = {each.standing.model for each in changes.new}
        gone = {each.standing.model for each in changes.gone}
        crossed = [self._entered(each) for each in changes.entered if each.standing.model not in new]
        crossed += [self._left(each) for each in changes.left if each.before.model not in gone]
        renamed = [self._renamed(each.before.name, each.standing.name, each.sure) for each in changes.renamed]
        renamed += [
            self._language.count(
                "changes.vendor", each.models, before=safe(each.before, WIDTH), after=safe(each.after, WIDTH)
            )
            for each in changes.vendors
        ]
        parts: Iterable[tuple[str, Sequence[str]]] = (
            ("new", [self.new(each) for each in changes.new]),
            ("top", crossed),
            (_moved_how(changes), [self.moved(each.before, each.standing) for each in changes.moved]),
            ("prices", [self.repriced(each.before, each.standing) for each in changes.prices]),
            ("renamed", renamed),
            ("gone", [self._gone(each.standing) for each in changes.gone]),
        )
        return [
            Section(self._language.say(f"changes.{name}"), tuple(lines)) for name, lines in parts if lines
        ]

    def _lead(self, lead: Lead) -> list[str]:
        say, before, after = self._language.say, _name(lead.before), _name(lead.after)
        if lead.changed:
            told = {"swapped": lead.swapped, "tied": lead.tied, "vacant": lead.vacant, "taken": True}
            key = next(key for key, so in told.items() if so)
            score = score_text(lead.after.main)
            return [say(f"changes.lead.{key}", before=before, after=after, score=score)]
        lines = []
        for key, models in (("joined", lead.joined), ("left", lead.left)):
            if models:
                names = enumerate_some([_name(each) for each in models], NAMED, self._language)
                lines.append(
                    self._language.count(f"changes.lead.{key}", len(models), names=names, leader=after)
                )
        return lines

    def bulk_line(self, line: Bulk) -> str:
        """Return the line that says what happened to many at once."""
        key, language = f"changes.bulk.{line.kind}", self._language
        named = {"before": safe(line.before or "", WIDTH), "after": safe(line.after or "", WIDTH)}
        match line.kind:
            case Kind.COVERAGE:
                side = "wider" if line.after == "full" else "narrower"
                return language.count(f"{key}.{side}", line.count)
            case Kind.ORIGIN | Kind.METHOD:
                kinds = {side: language.say(f"changes.{line.kind}.{each}") for side, each in _ends(line)}
                return language.say(key, **kinds)
            case Kind.DIMENSION:
                titles = {side: self._dimension(each) for side, each in _ends(line)}
                return language.say(key, **titles)
            case Kind.VINTAGE:
                sides = {"joined": line.after, "left": line.before}
                told = (
                    language.say(f"{key}.{side}", domains=safe(each, WIDTH))
                    for side, each in sides.items()
                    if each
                )
                return language.say(key, domains=" · ".join(told))
            case Kind.SHIFT:
                amount = f"{line.amount or 0:+g}"
                return language.count(key, line.count, total=language.number(line.total), amount=amount)
            case Kind.NAMES if line.after is None:
                return language.count(f"{key}.unclear", line.count)
            case Kind.MANY if line.amount is not None and line.amount > 1:
                return language.count(f"{key}.days", int(line.amount), count=language.number(line.count))
            case _:
                return language.count(key, line.count, total=language.number(line.total), **named)

    def _dimension(self, key: str) -> str:
        known = self._catalogue.dimensions.get(key)
        return known.title(self._language.tag) if known else safe(key, WIDTH)

    def new(self, change: New) -> str:
        """Return a line about a new model."""
        standing = change.standing
        told = [vendor_text(standing, self._catalogue, self._language, WIDTH)]
        if Flag.PRELIMINARY in standing.flags:
            told.append(self._language.say("flag.preliminary"))
        if not change.sure:
            told.append(self._language.say("changes.unsure"))
        figures = f"{_place(standing)} **{link(standing.name, _address(standing), WIDTH)}**"
        return " · ".join([f"{figures} **{score_text(standing.main)}**", *filter(None, told)])

    def _entered(self, change: Entered) -> str:
        if change.before is None or rank_of(change.before) is None:
            key, before = "changes.entered.unlisted", None
        else:
            key, before = "changes.entered", rank_of(change.before)
        model, after = _name(change.standing), rank_of(change.standing)
        return self._language.say(key, model=model, before=before, after=after)

    def _left(self, change: Left) -> str:
        model, before = _name(change.standing), rank_of(change.before)
        after = rank_of(change.after) if change.after else None
        key = "changes.left" if after is not None else "changes.left.unlisted"
        return self._language.say(key, model=model, before=before, after=after)

    def moved(self, before: Standing, after: Standing) -> str:
        """Return a line about a score that moved."""
        old, new = before.main.score or 0, after.main.score or 0
        key = "changes.up" if new > old else "changes.down"
        step = value_text(abs(new - old), after.main.dimension)
        scores = {"before": score_text(before.main), "after": score_text(after.main)}
        return self._language.say(key, model=_name(after), step=step, **scores)

    def repriced(self, before: Standing, after: Standing) -> str:
        """Return a line about a price that changed."""
        old, new = before.price, after.price
        prices = {"before": price_pair(old) if old else "", "after": price_pair(new) if new else ""}
        return self._language.say("changes.price", model=_name(after), **prices)

    def _renamed(self, before: str, after: str, sure: bool) -> str:
        key = "changes.name" if sure else "changes.name.likely"
        return self._language.say(key, before=safe(before, WIDTH), after=safe(after, WIDTH))

    def _gone(self, standing: Standing) -> str:
        vendor = vendor_text(standing, self._catalogue, self._language, WIDTH)
        return " · ".join(
            filter(None, (f"{_place(standing)} {_name(standing)}", score_text(standing.main), vendor))
        )


def _ends(line: Bulk) -> list[tuple[str, str]]:
    return [("before", line.before or ""), ("after", line.after or "")]


def _moved_how(changes: Changes) -> str:
    """Return the heading's key: boards of points print no intervals to move beyond."""
    return "moved" if any(each.standing.main.low is not None for each in changes.moved) else "moved.far"


def _name(standing: Standing) -> str:
    return f"**{safe(standing.name, WIDTH)}**"


def _place(standing: Standing) -> str:
    rank = rank_of(standing)
    return f"`{pad('–' if rank is None else f'#{rank}', 4, right=True)}`"


def _address(standing: Standing) -> str | None:
    return None if Flag.TRY_IT in standing.flags else standing.url
