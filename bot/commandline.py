"""The verbs of the command line with their arguments and options.

A verb is imported when it is run: the bot need not hold, for weeks, what only the others need.
"""

from collections.abc import Callable
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from bot.verbs.console import Console

Verbs = dict[str, Callable[..., None]]


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
    say = console.say
    port = Annotated[int, typer.Option("--port", min=0, max=65535, help=say("cli.try.port"))]
    command = Annotated[str, typer.Argument(help=say("cli.ask.command"))]
    locale = Annotated[str | None, typer.Option("--locale", help=say("cli.ask.locale"))]
    picture = Annotated[Path | None, typer.Option("--picture", help=say("cli.ask.picture"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]
    questions = Annotated[list[str] | None, typer.Argument(help=say("cli.understand.questions"))]

    def run() -> None:
        from bot.verbs.ways_in import WaysIn

        WaysIn(console).run()

    def trial(port: port = console.settings.trial_port) -> None:
        from bot.verbs.ways_in import WaysIn

        WaysIn(console).trial(port)

    def ask(command: command, locale: locale = None, json: as_json = False, picture: picture = None) -> None:
        from bot.verbs.ways_in import WaysIn

        WaysIn(console).ask(command, locale, json, picture)

    def understand(questions: questions = None, json: as_json = False) -> None:
        from bot.verbs.questions import Questions

        Questions(console).understand(questions or [], json)

    return {"run": run, "try": trial, "ask": ask, "understand": understand}


def work_on_documents(console: Console) -> Verbs:
    """Return the verbs that read and write documents."""
    from store.export import Format

    say = console.say
    files = Annotated[list[Path], typer.Argument(help=say("cli.files"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]
    board = Annotated[str | None, typer.Option("--board", help=say("cli.ingest.board"))]
    day = Annotated[datetime | None, typer.Option("--as-of", help=say("cli.ingest.as_of"))]
    name = Annotated[str, typer.Argument(help=say("cli.export.board"))]
    on = Annotated[datetime | None, typer.Option("--date", help=say("cli.export.date"))]
    form = Annotated[Format, typer.Option("--format", help=say("cli.export.format"))]
    output = Annotated[Path | None, typer.Option("--output", "-o", help=say("cli.export.output"))]

    def parse(files: files, json: as_json = False) -> None:
        from bot.verbs.documents import Documents

        Documents(console).parse(files, json)

    def ingest(files: files, board: board = None, as_of: day = None) -> None:
        from bot.verbs.documents import Documents

        Documents(console).ingest(files, board, as_of)

    def export(board: name, date: on = None, format: form = Format.MARKDOWN, output: output = None) -> None:
        from bot.verbs.documents import Documents

        Documents(console).export(board, date, format, output)

    return {"parse": parse, "ingest": ingest, "export": export}


def keep_the_archive(console: Console) -> Verbs:
    """Return the verbs that fetch boards and keep the database."""
    say = console.say
    names = Annotated[list[str] | None, typer.Argument(metavar="BOARD", help=say("cli.refresh.boards"))]
    full = Annotated[bool, typer.Option("--full", help=say("cli.refresh.full"))]
    due = Annotated[bool, typer.Option("--due", help=say("cli.refresh.due"))]
    accept = Annotated[list[int] | None, typer.Option("--accept", help=say("cli.quarantine.accept"))]
    drop = Annotated[list[int] | None, typer.Option("--drop", help=say("cli.quarantine.drop"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]

    def refresh(boards: names = None, full: full = False, due: due = False, json: as_json = False) -> None:
        from bot.verbs.upkeep import Upkeep

        Upkeep(console).refresh(boards or [], full, due, json)

    def quarantine(accept: accept = None, drop: drop = None, json: as_json = False) -> None:
        from bot.verbs.upkeep import Upkeep

        Upkeep(console).quarantine(accept or [], drop or [], json)

    def upgrade() -> None:
        from bot.verbs.upkeep import Upkeep

        Upkeep(console).upgrade()

    def doctor(json: as_json = False) -> None:
        from bot.verbs.doctor import Doctor

        Doctor(console).examine(json)

    return {"refresh": refresh, "quarantine": quarantine, "upgrade": upgrade, "doctor": doctor}


def keep_backups(console: Console) -> Verbs:
    """Return the verbs that put the whole database into a file, and back."""
    say = console.say
    target = Annotated[Path, typer.Argument(metavar="FILE", help=say("cli.backup.file"))]
    source = Annotated[Path, typer.Argument(metavar="FILE", help=say("cli.restore.file"))]
    replace = Annotated[bool, typer.Option("--replace", help=say("cli.restore.replace"))]

    def backup(file: target) -> None:
        from bot.verbs.backups import Backups

        Backups(console).back_up(file)

    def restore(file: source, replace: replace = False) -> None:
        from bot.verbs.backups import Backups

        Backups(console).restore(file, replace)

    return {"backup": backup, "restore": restore}


def explain_names(console: Console) -> Verbs:
    """Return the verb that says what names mean."""
    say = console.say
    names = Annotated[list[str] | None, typer.Argument(help=say("cli.resolve.names"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]
    explain = Annotated[bool, typer.Option("--explain", help=say("cli.resolve.explain"))]

    def resolve(names: names = None, json: as_json = False, explain: explain = False) -> None:
        from bot.verbs.names import Names

        Names(console).resolve(names or [], json, explain)

    return {"resolve": resolve}


def tell_news(console: Console) -> Verbs:
    """Return the verb that tells what changed."""
    say = console.say
    board = Annotated[str | None, typer.Option("--board", help=say("cli.changes.board"))]
    older = Annotated[str | None, typer.Option("--from", metavar="DAY", help=say("cli.changes.from"))]
    newer = Annotated[str | None, typer.Option("--to", metavar="DAY", help=say("cli.changes.to"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]

    def changes(board: board = None, older: older = None, newer: newer = None, json: as_json = False) -> None:
        from bot.verbs.changes import News

        News(console).changes(board, older, newer, json)

    return {"changes": changes}


def review_of(console: Console) -> Callable[..., None]:
    """Return the verb that decides proposed renames."""
    say = console.say
    accept = Annotated[list[int] | None, typer.Option("--accept", help=say("cli.review.accept"))]
    reject = Annotated[list[int] | None, typer.Option("--reject", help=say("cli.review.reject"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]

    def review(accept: accept = None, reject: reject = None, json: as_json = False) -> None:
        from bot.verbs.names import Names

        Names(console).review(accept or [], reject or [], json)

    return review
