"""The command line `bangdan`: `bangdan --help` lists the verbs; a mistake ends with 2, a refusal with 1.

A refresh that another process is at already ends with 3.
"""

import sys
from collections.abc import Callable
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError

from bot.replies.marks import printable
from bot.settings import Settings
from bot.texts import Texts
from bot.verbs.backups import Backups
from bot.verbs.changes import News
from bot.verbs.console import MISUSED, REFUSED, Console
from bot.verbs.documents import Documents
from bot.verbs.names import Names
from bot.verbs.questions import Questions
from bot.verbs.upkeep import Upkeep
from bot.verbs.ways_in import WaysIn
from store.errors import CatalogueError, DatabaseOccupied, DatabaseUnavailable, DocumentError, UnknownBoard
from store.export import Format

Verbs = dict[str, Callable[..., None]]

HINTS = {"BANGDAN_UPSTREAMS": "settings.upstreams", "BANGDAN_SHARDS": "settings.shards"}
"""How settings are written whose form is our own."""


def main() -> None:
    """Read the settings and run the verb of the command line."""
    texts = Texts.load()
    try:
        console = Console(Settings(), texts)
    except UnicodeDecodeError:
        stop(texts.source.say("settings.encoding"), MISUSED)
    except ValidationError as error:
        for each in error.errors(include_input=False, include_url=False, include_context=False):
            setting = ".".join(map(str, each["loc"]))
            print(texts.source.say("settings.wrong", setting=setting, reason=each["msg"]), file=sys.stderr)
            if setting in HINTS:
                print(texts.source.say(HINTS[setting]), file=sys.stderr)
        sys.exit(MISUSED)
    try:
        build_app(console)()
    except DatabaseUnavailable as error:
        stop(console.say("database.unavailable", place=error.place, reason=error.reason))
    except DatabaseOccupied as error:
        stop(console.say("database.occupied", place=error.place, process=error.process))
    except UnknownBoard as error:
        stop(console.say("board.unknown", board=error.key), MISUSED)
    except CatalogueError as error:
        stop(console.say("catalogue.wrong", file=error.file, entry=error.entry, detail=error.detail))
    except DocumentError as error:  # a shipped seed that cannot be read
        console.tell(error.problems)
        sys.exit(REFUSED)
    finally:
        console.close()


def stop(sentence: str, code: int = REFUSED) -> NoReturn:
    """Say why there is no result, and end with `code`."""
    print(printable(sentence), file=sys.stderr)
    sys.exit(code)


