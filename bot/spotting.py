"""From any text to where the models in it stand."""

from __future__ import annotations

from bot.asking.prose import ProseReader
from bot.asking.reading import OfNow
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
        self._reader = OfNow(self._make_reader)

    def spot(self, text: str) -> tuple[Spotted, ...]:
        """Return the models of a text, each once, in its order."""
        reference = self._desk.reference
        reader = self._reader.of(reference)
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

    def _make_reader(self, reference: Reference) -> ProseReader:
        vocabulary, words = self._desk.vocabulary, self._desk.archive.identities.aliases.words
        ordinary, counted = (vocabulary.words("prose", name) for name in ("ordinary", "counted"))
        return ProseReader(reference.models, words, ordinary, counted)
