"""The bot seen from outside: figures that Prometheus reads, and health that is told whatever hangs."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.client import Bangdan
from bot.door import Door
from bot.errand import Errand
from bot.outside.exposition import MOST, Counts
from bot.outside.figures import Figures
from bot.outside.health import GRACE, Connections, Examiner
from bot.outside.server import LARGEST, Page, Server
from bot.outside.window import Window
from bot.texts import Texts
from store.archive import Archive
from store.condition import Observatory
from store.database import make_engine
from tests.databases import SqliteMaker
from tests.discord_api import DiscordApi
from tests.listening import logged
from tests.posting_office import Office

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(text: str) -> Samples:
    """Return samples as Prometheus reads them, by name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def key(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


@asynccontextmanager
async def shown(bot: Bangdan) -> AsyncIterator[str]:
    """Show a bot on any free port, and give the address."""
    window = Window(bot, "127.0.0.1:0")
    address = await window.open()
    assert address is not None
    try:
        yield address
    finally:
        await window.close()


async def fetch(address: str, method: str = "GET") -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, address, timeout=aiohttp.ClientTimeout(total=10)) as answer,
    ):
        return answer.status, await answer.text()


@pytest.fixture
def bot(shelf: Archive, texts: Texts) -> Bangdan:
    return Bangdan(shelf, texts, guild_ready_timeout=0.02, door=Door(figures=Figures()))


async def test_a_bot_that_works_is_well_and_its_figures_can_be_read(
    discord_api: DiscordApi, bot: Bangdan
) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice = guild.add_member("alice")
    async with shown(bot) as address:
        status, said = await fetch(f"{address}/healthz")
        assert (status, json.loads(said)["reasons"]) == (503, ["gateway starting"])
        async with discord_api.run(bot):
            status, said = await fetch(f"{address}/healthz")
            assert (status, json.loads(said)) == (
                200,
                {"status": "ok", "reasons": [], "database": "ok", "gateway": "connected"},
            )
            await alice.slash(channel, "rank", model="qwq-32b")
            await alice.slash(channel, "rank", model="gpt-9")
            status, said = await fetch(f"{address}/metrics")
    samples = read(said)
    assert status == 200
    assert samples[key("bangdan_commands_total", command="rank", outcome="answer")] == 1
    assert samples[key("bangdan_commands_total", command="rank", outcome="mistake")] == 1
    assert samples[key("bangdan_command_seconds_bucket", command="rank", le="+Inf")] == 2
    assert samples[key("bangdan_database_up")] == 1
    assert samples[key("bangdan_snapshot_age_seconds", board="arena-text")] > 0
    assert samples[key("bangdan_outbox_deliveries", state="waiting")] == 0
    assert samples[key("bangdan_gateway_up", shard="0")] == 1
    assert any(name == "bangdan_build_info" for name, _ in samples)


def test_a_histogram_adds_up() -> None:
    figures = Figures()
    for seconds in (0.001, 0.005, 0.02, 2.5, 60):
        figures.note_command("top", "answer", seconds)
    samples = read("\n".join(figures.lines(str)) + "\n")

    counted = {
        le: samples[key("bangdan_command_seconds_bucket", command="top", le=le)]
        for le in ("0.005", "0.01", "0.025", "2.0", "3.0", "15.0", "+Inf")
    }
    assert list(counted.values()) == [2, 2, 3, 3, 4, 4, 5]
    assert samples[key("bangdan_command_seconds_sum", command="top")] == pytest.approx(62.526)
    assert samples[key("bangdan_command_seconds_count", command="top")] == 5


def test_labels_may_be_anything_and_never_grow_without_end() -> None:
    counts = Counts("some_total", ("what",))
    counts.add('a"b\\c\nd')
    for number in range(MOST + 10):
        counts.add(str(number))
    samples = read("\n".join(counts.lines("Some.")) + "\n")

    assert samples[key("some_total", what='a"b\\c\nd')] == 1
    assert samples[key("some_total", what="other")] == 11
    assert len(samples) == MOST + 1