def build_app(console: Console) -> typer.Typer:
    """Return the verbs with their options, described in the language of the settings."""
    say = console.say
    app = typer.Typer(
        help=say("cli.help"),
        no_args_is_help=True,
        invoke_without_command=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    shown = Annotated[bool, typer.Option("--version", is_eager=True, help=say("cli.version"))]

    def version(version: shown = False) -> None:
        if version:
            print(metadata.version("bangdan"))
            raise typer.Exit

    app.callback()(version)
    verbs = ways_in(console) | work_on_documents(console) | keep_the_archive(console)
    verbs |= keep_backups(console) | explain_names(console) | tell_news(console)
    for verb, call in verbs.items():
        app.command(verb, help=say(f"cli.{verb}"))(call)
    aliases = typer.Typer(help=say("cli.aliases"), no_args_is_help=True)
    aliases.callback()(lambda: None)
    aliases.command("review", help=say("cli.review"))(review_of(console))
    app.add_typer(aliases, name="aliases")
    return app


def ways_in(console: Console) -> Verbs:
    """Return the verbs that put questions to the bot: Discord, a browser, a terminal."""
    say, ways = console.say, WaysIn(console)
    port = Annotated[int, typer.Option("--port", min=0, max=65535, help=say("cli.try.port"))]
    command = Annotated[str, typer.Argument(help=say("cli.ask.command"))]
    locale = Annotated[str | None, typer.Option("--locale", help=say("cli.ask.locale"))]
    picture = Annotated[Path | None, typer.Option("--picture", help=say("cli.ask.picture"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]
    questions = Annotated[list[str] | None, typer.Argument(help=say("cli.understand.questions"))]

    def run() -> None:
        ways.run()

    def trial(port: port = console.settings.trial_port) -> None:
        ways.trial(port)

    def ask(command: command, locale: locale = None, json: as_json = False, picture: picture = None) -> None:
        ways.ask(command, locale, json, picture)

    def understand(questions: questions = None, json: as_json = False) -> None:
        Questions(console).understand(questions or [], json)

    return {"run": run, "try": trial, "ask": ask, "understand": understand}


def work_on_documents(console: Console) -> Verbs:
    """Return the verbs that read and write documents."""
    say, documents = console.say, Documents(console)
    files = Annotated[list[Path], typer.Argument(help=say("cli.files"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]
    board = Annotated[str | None, typer.Option("--board", help=say("cli.ingest.board"))]
    day = Annotated[datetime | None, typer.Option("--as-of", help=say("cli.ingest.as_of"))]
    name = Annotated[str, typer.Argument(help=say("cli.export.board"))]
    on = Annotated[datetime | None, typer.Option("--date", help=say("cli.export.date"))]
    form = Annotated[Format, typer.Option("--format", help=say("cli.export.format"))]
    output = Annotated[Path | None, typer.Option("--output", "-o", help=say("cli.export.output"))]

    def parse(files: files, json: as_json = False) -> None:
        documents.parse(files, json)

    def ingest(files: files, board: board = None, as_of: day = None) -> None:
        documents.ingest(files, board, as_of)

    def export(board: name, date: on = None, format: form = Format.MARKDOWN, output: output = None) -> None:
        documents.export(board, date, format, output)

    return {"parse": parse, "ingest": ingest, "export": export}


def keep_the_archive(console: Console) -> Verbs:
    """Return the verbs that fetch boards and keep the database."""
    say, upkeep = console.say, Upkeep(console)
    names = Annotated[list[str] | None, typer.Argument(metavar="BOARD", help=say("cli.refresh.boards"))]
    full = Annotated[bool, typer.Option("--full", help=say("cli.refresh.full"))]
    due = Annotated[bool, typer.Option("--due", help=say("cli.refresh.due"))]
    accept = Annotated[list[int] | None, typer.Option("--accept", help=say("cli.quarantine.accept"))]
    drop = Annotated[list[int] | None, typer.Option("--drop", help=say("cli.quarantine.drop"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]

    def refresh(boards: names = None, full: full = False, due: due = False, json: as_json = False) -> None:
        upkeep.refresh(boards or [], full, due, json)

    def quarantine(accept: accept = None, drop: drop = None, json: as_json = False) -> None:
        upkeep.quarantine(accept or [], drop or [], json)

    def upgrade() -> None:
        upkeep.upgrade()

    def doctor(json: as_json = False) -> None:
        from bot.verbs.doctor import Doctor  # only this verb needs what it looks with

        Doctor(console).examine(json)

    return {"refresh": refresh, "quarantine": quarantine, "upgrade": upgrade, "doctor": doctor}


def keep_backups(console: Console) -> Verbs:
    """Return the verbs that put the whole database into a file, and back."""
    say, backups = console.say, Backups(console)
    target = Annotated[Path, typer.Argument(metavar="FILE", help=say("cli.backup.file"))]
    source = Annotated[Path, typer.Argument(metavar="FILE", help=say("cli.restore.file"))]
    replace = Annotated[bool, typer.Option("--replace", help=say("cli.restore.replace"))]

    def backup(file: target) -> None:
        backups.back_up(file)

    def restore(file: source, replace: replace = False) -> None:
        backups.restore(file, replace)

    return {"backup": backup, "restore": restore}


def explain_names(console: Console) -> Verbs:
    """Return the verb that says what names mean."""
    say, naming = console.say, Names(console)
    names = Annotated[list[str] | None, typer.Argument(help=say("cli.resolve.names"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]
    explain = Annotated[bool, typer.Option("--explain", help=say("cli.resolve.explain"))]

    def resolve(names: names = None, json: as_json = False, explain: explain = False) -> None:
        naming.resolve(names or [], json, explain)

    return {"resolve": resolve}


def tell_news(console: Console) -> Verbs:
    """Return the verb that tells what changed."""
    say, news = console.say, News(console)
    board = Annotated[str | None, typer.Option("--board", help=say("cli.changes.board"))]
    older = Annotated[datetime | None, typer.Option("--from", help=say("cli.changes.from"))]
    newer = Annotated[datetime | None, typer.Option("--to", help=say("cli.changes.to"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]

    def changes(board: board = None, older: older = None, newer: newer = None, json: as_json = False) -> None:
        news.changes(board, older, newer, json)

    return {"changes": changes}


def review_of(console: Console) -> Callable[..., None]:
    """Return the verb that decides proposed renames."""
    say, naming = console.say, Names(console)
    accept = Annotated[list[int] | None, typer.Option("--accept", help=say("cli.review.accept"))]
    reject = Annotated[list[int] | None, typer.Option("--reject", help=say("cli.review.reject"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]

    def review(accept: accept = None, reject: reject = None, json: as_json = False) -> None:
        naming.review(accept or [], reject or [], json)

    return review


if __name__ == "__main__":
    main()
