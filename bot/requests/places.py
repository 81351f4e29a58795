"""What is known of time zones: which there are, what people call them, and who is likely to mean which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot.texts import Texts

NAMED = (
    *("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Tokyo", "Asia/Seoul", "Asia/Singapore"),
    *("America/Los_Angeles", "America/New_York", "America/Chicago", "America/Denver", "America/Toronto"),
    *("Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Zurich", "Europe/Moscow"),
    *("Asia/Kolkata", "Asia/Dubai", "Asia/Kuala_Lumpur", "Australia/Sydney", "Pacific/Auckland"),
    "America/Sao_Paulo",
)
"""The zones that most people live in; `zone.<name>` in the catalogues has what else they call them."""

DEFAULTS = {
    **{"zh-CN": "Asia/Shanghai", "zh-TW": "Asia/Taipei", "ja": "Asia/Tokyo", "ko": "Asia/Seoul"},
    **{"en-GB": "Europe/London", "de": "Europe/Berlin", "fr": "Europe/Paris", "it": "Europe/Rome"},
    **{"es-ES": "Europe/Madrid", "nl": "Europe/Amsterdam", "da": "Europe/Copenhagen", "pl": "Europe/Warsaw"},
    **{"no": "Europe/Oslo", "sv-SE": "Europe/Stockholm", "fi": "Europe/Helsinki", "cs": "Europe/Prague"},
    **{"hu": "Europe/Budapest", "hr": "Europe/Zagreb", "ro": "Europe/Bucharest", "bg": "Europe/Sofia"},
    **{"el": "Europe/Athens", "lt": "Europe/Vilnius", "uk": "Europe/Kyiv", "ru": "Europe/Moscow"},
    **{"tr": "Europe/Istanbul", "hi": "Asia/Kolkata", "th": "Asia/Bangkok", "vi": "Asia/Ho_Chi_Minh"},
    **{"id": "Asia/Jakarta", "pt-BR": "America/Sao_Paulo"},
}
"""Zones by Discord's locales; en-US and es-419 are spoken in too many."""

ABBREVIATIONS = {
    **{each: ("UTC",) for each in ("utc", "gmt", "z", "zulu", "etc/utc", "etc/gmt")},
    **{each: ("America/Los_Angeles",) for each in ("pst", "pdt", "pt")},
    **{each: ("America/Denver",) for each in ("mst", "mdt", "mt")},
    **{each: ("America/New_York",) for each in ("est", "edt", "et")},
    **{"cdt": ("America/Chicago",), "ct": ("America/Chicago",), "cet": ("Europe/Berlin",)},
    **{"cest": ("Europe/Berlin",), "eet": ("Europe/Athens",), "eest": ("Europe/Athens",)},
    **{"wet": ("Europe/Lisbon",), "west": ("Europe/Lisbon",), "msk": ("Europe/Moscow",)},
    **{
        "jst": ("Asia/Tokyo",),
        "kst": ("Asia/Seoul",),
        "hkt": ("Asia/Hong_Kong",),
        "sgt": ("Asia/Singapore",),
    },
    **{"aest": ("Australia/Sydney",), "aedt": ("Australia/Sydney",), "nzst": ("Pacific/Auckland",)},
    **{"nzdt": ("Pacific/Auckland",), "brt": ("America/Sao_Paulo",)},
    "cst": ("Asia/Shanghai", "America/Chicago", "America/Havana"),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "ast": ("America/Halifax", "Asia/Riyadh"),
    "gst": ("Asia/Dubai", "Atlantic/South_Georgia"),
}
"""Zones by what people write for them; where one stands for several, they are asked which."""

FRACTIONS = {
    **{210: "Asia/Tehran", 270: "Asia/Kabul", 330: "Asia/Kolkata", 345: "Asia/Kathmandu"},
    **{390: "Asia/Yangon", 525: "Australia/Eucla", 570: "Australia/Darwin", -570: "Pacific/Marquesas"},
}
"""Zones by their minutes from UTC, where these are no whole hours and no clock is ever changed."""

TRADITIONAL = "zh_Hant"
"""Chinese as Taiwan and Hong Kong write it: their cities are read beside those of our own languages."""


def names_of_zones() -> dict[str, str]:
    """Return the zone behind every name that the machine knows, an old name's being the new one."""
    known, newer = available_timezones(), get_global("zone_aliases")
    left_out = {"localtime", "Factory", "posixrules"}
    names = {name: newer.get(name, name) for name in sorted(known - left_out)}
    names = {name: zone if zone in known else name for name, zone in names.items()}
    universal = {"Etc/UTC", "Etc/GMT"}
    return {name: "UTC" if zone in universal else zone for name, zone in names.items()}


def words_of_zones(texts: Texts, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give what people call zones, those first that most mean: cities and countries in every language."""
    for zone in NAMED:
        yield from ((word, zone) for word in texts.words(f"zone.{zone}"))
    places = {name: zone for name, zone in names.items() if "/" in name and not name.startswith("Etc/")}
    likely = sorted(places.items(), key=lambda each: (each[0] != each[1], each[1] not in NAMED))
    locales = [*(each.locale for each in texts.languages.values()), Locale.parse(TRADITIONAL)]
    for name, zone in likely:
        if not name.startswith(("US/", "Canada/", "Brazil/", "Chile/", "Mexico/")):
            yield name.rpartition("/")[2], zone
        for locale in locales:
            city = locale.time_zones.get(name, {}).get("city")
            if city:
                yield str(city), zone
    yield from _countries(locales, names)


def _countries(locales: list[Locale], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the countries that have one zone."""
    territories = get_global("zone_territories")
    counts = Counter(territories.values())
    for zone, territory in territories.items():
        if counts[territory] == 1 and zone in names:
            for locale in locales:
                if territory in locale.territories:
                    yield locale.territories[territory], names[zone]
