"""What people type that cannot be answered, as errors that carry data; `bot.errors` makes the replies.

Mistake                 what a person typed cannot be answered; carries what they typed
├── ModelUnknown        no model is called so
├── FieldUnknown        no board or domain is called so
│   └── BoardUnknown    no board is called so
├── NotScored           a board does not score that domain
├── NothingStored       a board or domain is known, but nothing is stored of it
├── AspectUnknown       a vendor, licence, size, price or "new" is not written so
├── DayUnknown          no day is written so
├── TimeUnknown         no time is written so
├── ZoneUnknown         no time zone is called so
├── FilterUnknown       a part of a filter means nothing
├── CommandUnknown      no command is called so
├── OccasionUnknown     no occasion to hear of a model is called so
├── LanguageUnknown     the bot does not speak a language
├── PlaceUnusable       a channel cannot be posted in, or not by this person
├── EveryoneMentioned   everyone was to be mentioned
├── RoleUnmentionable   a role was to be mentioned that the person may not mention
├── Gone                what a button is about was removed
├── CountOutside        a number is out of its range
├── SameModel           a model was to be compared with itself
├── NicknameTaken       a nickname is another model's own name
├── NicknameUnusable    a nickname is empty or too long
└── NicknameUnknown     the server has no such nickname
"""

from __future__ import annotations

from discord import app_commands

from bot.replies.marks import code, safe
from store.boards import Board, Titled
from store.fields import Field
from store.filters import Aspect
from store.models import Model, Resolution


class Mistake(app_commands.AppCommandError):
    """What a person typed cannot be answered; `typed` is what it was.

    `key` names the sentence that says so, and `told` are the values in it.
    """

    key = ""

    def __init__(self, typed: str, **told: object) -> None:
        super().__init__(typed)
        self.typed = typed
        self.told = {"typed": code(typed, 80), **told}


class ModelUnknown(Mistake):
    """No model is called so; `resolution` has the suggestions."""

    def __init__(self, resolution: Resolution) -> None:
        super().__init__(resolution.query)
        self.resolution = resolution


class FieldUnknown(Mistake):
    """No board or domain is called so."""

    def __init__(self, typed: str, suggestions: tuple[Field, ...] = ()) -> None:
        super().__init__(typed)
        self.suggestions = suggestions


class BoardUnknown(FieldUnknown):
    """No board is called so; the suggestions are all there are."""


class NotScored(Mistake):
    """Board `board` does not score what was asked for; `suggestions` do."""

    def __init__(self, typed: str, board: Board, suggestions: tuple[Field, ...]) -> None:
        super().__init__(typed)
        self.board = board
        self.suggestions = suggestions


class NothingStored(Mistake):
    """Nothing is stored of the board or domain `known`; `related` overlaps with it."""

    def __init__(self, known: Titled, related: tuple[Field, ...]) -> None:
        super().__init__(known.key)
        self.known = known
        self.related = related


class AspectUnknown(Mistake):
    """An option of `/top` does not say which models; `aspect` is what it is about."""

    def __init__(self, typed: str, aspect: Aspect) -> None:
        super().__init__(typed)
        self.key = f"mistake.filter.{aspect}"


class DayUnknown(Mistake):
    """No day is written so."""

    key = "mistake.day"


class TimeUnknown(Mistake):
    """No time of a day or week is written so."""

    key = "mistake.time"


class ZoneUnknown(Mistake):
    """No time zone is called so, or several are; the nearest are suggested."""

    key = "mistake.zone"

    def __init__(self, typed: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(typed, zones=" ".join(map(code, suggestions)))
        self.key = "mistake.zone.near" if suggestions else "mistake.zone"
        self.suggestions = suggestions


class FilterUnknown(Mistake):
    """This part of a filter means nothing, or contradicts another."""

    key = "mistake.filter"


class CommandUnknown(Mistake):
    """No command is called so."""

    key = "mistake.command"


class OccasionUnknown(Mistake):
    """No occasion to hear of a model is called so."""

    key = "mistake.occasion"


class LanguageUnknown(Mistake):
    """The bot does not speak a language; `languages` are those that it speaks."""

    key = "mistake.language"

    def __init__(self, typed: str, languages: str) -> None:
        super().__init__(typed, languages=languages)


class PlaceUnusable(Mistake):
    """A channel cannot be posted in: by the bot for want of the permission `flag`, or by the person."""

    def __init__(self, channel: int, flag: str | None = None) -> None:
        super().__init__(str(channel), channel=f"<#{channel}>")
        self.key = "mistake.place" if flag else "mistake.unseen"
        self.flag = flag


class EveryoneMentioned(Mistake):
    """Everyone was to be mentioned."""

    key = "mistake.everyone"


class RoleUnmentionable(Mistake):
    """A role was to be mentioned that the person may not mention."""

    key = "mistake.role"

    def __init__(self, role: int) -> None:
        super().__init__(str(role), role=f"<@&{role}>")


class Gone(Mistake):
    """What a button is about was removed."""

    key = "mistake.gone"


class CountOutside(Mistake):
    """A number is not between `low` and `high`."""

    key = "mistake.count"

    def __init__(self, typed: int, low: int, high: int) -> None:
        super().__init__(str(typed), low=low, high=high)


class SameModel(Mistake):
    """Two names to compare mean the same model."""

    key = "mistake.same"


class NicknameTaken(Mistake):
    """A nickname is the name of another model, `model`."""

    key = "mistake.alias.taken"

    def __init__(self, typed: str, model: Model) -> None:
        super().__init__(typed, model=safe(model.name))


class NicknameUnusable(Mistake):
    """A nickname is empty or longer than `limit` characters."""

    key = "mistake.alias.unusable"

    def __init__(self, typed: str, limit: int) -> None:
        super().__init__(typed, limit=limit)


class NicknameUnknown(Mistake):
    """The server has no such nickname."""

    key = "mistake.alias.unknown"
