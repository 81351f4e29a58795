"""The command line `bangdan`: `bangdan --help` lists the verbs; a mistake ends with 2, a refusal with 1."""

import sys
from collections.abc import Callable
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError

from bot.commandline import MISUSED, REFUSED, CommandLine
from bot.settings import Settings
from bot.texts import Texts
from store.errors import CatalogueError, DatabaseUnavailable, DocumentError, UnknownBoard

Verbs = dict[str, Callable[..., None]]


def main() -> None:
    """Read the settings and run the verb of the command line."""
    texts = Texts.load()
    try:
        line = CommandLine(Settings(), texts)
    except UnicodeDecodeError:
        stop(texts.source.say("settings.encoding"), MISUSED)
    except ValidationError as error:
        for each in error.errors(include_input=False, include_url=False, include_context=False):
            setting = ".".join(map(str, each["loc"]))
            print(texts.source.say("settings.wrong", setting=setting, reason=each["msg"]), file=sys.stderr)
        sys.exit(MISUSED)
    try:
        build_app(line)()
    except DatabaseUnavailable as error:
        stop(line.say("database.unavailable", place=error.place, reason=error.reason))
    except UnknownBoard as error:
        stop(line.say("board.unknown", board=error.key), MISUSED)
    except CatalogueError as error:
        stop(line.say("catalogue.wrong", file=error.file, entry=error.entry, detail=error.detail))
    except DocumentError as error:  # a shipped seed that cannot be read
        line.tell(error.problems)
        sys.exit(REFUSED)


def stop(sentence: str, code: int = REFUSED) -> NoReturn:
    """Say why there is no result, and end with `code`."""
    print(sentence, file=sys.stderr)
    sys.exit(code)


def build_app(line: CommandLine) -> typer.Typer:
    """Return the verbs with their options, described in the language of the settings."""
    say = line.say
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
    for verb, call in (ways_in(line) | work_on_data(line)).items():
        app.command(verb, help=say(f"cli.{verb}"))(call)
    aliases = typer.Typer(help=say("cli.aliases"), no_args_is_help=True)
    aliases.callback()(lambda: None)
    aliases.command("review", help=say("cli.review"))(review_of(line))
    app.add_typer(aliases, name="aliases")
    return app


def ways_in(line: CommandLine) -> Verbs:
    """Return the verbs that put questions to the bot: Discord, a browser, a terminal."""
    say = line.say
    port = Annotated[int, typer.Option("--port", min=0, max=65535, help=say("cli.try.port"))]
    command = Annotated[str, typer.Argument(help=say("cli.ask.command"))]
    locale = Annotated[str | None, typer.Option("--locale", help=say("cli.ask.locale"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]

    def run() -> None:
        line.run()

    def trial(port: port = line.settings.trial_port) -> None:
        line.trial(port)

    def ask(command: command, locale: locale = None, json: as_json = False) -> None:
        line.ask(command, locale, json)

    return {"run": run, "try": trial, "ask": ask}


def work_on_data(line: CommandLine) -> Verbs:
    """Return the verbs that work on documents, names and the database."""
    say = line.say
    files = Annotated[list[Path], typer.Argument(help=say("cli.files"))]
    as_json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]
    board = Annotated[str | None, typer.Option("--board", help=say("cli.ingest.board"))]
    day = Annotated[datetime | None, typer.Option("--as-of", help=say("cli.ingest.as_of"))]
    names = Annotated[list[str] | None, typer.Argument(help=say("cli.resolve.names"))]
    explain = Annotated[bool, typer.Option("--explain", help=say("cli.resolve.explain"))]

    def parse(files: files, json: as_json = False) -> None:
        line.parse(files, json)

    def ingest(files: files, board: board = None, as_of: day = None) -> None:
        line.ingest(files, board, as_of)

    def resolve(names: names = None, json: as_json = False, explain: explain = False) -> None:
        line.resolve(names or [], json, explain)

    def upgrade() -> None:
        line.upgrade()

    return {"parse": parse, "ingest": ingest, "resolve": resolve, "upgrade": upgrade}


def review_of(line: CommandLine) -> Callable[..., None]:
    """Return the verb that decides proposed renames."""
    accept = Annotated[list[int] | None, typer.Option("--accept", help=line.say("cli.review.accept"))]
    reject = Annotated[list[int] | None, typer.Option("--reject", help=line.say("cli.review.reject"))]
    as_json = Annotated[bool, typer.Option("--json", help=line.say("cli.json"))]

    def review(accept: accept = None, reject: reject = None, json: as_json = False) -> None:
        line.review(accept or [], reject or [], json)

    return review


if __name__ == "__main__":
    main()