async def test_deliveries_are_counted_and_the_queue_is_shown(
    archive: Archive, discord_api: DiscordApi, texts: Texts
) -> None:
    office, figures = Office(archive, discord_api, texts), Figures()
    office.subscribe()
    office.lead(2, 1480)
    waiting = office.archive.observatory.condition()
    assert (waiting.due, waiting.claimed) == (1, 0)
    async with office.open(note=figures.note_delivery):
        await office.channel.wait_for_message()
        async with asyncio.timeout(30):
            while not any("sent" in line for line in figures.lines(str)):
                await asyncio.sleep(0.01)
    samples = read("\n".join(figures.lines(str)) + "\n")
    assert samples[key("bangdan_deliveries_total", kind="digest", outcome="sent")] == 1
    assert office.archive.observatory.condition().due == 0


async def test_refreshes_of_the_errand_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "bot.errand")
    lines = [{"board": "arena-text", "outcome": "added"}, {"board": "rele-open", "outcome": "failed"}]
    script = f"import json\nfor each in {lines!r}: print(json.dumps(each))"
    figures = Figures()
    await Errand(lambda: True, (sys.executable, "-c", script), note=figures.note_refresh).run_once()

    samples = read("\n".join(figures.lines(str)) + "\n")
    assert samples[key("bangdan_refreshes_total", board="arena-text", outcome="added")] == 1
    assert samples[key("bangdan_refreshes_total", board="rele-open", outcome="failed")] == 1
    assert logged(caplog, "bot.errand") == [
        ("INFO", "refresh: arena-text added"),
        ("WARNING", "refresh: rele-open failed"),
    ]


def test_the_condition_of_a_database_is_the_same_on_both_engines(archive: Archive) -> None:
    later = datetime(2025, 7, 10, tzinfo=UTC)
    condition = Observatory(archive.engine, archive.catalogue, lambda: later).condition()

    assert condition.ages["arena-text"] == pytest.approx(timedelta(hours=12).total_seconds(), abs=3600)
    assert (condition.waiting, condition.due, condition.claimed) == (0, 0, 0)


@asynccontextmanager
async def silence() -> AsyncIterator[tuple[str, list[asyncio.StreamWriter]]]:
    """Give the address of a PostgreSQL that takes connections and says nothing, and those that it took."""
    taken: list[asyncio.StreamWriter] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.append(writer)

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"postgresql+psycopg://bangdan:word@127.0.0.1:{port}/bangdan?sslmode=disable", taken
    finally:
        for each in taken:
            each.close()
        server.close()
        await server.wait_closed()


async def test_health_is_told_while_the_database_hangs_and_it_is_asked_once(
    discord_api: DiscordApi, bot: Bangdan
) -> None:
    discord_api.add_guild()
    connections = Connections()
    connections.watch(bot)
    async with silence() as (url, taken), discord_api.run(bot):
        bot.archive.observatory = Observatory(make_engine(url), bot.archive.catalogue, bot.archive.intake.now)
        examiner = Examiner(bot, connections, seconds=0.2)
        found = [await examiner.examine() for _ in range(4)]
        assert {each.reasons for each in found} == {("database timeout",)}
        assert len(taken) == 1
        assert await examiner.condition() is None
        for each in taken:
            each.close()
        async with asyncio.timeout(30):
            while (await examiner.examine()).database != "unavailable":
                await asyncio.sleep(0.01)


async def test_a_database_that_is_away_is_told_and_the_figures_are_shown_without_it(
    discord_api: DiscordApi, bot: Bangdan
) -> None:
    discord_api.add_guild()
    async with shown(bot) as address, discord_api.run(bot):
        file = str(bot.archive.engine.url.database)
        bot.archive.engine.dispose()
        with open(file, "wb") as broken:
            broken.write(b"no database" * 1000)
        status, said = await fetch(f"{address}/healthz")
        assert (status, json.loads(said)["reasons"]) == (503, ["database unavailable"])
        status, said = await fetch(f"{address}/metrics")
        assert (status, read(said)[key("bangdan_database_up")]) == (200, 0)


