"""Drive the browser trial in Chromium and take the pictures of docs/, one an answer and language.

Run it with `make screenshots`, or as `python docs/screenshots.py news` for those of the news alone; it needs
Debian's `chromium` (and `fonts-noto-cjk` for Chinese).
"""

from __future__ import annotations

import asyncio
import csv
import sys
import tempfile
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
    ("boards", "boards", {}),
    ("about", "about", {}),
    ("alias-add", "alias add", {"name": "镇群之宝", "model": "qwq-32b"}),
    ("alias-list", "alias list", {}),
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


async def main(shots: tuple[Shot, ...]) -> None:
    """Take the pictures of the news and `shots`, in every language."""
    for language in ("en", "zh-CN"):
        for name, days in DIGESTS.items():
            await take_digest(language, name, *days)
    for language in ("en", "zh-CN"):
        await take_menu(language)
        async with open_trial(language) as page:
            if shots:
                await page.picture(DOCS / f"trial.{language}.png")
            for name, command, options in (*shots, *NEWS):
                await page.send(command, **options)
                await page.picture(DOCS / f"{name}.{language}.png")
            before = await page.messages.count()
            await page.send("pin-board")
            await page.wait_for_post(before + 1)
            await page.picture(DOCS / f"pin-board.{language}.png", "📌")


async def take_digest(language: str, name: str, older: str, newer: str) -> None:
    """Subscribe to the board in the trial, store its next page as a refresh would, and picture the post.

    The days are moved up to now, since a post tells of a page that has just come.
    """
    now = datetime.now(UTC)
    last = now - (date.fromisoformat(newer) - date.fromisoformat(older))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/trial.db"
        archive = Archive.open(url, seeds.FOLDER)
        archive.intake.add("older.md", write_page(older, last), "test", board="arena-text")
        async with open_trial(language, database=url) as page:
            await page.command("subscribe", time="at once")
            if name == "digest-ordinary":
                await page.picture(DOCS / f"subscribe.{language}.png")
                await page.command("subscriptions")
                await page.picture(DOCS / f"subscriptions.{language}.png")
            before = await page.messages.count()
            archive.intake.add(
                "newer.md", write_page(newer, now - timedelta(hours=1)), "test", board="arena-text"
            )
            await page.wait_for_post(before)
            await page.picture(DOCS / f"{name}.{language}.png")
        archive.close()


async def take_menu(language: str) -> None:
    """Rank the models of a message, by the command in its menu that the page has not; share an answer."""
    texts = Texts.load()
    name, spoken = texts.source.say("menu.mentions"), texts.choose((language,))
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.open(f"sqlite:///{folder}/trial.db", seeds.FOLDER)
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
                    await page.picture(DOCS / f"mentions.{language}.png")
                private = (await visitor.slash(channel, "top", field="法律", private=True)).response
                async with open_page(preview.url) as page:
                    await page.picture(DOCS / f"private.{language}.png")
                assert private is not None
                buttons = [each for row in private.components for each in row["components"]]
                share = next(each["custom_id"] for each in buttons if each["custom_id"].startswith("share:"))
                await visitor.click(private, custom_id=share)
                async with open_page(preview.url) as page:
                    await page.picture(DOCS / f"shared.{language}.png")
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
    asyncio.run(main(() if "news" in sys.argv[1:] else SHOTS))
