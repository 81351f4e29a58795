"""The arguments of `/top`: a field with filters in its words, and each filter as an option of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from discord import Interaction
from discord.app_commands import Choice, Transformer

from bot.arguments import CHOICE_LIMIT, CHOICES_LIMIT, Choices, Typed, field_choice, field_title
from bot.asking.limits import merge
from bot.mistakes import AspectUnknown, CountOutside, FieldUnknown, NothingStored, NotScored
from bot.questions import TopQuestion
from store.boards import Dimension, Organization
from store.fields import Field
from store.filters import ANY, MOST_VENDORS, Aspect, Filter, PriceLimit
from store.traits import Trait

if TYPE_CHECKING:
    from bot.client import Bangdan
    from bot.desk import Desk

_BETWEEN = re.compile(r"\s*[,，、;；+＋&]\s*")
COUNT = 10
COUNTS = (1, 25)
_OFTEN = ("7d", "30d")
"""What `new` offers beside the last change."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants the leaders of: fields, best first, and a filter; the field as it was `typed`."""

    fields: tuple[Field, ...]
    only: Filter = ANY
    typed: str = ""


class FieldArgument(Transformer):
    """A board or a domain, with or without filters such as a vendor, `open` or `max-size:14B`."""

    async def transform(self, interaction: Interaction[Any], value: str) -> Wanted:
        """Return what the words mean; raises FieldUnknown or NothingStored, with suggestions."""
        return read_wanted(_desk(interaction), value)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return the boards, domains, vendors and licences whose words go on from what is typed."""
        bot: Bangdan = interaction.client
        typed, language, reference = str(value), bot.language_of(interaction), bot.desk.reference
        fields = [(field_title(each, language), each.titled.key) for each in reference.fields.complete(typed)]
        traits = [(each.titled.title(language.tag), each.key) for each in reference.traits.complete(typed)]
        return [field_choice(title, key) for title, key in dict.fromkeys(fields + traits)][:CHOICES_LIMIT]


def read_wanted(desk: Desk, value: str) -> Wanted:
    """Return what the words for a field mean; raises FieldUnknown or NothingStored."""
    reference = desk.reference
    finding, trait = reference.fields.find(value), reference.traits.find(value)
    if finding.sure:
        return Wanted(finding.fields, typed=value)
    if trait is not None and not finding.fields:
        return Wanted((), trait.filter)
    sieve = desk.filters.read(value)
    if sieve.filter and not sieve.rest:
        return Wanted((), sieve.filter)
    word = sieve.rest if sieve.filter else value
    found, known = reference.fields.find(word), reference.fields.unstored(word)
    if found.fields and (found.sure or known is None):
        return Wanted(found.fields, sieve.filter, word)
    if trait is not None:
        return Wanted((), trait.filter)
    if known is None:
        raise FieldUnknown(word, found.suggestions)
    raise NothingStored(known, reference.fields.related(known) if isinstance(known, Dimension) else ())


def top_question(
    desk: Desk,
    field: Wanted | None = None,
    count: int = COUNT,
    board: Field | None = None,
    day: date | None = None,
    only: Filter = ANY,
    default: Field | None = None,
) -> TopQuestion:
    """Return the question for leaders, of the `default` field where none is asked for.

    A limit of price asks the database.

    Raises CountOutside, and NotScored where the board lacks the field.
    """
    if not COUNTS[0] <= count <= COUNTS[1]:
        raise CountOutside(count, *COUNTS)
    wanted = merge(field.only, only) if field else only
    priced = find_priced(desk, field, wanted.price, default) if wanted.price and board is None else None
    meant = priced or pick_field(desk, field, board) or default or desk.default_field()
    return TopQuestion(meant.board.key, meant.dimension.key, count, day, only=wanted)


def is_priced(field: Wanted | None, only: Filter) -> bool:
    """Tell whether a question for leaders limits the price, and so asks the database."""
    return bool(only.price or (field and field.only.price))


def find_priced(
    desk: Desk, wanted: Wanted | None, limit: PriceLimit, default: Field | None = None
) -> Field | None:
    """Return the likeliest field whose board prints prices in a limit's currency; None where none does."""
    every = (*((default,) if default else ()), *desk.reference.fields.fields)
    fields = wanted.fields if wanted and wanted.fields else every
    priced = desk.archive.priced_boards(limit.currency)
    meant = (each for each in fields if each.whole or (wanted and wanted.fields))
    return next((each for each in meant if each.board.key in priced), None)


