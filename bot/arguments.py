"""Command arguments: what a person types becomes a model, a field, a board or a day.

Both directions come from memory: transforming when the command is sent, completing while it is
being typed.
"""

from __future__ import annotations

import contextlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from discord import Interaction
from discord.app_commands import Choice, Transformer

from bot.mistakes import BoardUnknown, DayUnknown, ModelUnknown, NothingStored, SameModel
from bot.questions import Readings, Unreadable, tag
from bot.replies.figures import title_of
from bot.replies.marks import clip, plain
from bot.texts import Language
from store.boards import Board, fold
from store.fields import Field
from store.models import Model, Resolution

if TYPE_CHECKING:
    from bot.client import Bangdan
    from bot.desk import Desk

CHOICE_LIMIT = 100
CHOICES_LIMIT = 25
YEARS = range(2000, 2101)
"""Years that a date may be of."""

Typed = int | float | str
Choices = list[Choice[Typed]]


class ModelArgument(Transformer):
    """A model by any name."""

    async def transform(self, interaction: Interaction[Any], value: str) -> Resolution:
        """Return what the name means; raises ModelUnknown, with suggestions."""
        return find_model(_bot(interaction).desk, value, interaction.guild_id)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return the server's nicknames and the models whose names go on from what is typed."""
        bot, typed = _bot(interaction), str(value)
        recent = bot.recent.of(interaction.user.id)
        models = map(_model_choice, bot.desk.reference.names.complete(typed, recent))
        return [*_nickname_choices(interaction, typed), *models][:CHOICES_LIMIT]


class NicknameArgument(Transformer):
    """One of the server's nicknames."""

    async def transform(self, interaction: Interaction[Any], value: str) -> str:
        """Return the nickname as it was typed, without what no name has."""
        return plain(value)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return the nicknames that begin with what is typed."""
        return _nickname_choices(interaction, str(value))[:CHOICES_LIMIT]


class BoardArgument(Transformer):
    """A board, in any of its words."""

    async def transform(self, interaction: Interaction[Any], value: str) -> Field:
        """Return the board; raises BoardUnknown, with the boards there are."""
        return find_board(_bot(interaction).desk, value)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return the boards whose words hold what is typed."""
        bot = _bot(interaction)
        language = bot.language_of(interaction)
        fields = bot.desk.reference.fields.complete(str(value), limit=100)
        boards = [field for field in fields if field.whole][:25]
        return [field_choice(field.board.title(language.tag), field.board.key) for field in boards]


class DayArgument(Transformer):
    """A day: 2025-07-06, 2025/7/6, 20250706 or 2025年7月6日."""

    async def transform(self, interaction: Interaction[Any], value: str) -> date:
        """Return the day; raises DayUnknown."""
        return read_day(value)


def find_model(desk: Desk, value: str, server: int | None) -> Resolution:
    """Return what a name means; raises ModelUnknown, with suggestions."""
    if value.startswith("~"):  # a completion whose name is too long to be sent itself
        try:
            model = desk.reference.models[desk.model_keys.of(value)]
        except Unreadable:
            pass
        else:
            return Resolution(model.name, model, 1.0)
    resolution = desk.reference.resolve(value, server)
    if resolution.model is None:
        raise ModelUnknown(resolution)
    return resolution


def find_board(desk: Desk, value: str) -> Field:
    """Return the board that a word means; raises NothingStored, or BoardUnknown with the boards there are."""
    fields = desk.reference.fields
    board = next((field for field in fields.find(value).fields if field.whole), None)
    board = board or next((field for field in fields.complete(value, limit=100) if field.whole), None)
    known = fields.unstored(value) if board is None else None
    if isinstance(known, Board):
        raise NothingStored(known, ())
    if board is None:
        raise BoardUnknown(value, tuple(field for field in fields.fields if field.whole))
    return board


def read_day(value: str) -> date:
    """Return the day that a text writes; raises DayUnknown."""
    written = plain(value).replace("年", "-").replace("月", "-").removesuffix("日").replace("/", "-")
    for form in ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d"):
        with contextlib.suppress(ValueError):
            day = datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no zone
            if day.year in YEARS:
                return day
    raise DayUnknown(value)


def key_of(resolution: Resolution) -> str:
    """Return the key of the model that a known name stands for, the likeliest."""
    assert resolution.model is not None  # the argument refuses unknown names
    return resolution.model.key


def keys_of(*resolutions: Resolution) -> tuple[str, ...]:
    """Return the keys of different models; raises SameModel."""
    keys = tuple(map(key_of, resolutions))
    for at, each in enumerate(resolutions):
        if keys[at] in keys[:at]:
            raise SameModel(each.query)
    return keys


def readings_of(*resolutions: Resolution) -> Readings:
    """Return the readings of the ambiguous ones, by their place."""
    return {
        f"m{at}": [key_of(each), *(model.key for model in each.alternatives)]
        for at, each in enumerate(resolutions)
        if each.ambiguous
    }


def _bot(interaction: Interaction[Any]) -> Bangdan:
    bot: Bangdan = interaction.client
    return bot


def _nickname_choices(interaction: Interaction[Any], typed: str) -> Choices:
    reference, begun = _bot(interaction).desk.reference, fold(typed)
    given = reference.nicknames.get(interaction.guild_id or 0, {}) if begun else {}
    return [
        Choice(
            name=clip(f"{each.typed} → {plain(reference.models[each.model].name)}", CHOICE_LIMIT),
            value=each.typed,
        )
        for folded, each in sorted(given.items())
        if folded.startswith(begun) and each.model in reference.models
    ]


def field_title(field: Field, language: Language) -> str:
    """Return the title of the board, or of the dimension with its Chinese heading."""
    return field.board.title(language.tag) if field.whole else title_of(field.dimension, language)


def _model_choice(model: Model) -> Choice[Typed]:
    name = plain(model.name)
    value = model.name if len(model.name) <= CHOICE_LIMIT else tag(model.key)
    return Choice(name=clip(name, CHOICE_LIMIT) or value, value=value)


def field_choice(title: str, key: str) -> Choice[Typed]:
    """Return a suggestion, cut to what Discord takes."""
    return Choice(name=clip(plain(title), CHOICE_LIMIT), value=key[:CHOICE_LIMIT])
