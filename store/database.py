"""Make the engine and bring its tables up to date; every database error becomes ours here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from store.connections import keep_to_file, keep_to_server, unhurried
from store.errors import DatabaseUnavailable
from store.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

TURN = 8265001
"""The advisory lock of whoever writes; any number that nobody else uses."""

REFRESH = 8265002
"""The advisory lock of whoever refreshes."""

_UNAVAILABLE = ("OperationalError", "InterfaceError", "InternalError", "DatabaseError")
"""SQLAlchemy's names for what the database, not the statement, is to blame for."""

_CHANGED = ("InsufficientPrivilege", "UndefinedColumn", "UndefinedTable")
"""psycopg's names for what our statements meet only in a database that somebody changed."""

_FULL = {"sqlite_errorcode": 13, "sqlstate": "53100"}
"""How the drivers tell that there is no room left to write."""


def make_engine(url: str) -> Engine:
    """Return an engine for a SQLite file or a PostgreSQL database.

    The folder of a SQLite file is made. Raises DatabaseUnavailable when the address or the folder
    is unusable; the database itself is first touched by `upgrade`.
    """
    try:
        address = make_url(url)
        engine = create_engine(address)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        # The address may hold a password, and SQLAlchemy quotes it: give only its kind.
        kind, colon, _ = url.partition(":")
        raise DatabaseUnavailable(kind if colon else "?", type(error).__name__) from None
    if address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:"):
        raise DatabaseUnavailable(":memory:", "OperationalError")  # every thread would have its own
    if address.get_backend_name() == "sqlite":
        _make_folder(address)
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
        keep_to_file(engine, str(address.database))
    if address.get_backend_name() == "postgresql":
        event.listen(engine, "connect", _set_up)
        keep_to_server(engine)
    event.listen(engine, "handle_error", _translate)
    return engine


_WRITES: WeakKeyDictionary[Engine, object] = WeakKeyDictionary()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open one write transaction: all of it happens, or nothing; the writers of a database take turns."""
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's begin waits for the others by itself
            connection.execute(select(func.pg_advisory_xact_lock(TURN)))
        yield connection
    _WRITES[engine] = object()


def last_write(engine: Engine) -> object:
    """Return what stands for the last write transaction of this process; after another one, it is another."""
    return _WRITES.get(engine)


@contextmanager
def claiming(engine: Engine) -> Iterator[Connection]:
    """Open a write transaction that waits for no other: what others hold, its queries skip."""
    with engine.execution_options(writes=True).begin() as connection:
        yield connection


@contextmanager
def alone(engine: Engine) -> Iterator[bool]:
    """Give whether no other process is inside this block on the same database; it then lasts to its end.

    The lock goes with its connection, so that a process that dies holds nobody up. A SQLite file is one
    process's own.
    """
    if engine.dialect.name != "postgresql":
        yield True
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(select(func.pg_try_advisory_lock(REFRESH))))
        try:
            yield mine
        finally:
            if mine:
                connection.execute(select(func.pg_advisory_unlock(REFRESH)))


def taken(engine: Engine) -> bool:
    """Return whether some process is inside `alone`, without ever being in the way of one that tries."""
    if engine.dialect.name != "postgresql":
        return False
    with engine.connect() as connection:
        return bool(connection.scalar(text(_HELD), {"key": REFRESH}))


_HELD = """
    SELECT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = CAST(:key AS oid) AND objsubid = 1
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
"""


def upgrade(engine: Engine) -> None:
    """Bring the tables up to the newest revision; quick when they are.

    Raises DatabaseUnavailable.
    """
    with engine.connect() as connection:
        if find_revision(connection) == HEAD:
            return
    with writing(engine) as connection, unhurried(connection):
        migrate(connection)


def migrate(connection: Connection, revision: str = "head") -> None:
    """Make the tables, or bring them up to a revision, in the transaction of a connection."""
    from alembic import command  # only a new or an old database pays for loading it

    with _migrations() as config:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def revisions() -> tuple[str, ...]:
    """Return every revision that is known, the newest first."""
    from alembic.script import ScriptDirectory

    with _migrations() as config:
        return tuple(each.revision for each in ScriptDirectory.from_config(config).walk_revisions())


@contextmanager
def _migrations() -> Iterator[Config]:
    from alembic.config import Config

    with as_file(files("store.migrations")) as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        yield config


def find_revision(connection: Connection) -> str | None:
    """Return the revision of a database's tables, None where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(select(text("version_num")).select_from(text("alembic_version")))
    return found


def _make_folder(address: URL) -> None:
    try:
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(place_of(address), str(error.strerror)) from error


def place_of(address: URL) -> str:
    """Return what may be said of an address: without its user, its password and its options."""
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    return f"{address.get_backend_name()}://{address.host or ''}/{address.database or ''}"


def _set_pragmas(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's own object
    connection.isolation_level = None  # the driver begins too late; `_begin` does it instead
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA cache_size = -256")
    cursor.close()


def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's own object
    # PostgreSQL compiles what it takes for a long query, which takes ten times as long as ours do.
    connection.execute("SET jit = off")
    # It notices within twenty seconds that our machine is gone, and gives our locks to others.
    connection.execute("SET tcp_keepalives_idle = 10")
    connection.execute("SET tcp_keepalives_interval = 5")
    connection.execute("SET tcp_keepalives_count = 2")
    connection.commit()


def _begin(connection: Connection) -> None:
    # A reader that turns writer can be told "locked" at once; a writer says so from the start.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _translate(context: ExceptionContext) -> None:
    error = context.sqlalchemy_exception
    changed = type(context.original_exception).__name__ in _CHANGED
    if isinstance(error, DBAPIError) and (changed or type(error).__name__ in _UNAVAILABLE):
        reason = str(context.original_exception).strip().splitlines()
        place = place_of(context.engine.url) if context.engine else ""
        full = any(getattr(context.original_exception, key, None) == code for key, code in _FULL.items())
        raise DatabaseUnavailable(place, reason[0] if reason else type(error).__name__, full=full) from None
