"""The verbs that put the whole database into a file, and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from bot.verbs.console import Console
from store.backup.dump import back_up
from store.backup.manifest import Manifest
from store.backup.restoration import restore
from store.database import make_engine
from store.errors import BackupDamaged, BackupTooNew, DatabaseFilled, NothingStored
from store.tenancy import occupying


class Backups:
    """Back up, and restore."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def back_up(self, path: Path) -> None:
        """Write the database into a file, also while the bot runs."""
        try:
            with self._database() as engine:
                made = back_up(engine, path, datetime.now(UTC))
        except NothingStored as error:
            self.console.fail(self.console.say("backup.nothing", place=error.place))
        except OSError as error:
            self._fail_with_file("export.unwritable", path, error)
        self._tell("backup.done", path, made)

    def restore(self, path: Path, replace: bool) -> None:
        """Read a backup into the database, while no bot runs on it."""
        try:
            with occupying(self.console.settings.database_url), self._database() as engine:
                read = restore(engine, path, replace=replace)
        except DatabaseFilled as error:
            self.console.fail(self.console.say("restore.filled", place=error.place))
        except BackupTooNew as error:
            self.console.fail(self.console.say("restore.newer", path=path, revision=error.revision))
        except BackupDamaged as error:
            reason = self.console.say(f"damage.{error.damage}", part=error.part)
            self.console.fail(self.console.say("restore.damaged", path=path, reason=reason))
        except OSError as error:
            self._fail_with_file("restore.unreadable", path, error)
        self._tell("restore.done", path, read)

    @contextmanager
    def _database(self) -> Iterator[Engine]:
        engine = make_engine(self.console.settings.database_url)
        try:
            yield engine
        finally:
            engine.dispose()

    def _tell(self, key: str, path: Path, manifest: Manifest) -> None:
        day, rows = self.console.language.moment(manifest.made_at), manifest.rows
        counted = self.console.language.count("ingest.rows", rows)
        self.console.print(self.console.say(key, path=path, rows=counted, moment=day))

    def _fail_with_file(self, key: str, path: Path, error: OSError) -> None:
        reason = error.strerror or type(error).__name__
        self.console.fail(self.console.say(key, path=path, reason=reason))
