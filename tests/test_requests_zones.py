"""Time zones: what people type for them, and which are offered."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import reply_to
from bot.mistakes import ZoneUnknown
from bot.replies.requests import zone_text
from bot.requests.places import ABBREVIATIONS, DEFAULTS, FRACTIONS, NAMED
from bot.requests.zones import Zones, default_zone, label_zone, zones_of
from bot.texts import Texts

NOW = datetime(2026, 7, 6, 9, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def zones(texts: Texts) -> Zones:
    return zones_of(texts)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("asia/shanghai", "Asia/Shanghai"),
        ("AMERICA/NEW_YORK", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("Shanghai", "Asia/Shanghai"),
        ("北京", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        ("Beijing", "Asia/Shanghai"),
        ("beijing time", "Asia/Shanghai"),
        ("China Standard Time", "Asia/Shanghai"),
        ("中國", "Asia/Shanghai"),
        ("东八区", "Asia/Shanghai"),
        ("PRC", "Asia/Shanghai"),
        ("Asia/Chongqing", "Asia/Shanghai"),
        ("上海", "Asia/Shanghai"),
        ("纽约", "America/New_York"),
        ("紐約", "America/New_York"),
        ("new   york", "America/New_York"),
        ("washington d.c.", "America/New_York"),
        ("旧金山", "America/Los_Angeles"),
        ("東京", "Asia/Tokyo"),
        ("臺北", "Asia/Taipei"),
        ("首爾", "Asia/Seoul"),
        ("柏林", "Europe/Berlin"),
        ("Ｂｅｒｌｉｎ", "Europe/Berlin"),
        ("Calcutta", "Asia/Kolkata"),
        ("加尔各答", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("越南", "Asia/Ho_Chi_Minh"),
        ("Sweden", "Europe/Stockholm"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("Asia/Shanghai — 17:05", "Asia/Shanghai"),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
        ("Etc/UTC", "UTC"),
        ("PST", "America/Los_Angeles"),
        ("CET", "Europe/Berlin"),
        ("est", "America/New_York"),
        ("UTC+8", "Etc/GMT-8"),
        ("utc +08:00", "Etc/GMT-8"),
        ("UTC8", "Etc/GMT-8"),
        ("+8", "Etc/GMT-8"),
        ("UTC+8 — 17:05", "Etc/GMT-8"),
        ("GMT-3", "Etc/GMT+3"),
        ("gmt\u22123", "Etc/GMT+3"),
        ("UTC-12", "Etc/GMT+12"),
        ("UTC+14", "Etc/GMT-14"),
        ("UTC+0", "UTC"),
        ("utc-00:00", "UTC"),
        ("etc/gmt-8", "Etc/GMT-8"),
        ("UTC+5:30", "Asia/Kolkata"),
    ],
)
def test_a_zone_is_read_by_any_of_its_names(zones: Zones, typed: str, zone: str) -> None:
    assert zones.find(typed) == zone
    ZoneInfo(zone)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("Shangai", "Asia/Shanghai"),
        ("Asia/Shangai", "Asia/Shanghai"),
        ("Berln", "Europe/Berlin"),
        ("new yrok", "America/New_York"),
        ("CST", "America/Chicago"),
        ("cst", "Asia/Shanghai"),
        ("IST", "Asia/Kolkata"),
        ("BST", "Europe/London"),
    ],
)
def test_a_typo_and_an_ambiguous_abbreviation_are_asked_back(
    zones: Zones, texts: Texts, typed: str, suggested: str
) -> None:
    with pytest.raises(ZoneUnknown) as raised:
        zones.find(typed)
    assert suggested in raised.value.suggestions
    for language in texts.languages.values():
        assert f"`{suggested}`" in str(reply_to(raised.value, language).embed.description)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "UTC+15",
            "UTC-13",
            "UTC+5:17",
            "99",
            "+",
            "localtime",
            "Factory",
            "../../etc/passwd",
            "/",
        ),
        *("/etc/localtime", "\x00", "Asia/", "Asia", "x" * 5000, "\u202e", "`@everyone`", "{zones}", "火星"),
    ],
)
def test_other_words_are_no_zone(zones: Zones, texts: Texts, typed: str) -> None:
    with pytest.raises(ZoneUnknown) as raised:
        zones.find(typed)
    assert len(str(reply_to(raised.value, texts.source).embed.description)) < 500


@given(st.text(max_size=200) | st.from_regex(r"(UTC|GMT)?[+-]?\d{1,2}(:\d\d)?", fullmatch=True))
def test_any_text_is_a_zone_or_a_mistake(zones: Zones, texts: Texts, typed: str) -> None:
    for zone in zones.complete(typed, "en-US"):
        assert 1 <= len(label_zone(zone, NOW, texts.source)) <= 100
    try:
        ZoneInfo(zones.find(typed))
    except ZoneUnknown:
        return


def test_every_zone_is_read_by_its_own_name_and_by_its_label(zones: Zones, texts: Texts) -> None:
    for name in sorted(available_timezones() - {"localtime", "Factory", "CST6CDT"}):
        zone = zones.find(name)
        assert zones.find(label_zone(zone, NOW, texts.source)) == zone
        assert zones.find(zone) == zone


@pytest.mark.parametrize("zone", [*NAMED, *DEFAULTS.values()])
def test_every_zone_that_we_offer_is_read_by_what_it_is_called(zones: Zones, texts: Texts, zone: str) -> None:
    for language in texts.languages.values():
        assert zones.find(zone_text(zone, language)) == zone


def test_every_zone_in_our_tables_exists(zones: Zones) -> None:
    for zone in (*NAMED, *DEFAULTS.values(), *FRACTIONS.values(), *sum(ABBREVIATIONS.values(), ())):
        assert zones.find(zone) == zone
    for minutes, zone in FRACTIONS.items():
        for month in (1, 7):
            offset = datetime(2026, month, 1, tzinfo=ZoneInfo(zone)).utcoffset()
            assert offset is not None
            assert offset.total_seconds() == 60 * minutes


def test_the_default_is_by_discords_locale() -> None:
    assert default_zone("zh-CN") == "Asia/Shanghai"
    assert default_zone("zh-TW") == "Asia/Taipei"
    assert default_zone("en-US") == "UTC"
    assert default_zone("xx") == "UTC"
    assert set(DEFAULTS) <= {each.value for each in discord.Locale}


def test_completion_offers_likely_zones_while_nothing_is_typed(zones: Zones) -> None:
    assert zones.complete("", "ja")[:3] == ["Asia/Tokyo", "UTC", "Asia/Shanghai"]
    assert zones.complete("", "en-US")[:2] == ["UTC", "Asia/Shanghai"]
    assert len(zones.complete("", "it")) <= 25


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("北", "Asia/Shanghai"),
        ("shang", "Asia/Shanghai"),
        ("new", "America/New_York"),
        ("UTC+8", "Etc/GMT-8"),
        ("CST", "Asia/Shanghai"),
        ("europe/ber", "Europe/Berlin"),
        ("Shangai", "Asia/Shanghai"),
    ],
)
def test_completion_finds_the_zone_by_what_is_typed_of_it(zones: Zones, typed: str, zone: str) -> None:
    assert zones.complete(typed, "en-US")[0] == zone


def test_a_label_tells_the_time_there(texts: Texts) -> None:
    assert label_zone("Asia/Shanghai", NOW, texts.source) == "Asia/Shanghai — 17:05"
    assert label_zone("Etc/GMT-8", NOW, texts.source) == "UTC+8 — 17:05"
    assert label_zone("UTC", NOW, texts.source) == "UTC — 09:05"


def test_no_zone_is_looked_up_at_import() -> None:
    code = "import bot.requests.zones as zones; print(zones.zones_of.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