def pick_field(desk: Desk, wanted: Wanted | None, board: Field | None) -> Field | None:
    """Return the likeliest field, on the given board if there is one; raises NotScored."""
    fields = wanted.fields if wanted else ()
    if wanted is None or board is None or not fields:
        return board or next(iter(fields), None)
    own = next((field for field in fields if field.board == board.board), None)
    found = own or desk.reference.fields.find_on(board.board, wanted.typed)
    if found is None:
        raise NotScored(fields[0].titled.title(), board.board, fields)
    return found


def find_vendors(desk: Desk, value: str) -> Filter:
    """Return the filter for vendors with commas between them; raises AspectUnknown."""
    find = desk.reference.traits.find
    traits = dict.fromkeys(find(each) for each in _BETWEEN.split(value) if each.strip())
    found = [each for each in traits if each and _is_vendor(each)]
    if len(found) < len(traits) or not 0 < len(found) <= MOST_VENDORS:
        raise AspectUnknown(value, Aspect.VENDOR)
    return Filter(vendors=tuple(each.titled.key for each in found))


def find_openness(desk: Desk, value: str) -> Filter:
    """Return the filter for a kind of licence; raises AspectUnknown."""
    trait = desk.reference.traits.find(value)
    if trait is None or _is_vendor(trait):
        raise AspectUnknown(value, Aspect.LICENSE)
    return trait.filter


def read_size(desk: Desk, value: str) -> float:
    """Return billions of parameters; raises AspectUnknown."""
    size = desk.filters.limits.size(value)
    if size is None:
        raise AspectUnknown(value, Aspect.SIZE)
    return size


def read_price(desk: Desk, value: str) -> PriceLimit:
    """Return a price with its currency; raises AspectUnknown."""
    price = desk.filters.limits.price(value)
    if price is None:
        raise AspectUnknown(value, Aspect.PRICE)
    return price


def read_new(desk: Desk, value: str) -> int:
    """Return days, or `store.filters.SINCE_CHANGE`; raises AspectUnknown."""
    days = desk.filters.limits.new(value)
    if days is None:
        raise AspectUnknown(value, Aspect.NEW)
    return days


class VendorArgument(Transformer):
    """One vendor or several, with commas between them."""

    async def transform(self, interaction: Interaction[Any], value: str) -> Filter:
        """Return the filter; raises AspectUnknown."""
        return find_vendors(_desk(interaction), value)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return the vendors with a word that begins with the last one typed."""
        *before, last = _BETWEEN.split(str(value))
        bot: Bangdan = interaction.client
        tag, traits = bot.language_of(interaction).tag, bot.desk.reference.traits
        fitting = traits.complete(last) if last.strip() else traits.traits
        titles = [each.titled.title(tag) for each in fitting if _is_vendor(each)]
        lists = [", ".join([*before, title]) for title in titles]
        return [field_choice(each, each) for each in lists if len(each) <= CHOICE_LIMIT][:CHOICES_LIMIT]


class OpennessArgument(Transformer):
    """`open` or `proprietary`, in any of their words."""

    async def transform(self, interaction: Interaction[Any], value: str) -> Filter:
        """Return the filter; raises AspectUnknown."""
        return find_openness(_desk(interaction), value)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return the kinds of licence."""
        bot: Bangdan = interaction.client
        tag, licenses = bot.language_of(interaction).tag, bot.archive.catalogue.licenses
        return [field_choice(each.title(tag), key) for key, each in licenses.items()]


class SizeArgument(Transformer):
    """A size such as 14B."""

    async def transform(self, interaction: Interaction[Any], value: str) -> float:
        """Return the billions of parameters; raises AspectUnknown."""
        return read_size(_desk(interaction), value)


class PriceArgument(Transformer):
    """A price with its currency, such as $1 or 10元."""

    async def transform(self, interaction: Interaction[Any], value: str) -> PriceLimit:
        """Return the price; raises AspectUnknown."""
        return read_price(_desk(interaction), value)


class NewArgument(Transformer):
    """Since when a model counts as new: `yes` (the last change), or within so many days."""

    async def transform(self, interaction: Interaction[Any], value: str) -> int:
        """Return the days, or `store.filters.SINCE_CHANGE`; raises AspectUnknown."""
        return read_new(_desk(interaction), value)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return what is often asked."""
        bot: Bangdan = interaction.client
        title = bot.language_of(interaction).say("new.change")
        offered: Choices = [Choice(name=title, value="yes")]
        return offered + [Choice(name=each, value=each) for each in _OFTEN]


def _desk(interaction: Interaction[Any]) -> Desk:
    bot: Bangdan = interaction.client
    return bot.desk


def _is_vendor(trait: Trait) -> bool:
    return isinstance(trait.titled, Organization)
