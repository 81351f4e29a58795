"""What models were asked for, in short words: `Alibaba · open models · up to 14B`."""

from __future__ import annotations

from collections.abc import Iterator

from bot.replies.figures import money_text, size_text
from bot.texts import Language
from store.boards import Catalogue
from store.filters import SINCE_CHANGE, Filter


def filter_texts(wanted: Filter, catalogue: Catalogue, language: Language) -> list[str]:
    """Return a short text for each thing that a filter asks for."""
    return list(_texts(wanted, catalogue, language))


def _texts(wanted: Filter, catalogue: Catalogue, language: Language) -> Iterator[str]:
    if wanted.vendors:
        yield language.say("list.between").join(
            catalogue.organizations[key].title(language.tag) for key in wanted.vendors
        )
    if wanted.openness is not None:
        yield catalogue.licenses[wanted.openness].title(language.tag)
    if wanted.size is not None:
        yield language.say("filter.size", size=size_text(wanted.size))
    if wanted.price is not None:
        yield language.say("filter.price", price=money_text(wanted.price.amount, wanted.price.currency))
    if wanted.new == SINCE_CHANGE:
        yield language.say("filter.new")
    elif wanted.new is not None:
        yield language.count("filter.new.days", wanted.new)
