"""When to be told: what people type for it in any language, and how it is said back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import reply_to
from bot.mistakes import TimeUnknown
from bot.replies.requests import schedule_text, time_text, zone_text
from bot.requests.times import read_schedule, suggest_times
from bot.texts import Texts
from store.news.values import Rhythm, Schedule

SCHEDULES = st.one_of(
    st.builds(Schedule, st.just(Rhythm.DAILY), st.integers(0, 1439)),
    st.builds(
        Schedule, st.just(Rhythm.WEEKLY), st.integers(0, 1439), st.just("UTC"), weekday=st.integers(0, 6)
    ),
    st.just(Schedule(Rhythm.AT_ONCE)),
)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("9:00", 9, 0),
        ("09:30", 9, 30),
        ("9", 9, 0),
        ("0", 0, 0),
        ("00:00", 0, 0),
        ("23:59", 23, 59),
        ("0900", 9, 0),
        ("930", 9, 30),
        ("9 30", 9, 30),
        ("9h30", 9, 30),
        ("９：３０", 9, 30),
        ("9am", 9, 0),
        ("9 AM", 9, 0),
        ("9:30 pm", 21, 30),
        ("930 p.m.", 21, 30),
        ("12am", 0, 0),
        ("12pm", 12, 0),
        ("12:15 am", 0, 15),
        ("at 9 o'clock", 9, 0),
        ("7 in the evening", 19, 0),
        ("12 at night", 0, 0),
        ("noon", 12, 0),
        ("midnight", 0, 0),
        ("every day at 9", 9, 0),
        ("daily, 18:00", 18, 0),
        ("9am daily", 9, 0),
        ("daily", 9, 0),
        ("every day", 9, 0),
        ("早上9点", 9, 0),
        ("下午3点半", 15, 30),
        ("晚上9點", 21, 0),
        ("晚上九点", 21, 0),
        ("晚上12点", 0, 0),
        ("凌晨12点", 0, 0),
        ("夜里3点", 3, 0),
        ("中午12點", 12, 0),
        ("中午1点", 13, 0),
        ("下午15:00", 15, 0),
        ("十二点三十分", 12, 30),
        ("二十三点零五分", 23, 5),
        ("两点一十", 2, 10),
        ("9点5分", 9, 5),
        ("9時30分", 9, 30),
        ("每天9点", 9, 0),
        ("每日 上午9點整", 9, 0),
        ("每天", 9, 0),
    ],
)
def test_a_time_of_day_is_told_daily(texts: Texts, typed: str, hour: int, minute: int) -> None:
    assert read_schedule(typed, texts) == Schedule(Rhythm.DAILY, 60 * hour + minute)


@pytest.mark.parametrize(
    ("typed", "weekday", "hour"),
    [
        ("Monday 9:00", 0, 9),
        ("mon 9am", 0, 9),
        ("MONDAYS at 09:00", 0, 9),
        ("9am on Tuesdays", 1, 9),
        ("every wed", 2, 9),
        ("weekly thursday 8", 3, 8),
        ("fri, 17:00", 4, 17),
        ("sat noon", 5, 12),
        ("周一 9:00", 0, 9),
        ("星期天 18:00", 6, 18),
        ("週日晚上9點", 6, 21),
        ("每周三早上8点", 2, 8),
        ("禮拜五", 4, 9),
        ("每星期二", 1, 9),
        ("weekly", 0, 9),
        ("every week at 7", 0, 7),
        ("每周", 0, 9),
        ("每週 10:00", 0, 10),
    ],
)
def test_a_weekday_is_told_weekly(texts: Texts, typed: str, weekday: int, hour: int) -> None:
    assert read_schedule(typed, texts) == Schedule(Rhythm.WEEKLY, 60 * hour, weekday=weekday)


@pytest.mark.parametrize("typed", ["at once", "Immediately", "now", "asap", "立即", "即時", "实时", "馬上"])
def test_news_can_be_told_at_once(texts: Texts, typed: str) -> None:
    assert read_schedule(typed, texts, "Asia/Tokyo") == Schedule(Rhythm.AT_ONCE, zone="Asia/Tokyo")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "at",
            "morning",
            "24:00",
            "25",
            "9:60",
            "9:5",
            "99999",
            "1 2:00",
            "9::00",
            "-9",
            "9.",
            ":",
        ),
        *("13am", "9am pm", "早上9点 pm", "now 9:00", "daily Monday", "Mon Tue 9:00", "9:00 10:00", "0pm"),
        *(
            "9:00 UTC",
            "tomorrow 9am",
            "5 minutes",
            "3.5",
            "半",
            "三十",
            "二三点",
            "十十点",
            "零零零点",
            "点",
            "周八",
        ),
        *("9" * 5000, "every " * 1000, "\u202e00:9", "\x00", "@everyone 9:00", "`9:00`", "{0}", "٩:٦٠"),
    ],
)
def test_other_words_are_no_time(texts: Texts, typed: str) -> None:
    with pytest.raises(TimeUnknown) as raised:
        read_schedule(typed, texts)
    for language in texts.languages.values():
        said = reply_to(raised.value, language).embed.description
        assert said is not None
        assert "9:00" in said
        assert len(said) < 500


@given(
    st.text(alphabet=st.sampled_from("0123456789:h apmdailymonwek早上下午晚点半周一二十每天,，： "))
    | st.text()
)
def test_any_text_is_a_time_or_a_mistake(texts: Texts, typed: str) -> None:
    try:
        schedule = read_schedule(typed, texts)
    except TimeUnknown:
        return
    assert 0 <= schedule.minute < 1440
    assert 0 <= schedule.weekday < 7


@given(SCHEDULES)
def test_what_is_said_back_is_read_as_the_same(texts: Texts, schedule: Schedule) -> None:
    for language in texts.languages.values():
        assert read_schedule(time_text(schedule, language), texts) == schedule


@pytest.mark.parametrize(
    ("schedule", "english", "chinese"),
    [
        (
            Schedule(zone="Asia/Shanghai"),
            "daily at 09:00, Shanghai time",
            "每天 09:00（上海时间）",
        ),
        (
            Schedule(Rhythm.WEEKLY, 1110, "America/New_York", 6),
            "every Sunday at 18:30, New York time",
            "每星期日 18:30（纽约时间）",
        ),
        (Schedule(), "daily at 09:00, UTC", "每天 09:00（UTC）"),
        (Schedule(zone="Etc/GMT-8"), "daily at 09:00, UTC+8", "每天 09:00（UTC+8）"),
        (Schedule(Rhythm.AT_ONCE), "as soon as a change is seen", "有变化立即通知"),
    ],
)
def test_a_schedule_is_said_with_its_zone(
    texts: Texts, schedule: Schedule, english: str, chinese: str
) -> None:
    assert schedule_text(schedule, texts.languages["en"]) == english
    assert schedule_text(schedule, texts.languages["zh_CN"]) == chinese


def test_a_zone_that_is_known_nowhere_is_said_by_its_name(texts: Texts) -> None:
    assert zone_text("Mars/Olympus_Mons", texts.source) == "Olympus Mons"
    assert zone_text("Asia/Kolkata", texts.source) == "Kolkata"
    assert zone_text("America/Argentina/Ushuaia", texts.source) == "Ushuaia"


def test_completion_offers_the_time_daily_and_on_each_weekday(texts: Texts) -> None:
    offered = suggest_times("7:30", texts, texts.source)
    assert offered[:2] == ["daily at 07:30", "every Monday at 07:30"]
    assert len(offered) == 8
    assert suggest_times("Tue 7", texts, texts.source) == ["every Tuesday at 07:00"]


def test_completion_offers_usual_times_else(texts: Texts) -> None:
    usual = suggest_times("", texts, texts.source)
    assert usual[0] == "daily at 08:00"
    assert usual[-1] == "as soon as a change is seen"
    assert suggest_times("frid", texts, texts.source) == ["every Friday at 09:00"]
    assert suggest_times("hello", texts, texts.source) == usual
    assert suggest_times("", texts, texts.languages["zh_CN"])[-1] == "有变化立即通知"
