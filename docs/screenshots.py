"""Drive the browser trial in Chromium and take the pictures of docs/, one an answer and language.

Run it with `make screenshots`; `python docs/screenshots.py --help` tells how to take only some of them, or in
other languages and elsewhere, to be looked at. It needs Debian's `chromium`, and `fonts-noto-cjk`.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import simcord

import seeds
from bot.client import Bangdan
from bot.texts import Texts
from store.archive import Archive
from tests.browser import open_page, open_trial

DOCS = Path(__file__).parent
KINDS = ("digests", "menus", "answers")
CASES = DOCS.parent / "tests" / "cases" / "history"
Shot = tuple[str, str, dict[str, str]]
SHOTS: tuple[Shot, ...] = (
    ("rank", "rank", {"model": "qwq-32b"}),
    ("ambiguous", "rank", {"model": "gpt-4o"}),
    ("unknown", "rank", {"model": "gpt-9"}),
    ("top", "top", {"field": "法律"}),
    ("compare", "compare", {"first": "qwq-32b", "second": "deepseek-r1"}),
    ("history", "history", {"model": "deepseek-r1"}),
    ("model", "model", {"model": "qwq-32b"}),
    ("value", "value", {"field": "20b"}),
    ("changes", "changes", {}),
    ("ask", "ask", {"question": "qwq-32b 和 deepseek-r1 谁数学好"}),
    ("boards", "boards", {}),
    ("about", "about", {}),
    ("help", "help", {}),
    ("settings", "settings", {"timezone": "Shanghai"}),
    ("alias-add", "alias add", {"name": "镇群之宝", "model": "qwq-32b"}),
    ("alias-list", "alias list", {}),
    ("alias-remove", "alias remove", {"name": "镇群之宝"}),
)
MESSAGE = "qwq-32b or gpt-4o? Or hunyuan-large, DeepSeek R1?"
"""What the message says whose models are ranked."""
NEWS: tuple[Shot, ...] = (("watch", "watch", {"model": "qwq-32b"}), ("watches", "watches", {}))
DIGESTS = {
    "digest-ordinary": ("20251009", "20251010"),
    "digest-big": ("20260709", "20260730"),
    "digest-shift": ("20250716", "20251009"),
}
"""Real days of the Arena's text board: the one that was told last, and the one that comes."""


async def main(languages: Sequence[str], kinds: Sequence[str], folder: Path) -> None:
    """Take the pictures of some kinds, in some languages, into a folder."""
    for language in languages:
        if "digests" in kinds:
            for name, days in DIGESTS.items():
                await take_digest(folder, language, name, *days)
        if "menus" in kinds:
            await take_menu(folder, language)
        if "answers" in kinds:
            await take_answers(folder, language)


async def take_answers(folder: Path, language: str) -> None:
    """Use one command after the other, as a visitor of the trial."""
    async with open_trial(language) as page:
        for name, command, options in (*SHOTS, *NEWS):
            await page.send(command, **options)
            await page.picture(folder / f"{name}.{language}.png")
    async with open_trial(language) as page:  # where nothing moves while it is read again
        before = await page.messages.count()
        await page.send("pin-board")
        await page.wait_for_post(before + 1)
        await page.picture(folder / f"pin-board.{language}.png", "📌")


async def take_digest(folder: Path, language: str, name: str, older: str, newer: str) -> None:
    """Subscribe to the board in the trial, store its next page as a refresh would, and picture the post.

    The days are moved up to now, since a post tells of a page that has just come.
    """
    now = datetime.now(UTC)
    last = now - (date.fromisoformat(newer) - date.fromisoformat(older))
    with tempfile.TemporaryDirectory() as data:
        url = f"sqlite:///{data}/trial.db"
        archive = Archive.open(url, seeds.FOLDER)
        archive.intake.add("older.md", write_page(older, last), "test", board="arena-text")
        async with open_trial(language, database=url) as page:
            await page.command("subscribe", time="at once")
            if name == "digest-ordinary":
                await page.picture(folder / f"subscribe.{language}.png")
                await page.command("subscriptions")
                await page.picture(folder / f"subscriptions.{language}.png")
            before = await page.messages.count()
            archive.intake.add(
                "newer.md", write_page(newer, now - timedelta(hours=1)), "test", board="arena-text"
            )
            await page.wait_for_post(before)
            await page.picture(folder / f"{name}.{language}.png")
        archive.close()


async def take_menu(folder: Path, language: str) -> None:
    """Rank the models of a message, by the command in its menu that the page has not; share an answer."""
    texts = Texts.load()
    name, spoken = texts.source.say("menu.mentions"), texts.choose((language,))
    with tempfile.TemporaryDirectory() as data:
        archive = Archive.open(f"sqlite:///{data}/trial.db", seeds.FOLDER)
        bot = Bangdan(archive, texts, language, follow=False)
        async with simcord.run(bot, shard_count=1, check_errors=False) as world:
            person = world.create_user(spoken.say("trial.visitor"))
            guild = world.create_guild(spoken.say("trial.server"), owner=person)
            channel, visitor = guild.create_text_channel("models"), guild.add_member(person)
            assert bot.user is not None
            await bot.user.edit(username=spoken.say("trial.bot"))
            async with world.preview(channel, viewers=[visitor], layout="channel", port=0) as preview:
                said = await visitor.send(channel, MESSAGE)
                await visitor.context_menu(channel, name, said)
                async with open_page(preview.url) as page:
                    await page.picture(folder / f"mentions.{language}.png")
                private = (await visitor.slash(channel, "top", field="法律", private=True)).response
                async with open_page(preview.url) as page:
                    await page.picture(folder / f"private.{language}.png")
                assert private is not None
                buttons = [each for row in private.components for each in row["components"]]
                share = next(each["custom_id"] for each in buttons if each["custom_id"].startswith("share:"))
                await visitor.click(private, custom_id=share)
                async with open_page(preview.url) as page:
                    await page.picture(folder / f"shared.{language}.png")
        archive.close()


def write_page(day: str, at: datetime) -> bytes:
    """Return a page of the text board with the figures of a real day, as of another time."""
    _, *lines = (CASES / f"{day}.tsv").read_text("utf-8").splitlines()
    rows = "".join(
        f"|{row['rank']}|{row['name']}|{row['score']}|"
        f"+{float(row['high']) - float(row['score']):g}/-{float(row['score']) - float(row['low']):g}|"
        f"{row['votes']}|{row['organization']}|\n"
        for row in csv.DictReader(lines, delimiter="\t")
    )
    stamp = f"{at:%Y-%m-%d %H:%M:%S} UTC"
    heading = "|排名(UB)|模型名|分数|置信区间|票数|服务商|\n|---|---|---|---|---|---|\n"
    return f"# LLM Arena 排行榜\n\n> **数据更新时间**: {stamp}\n\n{heading}{rows}".encode()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="take the pictures of docs/")
    parser.add_argument("--languages", nargs="+", default=("en", "zh-CN"))
    parser.add_argument("--kinds", nargs="+", default=KINDS, choices=KINDS)
    parser.add_argument("--folder", type=Path, default=DOCS)
    wanted = parser.parse_args()
    asyncio.run(main(wanted.languages, wanted.kinds, wanted.folder))
