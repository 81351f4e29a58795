"""The command line `bangdan`: `bangdan --help` lists the verbs; a mistake ends with 2, a refusal with 1.

A refresh that another process is at already ends with 3.
"""

import sys
from typing import NoReturn

from bot.replies.marks import printable
from bot.settings import WrongSettings, read_settings
from bot.texts import Texts
from bot.verbs.console import MISUSED, REFUSED, Console
from store.errors import CatalogueError, DatabaseOccupied, DatabaseUnavailable, DocumentError, UnknownBoard


def main() -> None:
    """Read the settings and run the verb of the command line."""
    texts = Texts.load()
    try:
        console = Console(read_settings(), texts)
    except UnicodeDecodeError:
        stop(texts.source.say("settings.encoding"), MISUSED)
    except WrongSettings as wrong:
        for each in wrong.problems:
            reason = texts.source.say(each.key, **each.values)
            print(texts.source.say("settings.wrong", setting=each.setting, reason=reason), file=sys.stderr)
        sys.exit(MISUSED)
    try:
        run_verb(console)
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


def run_verb(console: Console) -> None:
    """Run the verb that was typed; the bot alone does so without making the others."""
    if sys.argv[1:] == ["run"]:
        from bot.verbs.ways_in import WaysIn

        WaysIn(console).run()
    else:
        from bot.commandline import build_app

        build_app(console)()


def stop(sentence: str, code: int = REFUSED) -> NoReturn:
    """Say why there is no result, and end with `code`."""
    print(printable(sentence), file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
