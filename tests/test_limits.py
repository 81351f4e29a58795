"""Our bot within Discord's limits, on the worst data there is.

Each limit and fault has a test of a bad client, in tests/discord_api_tests, and one of our bot:

| limit or fault | a bad client | our bot |
|---|---|---|
| sizes of messages, commands, suggestions | test_sizes, test_message_limits, test_command_limits | here |
| 6,000 characters an embed | test_message_limits | here |
| 3 seconds to answer | test_answering_limits | test_end_to_end, test_breaking (Blocking, Late) |
| 15 minutes of a token | test_answering_limits | test_troubles: old answers |
| an answer only once | test_answering_limits | test_breaking (Stammering), here |
| dialogues | test_answering_limits | here, and every test of the loopback Discord |
| files | test_message_limits | here |
| unknown messages and channels | test_channels, test_news | test_troubles: deleted answers |
| missing permissions | test_channels, test_news | test_troubles: closed channels |
| enforce_nonce | test_message_limits, test_news | test_delivery |
| buckets, the global limit, the ban | test_ratelimits, test_news | test_troubles: 429, here |
| 403, 404, 5xx, late, never, a cut connection | test_faults | test_troubles |
| a dropped socket, op 7, op 9, RESUME, slow readers | test_gateway | test_troubles |
| unknown routes | test_other_routes | every test: the fixture fails it |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.client import Bangdan
from bot.studio import Studio
from bot.texts import Texts
from store.archive import Archive
from tests.discord_api import DiscordApi
from tests.discord_api.message_rules import FILE_BYTES
from tests.discord_api.rules import places
from tests.discord_api_tests.sizes import COMMAND_SIZES, MESSAGE_SIZES, PART, SUGGESTION_SIZES, Payload, Size
from tests.inspection import inspect_bot, messages_of, store_the_worst

EMBED_CHARACTERS = 6000
ALT_CHARACTERS = 1024
"""Characters of an attachment's description."""
NEARLY = {
    "choices": 25,
    "choices.*.name": 100,
    "components.*.components": 5,
    "embeds.*.title": 140,
    f"{PART}.options": 25,
}
"""Sizes that the worst data must reach, or it was not the worst."""
UNUSED = {
    "embeds.*.author.name",
    "allowed_mentions.users",
    "allowed_mentions.roles",
    "components.*.components.*.url",
    "options.*.choices",
    "options.*.choices.*.name",
    "options.*.choices.*.value",
}
"""What our bot has no use for, so that nothing is measured of it."""


def largest(size: Size, payloads: Iterable[Payload]) -> int:
    """Return the largest of a size among payloads; 0 when none has it."""
    found = (value for payload in payloads for _, value in places(payload, size.path.split(".")))
    return max((len(value) for value in found if value is not None), default=0)


def suggestions_of(api: DiscordApi) -> Iterator[Payload]:
    """Yield what the bot suggested."""
    for request in api.journal.requests:
        if request.payload.get("type") == 8:
            yield request.payload["data"]


def characters(embed: Payload) -> int:
    """Return the characters of an embed that Discord counts."""
    texts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    texts += [text for field in embed.get("fields") or () for text in (field["name"], field["value"])]
    return sum(len(text) for text in texts if text)


async def test_our_bot_keeps_every_size_and_comes_near_some(
    discord_api: DiscordApi, shelf: Archive, texts: Texts
) -> None:
    store_the_worst(shelf)
    await inspect_bot(
        discord_api,
        lambda: discord_api.run(Bangdan(shelf, texts, studio=Studio(), guild_ready_timeout=0.02)),
        texts,
    )
    messages, suggestions = list(messages_of(discord_api)), list(suggestions_of(discord_api))
    commands = list(discord_api.world.commands.values())
    measured = {size: largest(size, messages) for size in MESSAGE_SIZES}
    measured |= {size: largest(size, commands) for size in COMMAND_SIZES}
    measured |= {size: largest(size, suggestions) for size in SUGGESTION_SIZES}
    for size, ours in measured.items():
        print(f"{size.path:45} {ours:5} of {size.most:5}")
        assert NEARLY.get(size.path, 0) <= ours <= size.most, f"{size.path} is {ours} of {size.most}"
    assert {size.path for size, ours in measured.items() if not ours} == UNUSED
    embeds = [embed for message in messages for embed in message.get("embeds") or ()]
    assert 3000 < max(map(characters, embeds)) <= EMBED_CHARACTERS

    kinds = {
        request.payload.get("type") for request in discord_api.journal.requests if "type" in request.payload
    }
    assert kinds <= {4, 5, 6, 7, 8, 9}
    posts = discord_api.journal.of("POST", "/channels/{channel_id}/messages")
    assert posts
    assert all(request.payload["enforce_nonce"] for request in posts)
    sent = discord_api.world.files.values()
    assert sent, "no answer had a picture"
    assert max(len(file.data) for file in sent) <= FILE_BYTES // 10
    assert {file.filename.partition(".")[2] for file in sent} == {"png"}
    described = [len(file.description or "") for file in sent]
    assert 0 < min(described) <= max(described) <= ALT_CHARACTERS
    assert max(len(message.get("attachments") or ()) for message in messages) == 1
