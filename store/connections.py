"""Connections: none waits for ever, and none outlives the file or the server that it was made to.

A pool keeps connections open. Whoever takes one out gets a sound one: a server that hung up, or a file that
another took the place of, is noticed first, and everything that was open to it is closed. So a database that
comes back is used again without a restart.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import InvalidatePoolError

from store.errors import DatabaseUnavailable

SILENCE = 10.0
"""Seconds for which a server may say nothing before it is given up; SQLite waits as long for a lock."""
CONNECTING = 3
"""Seconds that making a connection may take."""
GREETINGS = 4
"""Things that a server may have said while nobody listened, before it is taken to have hung up."""

Work = Generator[Any, Any, Any]
Place = tuple[int, int] | None


def keep_to_file(engine: Engine, path: str) -> None:
    """Use the SQLite file that is at `path` now, and never make another where one has gone.

    A connection to a file that was taken away writes into nothing.
    """
    known: list[Place] = []

    def connect(_dialect: object, _record: object, _args: object, _options: object) -> None:
        if known and find_file(path) is None:
            raise DatabaseUnavailable(path, "the file is gone")

    def note(_connection: object, record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
        record.info["file"] = find_file(path)
        known.append(record.info["file"]) if not known else None

    def check(_connection: object, record: Any, _proxy: object) -> None:  # noqa: ANN401 - SQLAlchemy's own
        if find_file(path) != record.info["file"]:
            raise InvalidatePoolError

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", note)
    event.listen(engine, "checkout", check)


def find_file(path: str) -> Place:
    """Return what tells the file at `path` from any that takes its place, None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def keep_to_server(engine: Engine) -> None:
    """Give up a PostgreSQL server that is silent for long, and connections that it has closed."""

    def connect(_dialect: object, _record: object, args: Any, options: Any) -> Any:  # noqa: ANN401
        options.setdefault("connect_timeout", CONNECTING)
        return _listening().connect(*args, **options)

    def check(connection: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401 - a driver's own
        if has_hung_up(connection.pgconn):
            raise InvalidatePoolError

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkout", check)


@contextmanager
def unhurried(connection: Connection) -> Iterator[None]:
    """Let statements take as long as they need, such as those that rebuild a table."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "postgresql":
        yield
        return
    driver.silence = None
    try:
        yield
    finally:
        driver.silence = SILENCE


def has_hung_up(server: Any) -> bool:  # noqa: ANN401 - the driver's own
    """Return whether an idle connection's other end is closed; asks nothing of the server.

    An idle server has nothing to say, unless it says goodbye.
    """
    poll = select.poll()
    poll.register(server.socket, select.POLLIN)
    for _ in range(GREETINGS):
        if not poll.poll(0):
            return False
        try:
            server.consume_input()
        except Exception:  # whatever it is, there is no use in the connection
            return True
    return True


@cache
def _listening() -> Any:  # noqa: ANN401 - a class of a driver that need not be installed
    """Return the driver's connection, but one that gives a silent server up."""
    import psycopg

    class Listening(psycopg.Connection[Any]):
        silence: float | None = SILENCE

        def wait(self, gen: Work, *args: Any, **options: Any) -> Any:  # noqa: ANN401
            return super().wait(heard(gen, self.silence, self._give_up), *args, **options)

        def _give_up(self) -> None:
            self.pgconn.finish()  # a late answer would be taken for the next one's
            raise psycopg.OperationalError(f"the server was silent for {self.silence} seconds")

    return Listening


def heard(work: Work, silence: float | None, give_up: Callable[[], None]) -> Work:
    """Go through a driver's work; `give_up` is called when nothing came from the server for so long."""
    last = time.monotonic()
    try:
        wanted = next(work)
        while True:
            ready = yield wanted
            if ready:
                last = time.monotonic()
            elif silence is not None and time.monotonic() - last > silence:
                give_up()
            wanted = work.send(ready)
    except StopIteration as ended:
        return ended.value
    finally:
        work.close()
