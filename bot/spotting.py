"""From any text to where the models in it stand."""

from __future__ import annotations

from bot.asking.prose import ProseReader
from bot.desk import Desk
from bot.replies.mentions import MODELS, Spotted, mentions_reply
from bot.replies.mistakes import mistake_reply
from bot.replies.reply import Reply
from bot.texts import Language
from store.reference import Reference


class Spotter:
    """Finds the models that texts name, among those that are stored now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: tuple[Reference, ProseReader] | None = None

    def spot(self, text: str) -> tuple[Spotted, ...]:
        """Return the models of a text, each once, in its order."""
        reference, reader = self._reading()
        return tuple(
            Spotted(each.text, each.resolution.model, each.resolution.ambiguous)
            for each in reader.read(text, reference.resolve)
            if each.resolution.model is not None
        )

    def answer(self, text: str, address: str, language: Language) -> Reply:
        """Return where the models of the message at `address` stand, or that it names none."""
        spotted = self.spot(text)
        if not spotted:
            return mistake_reply(language, "mistake.mentions")
        archive = self._desk.archive
        lineup = archive.lineup([each.model.key for each in spotted[:MODELS]])
        return mentions_reply(spotted, address, lineup, archive.catalogue, language, self._desk.now())

    def _reading(self) -> tuple[Reference, ProseReader]:
        """Return what names mean now, and what reads them."""
        known, reference = self._known, self._desk.reference
        if known is None or known[0] is not reference:
            desk = self._desk
            ordinary, counted = (desk.vocabulary.words("prose", name) for name in ("ordinary", "counted"))
            words = desk.archive.identities.aliases.words
            self._known = known = (reference, ProseReader(reference.models, words, ordinary, counted))
        return known
