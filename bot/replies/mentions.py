"""The models that a message names, ranked on the boards that have most of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import discord

from bot.questions import CompareQuestion, HistoryQuestion
from bot.replies.figures import enumerate_some, medal, provenance, score_text, source_text, vendor_text
from bot.replies.marks import code, pad, safe, web_address
from bot.replies.reply import FAMILY_COLOURS, NEUTRAL, Control, Reply, Section, Show, paginate
from bot.texts import Language
from store.answers import Standing
from store.boards import Catalogue
from store.models import Model

MODELS = 25
"""Models that are ranked; the first ones of the message."""
BOARDS = 5
"""Boards that are shown one after the other, each for those whom the ones before lack."""
WIDTHS = (60, 30, 20)
"""Letters of a name that are shown, by what fits; at the last, no vendor is told."""
READINGS = 5
"""Ambiguous names of which is told how they were read."""
COMPARED = range(2, 5)
DRAWN = range(1, 6)

Lineup = Mapping[str, Sequence[Standing]]


@dataclass(frozen=True, slots=True)
class Spotted:
    """A model in a message: as it was written there, and whether that fits others, too."""

    typed: str
    model: Model
    ambiguous: bool = False


def mentions_reply(
    spotted: Sequence[Spotted],
    address: str,
    lineup: Lineup,
    catalogue: Catalogue,
    language: Language,
    now: datetime,
) -> Reply:
    """Return where the models of the message at `address` stand; they are at least one."""
    shown = spotted[:MODELS]
    boards = _choose_boards([each.model.key for each in shown], lineup)
    first = next(iter(boards.values()), None)
    head = discord.Embed(
        title=language.count("mentions.title", len(shown)),
        url=web_address(address),
        description="\n".join(_notes(spotted, boards, language)),
        colour=FAMILY_COLOURS[first[0].snapshot.board.family] if first else NEUTRAL,
    )
    for width in WIDTHS:
        pages = paginate(head, [_section(each, width, catalogue, language, now) for each in boards.values()])
        if len(pages) == 1:
            break
    return Reply(pages[0], tuple(_buttons([each.model.key for each in shown], language)))


def _choose_boards(keys: Sequence[str], lineup: Lineup) -> dict[str, list[Standing]]:
    """Return the boards to show with the models of each: first the one that has most, then for the others."""
    left, chosen = set(keys), dict[str, list[Standing]]()
    while left and len(chosen) < BOARDS:
        found = {
            board: [each for each in standings if each.model in left] for board, standings in lineup.items()
        }
        board = max(found, key=lambda key: len(found[key]), default="")
        if not found.get(board):
            break
        chosen[board] = found[board]
        left -= {each.model for each in found[board]}
    return chosen


def _notes(
    spotted: Sequence[Spotted], boards: Mapping[str, Sequence[Standing]], language: Language
) -> Iterator[str]:
    """Yield how ambiguous names were read, who is on none of the boards, and how many are left out."""
    shown = spotted[:MODELS]
    read = [each for each in shown if each.ambiguous]
    for each in read[:READINGS]:
        yield language.say("mentions.read", typed=code(each.typed, 60), model=safe(each.model.name, 60))
    if len(read) > READINGS:
        yield language.count("mentions.read.more", len(read) - READINGS)
    placed = {each.model for standings in boards.values() for each in standings}
    absent = [safe(each.model.name, 60) for each in shown if each.model.key not in placed]
    if absent:
        yield language.say("mentions.absent", models=enumerate_some(absent, MODELS, language))
    if len(spotted) > MODELS:
        yield language.say("mentions.first", shown=MODELS, total=language.number(len(spotted)))


def _section(
    standings: Sequence[Standing], width: int, catalogue: Catalogue, language: Language, now: datetime
) -> Section:
    snapshot = standings[0].snapshot
    tall = max(len(_column(each)) for each in standings)
    lines = [_line(each, tall, width, catalogue, language) for each in standings]
    lines += [f"*{provenance(snapshot, language, now)}*", source_text(snapshot.board, language)]
    return Section(snapshot.board.title(language.tag), tuple(lines))


def _line(standing: Standing, tall: int, width: int, catalogue: Catalogue, language: Language) -> str:
    main = standing.main
    vendor = vendor_text(standing, catalogue, language, width) if width > WIDTHS[-1] else ""
    parts = (
        f"`{pad(_column(standing), tall, right=True)}`",
        medal(_rank(standing), main.dimension),
        f"**{safe(standing.name, width)}**",
        f"**{score_text(main)}**",
        f"· {vendor}" if vendor else "",
    )
    return " ".join(filter(None, parts))


def _rank(standing: Standing) -> int | None:
    return standing.main.rank if standing.main.rank is not None else standing.main.place


def _column(standing: Standing) -> str:
    return f"#{_rank(standing)}"


def _buttons(keys: Sequence[str], language: Language) -> Iterator[Control]:
    if len(keys) in COMPARED:
        yield Show(CompareQuestion(tuple(keys)), language.say("mentions.compare"))
    if len(keys) in DRAWN:
        yield Show(HistoryQuestion(tuple(keys)), language.say("mentions.history"))
