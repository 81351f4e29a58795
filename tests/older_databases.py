"""Databases of older revisions, for tests: made by the migrations themselves, and filled by plain SQL.

`ROWS` has what each revision brought: whatever a revision adds gets a row here, in the order of foreign keys.
Ids are left to the database, which begins with 1.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, inspect, text

from store.database import make_engine, migrate, revisions, writing
from store.edition import PUBLISHED
from store.news.tables import metadata

THEN = "TIMESTAMP"
"""Stands for a time of the first of February 2025, which the engines write differently."""

ROWS: dict[str, tuple[str, ...]] = {
    "0001": (
        "INSERT INTO facts (key, value) VALUES ('seeds', 'of long ago')",
        "INSERT INTO boards (key) VALUES ('arena-text')",
        "INSERT INTO dimensions (key, label, unit) VALUES ('rating', '分数', 'rating')",
        "INSERT INTO models (key, family) VALUES ('old-model', 'old')",
        "INSERT INTO models (key, family) VALUES ('older-model', 'older')",
        "INSERT INTO terms (text) VALUES ('Old Vendor')",
        "INSERT INTO aliases (server, folded, typed, model_id, added_by, added_at)"
        " VALUES (123456789012345678, '老模型', '老模型', 1, 987654321098765432, TIMESTAMP)",
        "INSERT INTO names (text, model_id) VALUES ('Old-Model', 1)",
        "INSERT INTO names (text, model_id) VALUES ('Older-Model 🤖', 2)",
        "INSERT INTO snapshots (board_id, digest, dimension_id, top, rows) VALUES (1, 'abc', 1, NULL, 2)",
        "INSERT INTO entries (snapshot_id, position, name_id, organization_id, price_input, flags, extras)"
        " VALUES (1, 1, 1, 1, 0.15, '', '{\"\\u5217\": 1.5}')",
        "INSERT INTO entries (snapshot_id, position, name_id, flags) VALUES (1, 2, 2, 'new')",
        "INSERT INTO renames (board_id, older_id, newer_id, older_score, newer_score, older_votes,"
        " newer_votes, accepted) VALUES (1, 1, 2, 1300.5, 1301.25, 10, 20, NULL)",
        "INSERT INTO sightings (board_id, snapshot_id, at, read_at, source)"
        " VALUES (1, 1, TIMESTAMP, TIMESTAMP, 'file:old.md')",
        "INSERT INTO standings (snapshot_id, dimension_id, position, rank, score, low, high, votes)"
        " VALUES (1, 1, 1, 1, 1300.5, 1290.1, 1310.2, 4000)",
        "INSERT INTO standings (snapshot_id, dimension_id, position, rank, score)"
        " VALUES (1, 1, 2, 2, 1250.0)",
    ),
    "0002": (
        "UPDATE snapshots SET origin = 'page', method = 'raw', headings = '{\"rating\": \"\\u5206\"}'",
        "INSERT INTO quarantine (board_id, digest, at, read_at, source, rows, code, found, content, accepted)"
        " VALUES (1, 'def', TIMESTAMP, TIMESTAMP, 'file:odd.md', 3, 'shrunk', '3 of 200', '{}', FALSE)",
        "INSERT INTO fetches (board_id, upstream, name, tried_at, succeeded_at, etag)"
        " VALUES (1, 'page', 'arena-text.md', TIMESTAMP, TIMESTAMP, '\"e1\"')",
    ),
    "0003": (
        "INSERT INTO subscriptions (server, channel, created_by, created_at, everything, rhythm, minute,"
        " zone, weekday, vendors, open_only, importance, language, thread, publish, quiet)"
        " VALUES (123456789012345678, 2, 3, TIMESTAMP, FALSE, 'daily', 540, 'Asia/Shanghai',"
        " 0, '[\"alibaba\"]', TRUE, 0, 'zh_CN', FALSE, FALSE, TRUE)",
        "INSERT INTO told (subscription_id, board, snapshot_id) VALUES (1, 'arena-text', 1)",
        "INSERT INTO live_boards (server, channel, created_by, created_at, board, dimension, shown, language,"
        " message) VALUES (123456789012345678, 2, 3, TIMESTAMP, 'arena-text', 'rating', 10, 'en', 77)",
        'INSERT INTO watches ("user", model_id, occasion, top, language, created_at)'
        " VALUES (3, 1, 'any', 10, 'en', TIMESTAMP)",
        "INSERT INTO deliveries (kind, subject, slot, nonce, due, expires, state, content, tries)"
        " VALUES ('digest', 1, 'then', 'n1', TIMESTAMP, TIMESTAMP, 'planned', 'null', 0)",
        "INSERT INTO deliveries (kind, subject, slot, nonce, due, expires, state, content, tries)"
        " VALUES ('digest', 1, 'gone', 'n2', TIMESTAMP, TIMESTAMP, 'sent', NULL, 1)",
        "DELETE FROM deliveries WHERE slot = 'gone'",  # its id is never given again
    ),
    "0004": (
        "INSERT INTO preferences (server, channel, language, private, zone, changed_by, changed_at)"
        " VALUES (123456789012345678, 0, 'zh_TW', TRUE, 'Asia/Taipei', 3, TIMESTAMP)",
    ),
}

Content = dict[str, list[dict[str, Any]]]


def make_older(url: str, revision: str) -> None:
    """Make a database of a revision, with rows in each of its tables."""
    engine = make_engine(url)
    with writing(engine) as connection:
        migrate(connection, revision)
        then = {"sqlite": "'2025-02-01 00:00:00.000000'"}.get(engine.dialect.name, "'2025-02-01 00:00:00+00'")
        for each in reversed(revisions()):
            for statement in ROWS.get(each, ()):
                connection.exec_driver_sql(statement.replace(THEN, then))
            if each == revision:
                break
    engine.dispose()


def read_content(connection: Connection, like: Content | None = None) -> Content:
    """Return all rows of our tables as the engine has them, or those columns that `like` has."""
    names = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
    found: Content = {}
    for name in like if like is not None else names:
        rows = [dict(row) for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings()]
        rows = [row for row in rows if row.get("key") != PUBLISHED]  # each restored database is another
        kept = [set(like[name][0]) if like is not None else set(row) for row in rows]
        chosen = [{key: row[key] for key in sorted(keys)} for row, keys in zip(rows, kept, strict=True)]
        found[name] = sorted(chosen, key=repr)
    return found