async def test_a_lost_connection_is_a_reason_only_after_a_grace() -> None:
    now = [0.0]
    connections = Connections(lambda: now[0])
    assert connections.judge(0) == "starting"
    await connections.gain(0)
    assert connections.judge(2) == "starting"
    await connections.gain(1)
    assert connections.judge(2) == "connected"
    await connections.lose(1)
    assert connections.judge(2) == "reconnecting"
    now[0] = GRACE - 1
    await connections.lose(1)
    assert connections.judge(2) == "reconnecting"
    now[0] = GRACE
    assert connections.judge(2) == "lost"
    assert not connections.is_up(1)
    await connections.gain(1)
    assert connections.judge(2) == "connected"


async def test_a_dropped_connection_and_its_return_are_noticed(discord_api: DiscordApi, bot: Bangdan) -> None:
    discord_api.add_guild()
    connections = Connections()
    connections.watch(bot)
    async with discord_api.run(bot):
        assert connections.judge(1) == "connected"
        discord_api.gateway.drop()
        async with asyncio.timeout(30):
            while connections.judge(1) == "connected":
                await asyncio.sleep(0.001)
            while connections.judge(1) != "connected":
                await asyncio.sleep(0.01)


async def test_a_port_that_is_taken_does_not_keep_the_bot_from_working(
    bot: Bangdan, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot, shown(bot) as address:
        other = Window(bot, address.removeprefix("http://"))
        assert await other.open() is None
        await other.close()
    assert "no /healthz and /metrics at 127.0.0.1:" in caplog.text


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[str, int]]:
    server = Server({"/page": ok})
    try:
        yield await server.open("127.0.0.1", 0)
    finally:
        await server.close()


async def ok() -> Page:
    return Page(HTTPStatus.OK, "text/plain; charset=utf-8", "中\n")


async def say(place: tuple[str, int], request: bytes) -> bytes:
    """Return what a server answers to whatever bytes."""
    reader, writer = await asyncio.open_connection(*place)
    try:
        writer.write(request)
        writer.write_eof()
        return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /page HTTP/1.1\r\nHost: x\r\n\r\n", b"200"),
        (b"GET /page?x=1 HTTP/1.0\r\n\r\n", b"200"),
        (b"GET / HTTP/1.1\r\n\r\n", b"404"),
        (b"GET /../page HTTP/1.1\r\n\r\n", b"404"),
        (b"POST /page HTTP/1.1\r\n\r\n", b"405"),
        (b"GET /page\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\r\n\r\n", b"400"),
        (b"GET /page HTTP/1.1\r\nX: " + b"x" * 2 * LARGEST, b"431"),
        (b"GET /page HTTP/1.1\r\n", b""),
        (b"", b""),
    ],
)
async def test_the_server_answers_what_it_has_and_turns_away_the_rest(
    request_: bytes, status: bytes, caplog: pytest.LogCaptureFixture, complaints: list[str]
) -> None:
    async with serving() as place:
        answer = await say(place, request_)
        assert answer[9:12] == status or (status == b"431" and not answer)
        assert b"200" in await say(place, b"GET /page HTTP/1.1\r\n\r\n")
    assert logged(caplog, "bot") + complaints == []


async def test_a_head_request_gets_the_length_and_no_body() -> None:
    async with serving() as place:
        answer = await say(place, b"HEAD /page HTTP/1.1\r\n\r\n")
    assert b"Content-Length: 4" in answer
    assert answer.endswith(b"\r\n\r\n")


async def test_a_running_process_shows_itself_where_its_settings_say(
    discord_api: DiscordApi, sqlite_maker: SqliteMaker, capfd: pytest.CaptureFixture[str]
) -> None:
    discord_api.add_guild()
    with sqlite_maker.seeded() as url:
        settings = {
            "DATABASE_URL": url,
            "BANGDAN_REFRESH": "false",
            "BANGDAN_METRICS": "127.0.0.1:0",
            "BANGDAN_DISCORD_API": discord_api.api_url,
            "BANGDAN_DISCORD_GATEWAY": discord_api.gateway_url,
        }
        async with discord_api.spawn(sys.executable, "-m", "bot", "run", env=settings):
            said = capfd.readouterr().err
            (line,) = [each for each in said.splitlines() if "/healthz" in each]
            async with asyncio.timeout(30):
                while (await fetch(line.split()[-1] + "/healthz"))[0] != 200:
                    await asyncio.sleep(0.05)
