"""Every sentence that a person reads: gettext catalogues, compiled by Babel.

Code names a sentence by its key and gives it values; `en.po` is the source text, the other files
are its translations. A key that a translation lacks is said in English.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.core import get_global
from babel.dates import format_date, format_skeleton, get_datetime_format
from babel.numbers import format_decimal

from bot.texts.compiled import SOURCE, compiled_catalogues

FOLDER = files(__name__)


@dataclass(frozen=True)
class Language:
    """One language: says sentences, numbers and dates as its readers expect them."""

    tag: str
    locale: Locale
    _sentences: GNUTranslations

    def say(self, key: str, /, **values: object) -> str:
        """Return the sentence `key` with `values` put in; the values are not interpreted."""
        return str(self._sentences.gettext(key)).format_map(values)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """Return the sentence `key` in the plural form for `number`, which it has as `{n}`."""
        sentence = str(self._sentences.ngettext(key, key, number))
        return sentence.format_map({"n": self.number(number), **values})

    def words(self, key: str) -> tuple[str, ...]:
        """Return the words that people type for `key`, which the catalogue has with `|` between them."""
        return tuple(self.say(key).split("|"))

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with grouping and at least `decimals` digits after the point, up to four."""
        pattern = "#,##0." + "0" * decimals + "#" * (4 - decimals)
        return str(format_decimal(value, pattern, self.locale))

    def day(self, moment: date) -> str:
        """Return a day."""
        return _format_day(moment, self.locale)

    def short_day(self, moment: datetime, parts: str) -> str:
        """Return some parts of a day, such as `MMMd` or `yMMM` (CLDR's skeletons)."""
        return str(format_skeleton(parts, moment, locale=self.locale))

    def moment(self, moment: datetime) -> str:
        """Return a time in UTC; midnight stands for the day alone."""
        if not (moment.hour or moment.minute or moment.second):
            return self.day(moment)
        hours = format_skeleton("Hm", moment, locale=self.locale)  # of 24, since UTC has no afternoon
        together = str(get_datetime_format("medium", self.locale))
        return f"{together.replace('{1}', self.day(moment)).replace('{0}', hours)} UTC"


class Texts:
    """All languages there are."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self.languages = languages

    @classmethod
    def load(cls, folder: Traversable = FOLDER, *, renamed: bool = True) -> Texts:
        """Read every catalogue of a folder, by default those that are shipped.

        Sentences call commands as the reader's Discord does, or, unless `renamed`, by their English names.
        """
        compiled = compiled_catalogues(folder, renamed=renamed)
        sentences = {tag: GNUTranslations(io.BytesIO(content)) for tag, content in compiled.items()}
        languages = {}
        for tag in sorted(sentences, key=lambda tag: (tag != SOURCE, tag)):
            if tag != SOURCE:
                sentences[tag].add_fallback(sentences[SOURCE])
            languages[tag] = Language(tag, Locale.parse(tag), sentences[tag])
        return cls(languages)

    @cached_property
    def source(self) -> Language:
        """The language that the sentences were written in."""
        return self.languages[SOURCE]

    def words(self, key: str) -> Iterator[str]:
        """Give the words that people type for `key` in any language."""
        for language in self.languages.values():
            yield from language.words(key)

    def names(self, key: str) -> Iterator[str]:
        """Give what a command or option (`alias.add`, `rank.board`) is called in any language."""
        return (language.say(f"name.{key}") for language in self.languages.values())

    def choose(self, wanted: Iterable[str | None]) -> Language:
        """Return the first language of `wanted` (such as `zh-CN`) that there is, else the source.

        A kind of Chinese that is not there is answered in the one that is.
        """
        for tag in wanted:
            found = self._nearest(tag) if tag else None
            if found:
                return found
        return self.source

    def _nearest(self, tag: str) -> Language | None:
        spelt = tag.replace("-", "_")
        exact = negotiate_locale([spelt], list(self.languages))
        if exact:
            return self.languages[exact]
        try:
            wanted = Locale.parse(spelt)
        except (UnknownLocaleError, ValueError):
            return None
        kin = [each for each in self.languages.values() if each.locale.language == wanted.language]
        return min(kin, key=lambda each: _script(each.locale) != _script(wanted), default=None)


@lru_cache(maxsize=4096)
def _format_day(day: date, locale: Locale) -> str:
    """Return a day; the menus of every answer have the same ones."""
    return str(format_date(day, "medium", locale))


def _script(locale: Locale) -> str | None:
    """Return the script that a locale is written in, as CLDR takes it where the locale does not say."""
    likely = get_global("likely_subtags").get(str(locale))
    return locale.script or (Locale.parse(likely).script if likely else None)
