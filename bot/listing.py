"""What the command line prints of parsed documents, stored tables and resolved names."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.texts import Language
from store.export import row_json, time_json
from store.fetches import FAILED
from store.ingest import Receipt
from store.models import Model, Resolution
from store.quarantine import Held
from store.renames import Proposal
from store.values import Parsed, Problem, Table

if TYPE_CHECKING:  # what refreshes is another process
    from store.refresh import Refreshed


def parsed_json(parsed: Parsed) -> dict[str, Any]:
    """Return a parsed document as JSON values; keys are null where the board has no such column."""
    return {
        "path": parsed.path,
        "tables": [table_json(table) for table in parsed.tables],
        "problems": [problem_json(problem) for problem in parsed.problems],
    }


def table_json(table: Table) -> dict[str, Any]:
    """Return a table as JSON values."""
    return {
        "board": table.board,
        "title": table.title,
        "score_label": table.score_label,
        "unit": table.unit,
        "as_of": time_json(table.as_of),
        "coverage": str(table.coverage),
        "rows": [row_json(row) for row in table.rows],
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON values."""
    return {
        "code": problem.code,
        "row": problem.row,
        "column": problem.column,
        "found": problem.found,
        "refused": problem.code.fatal,
    }


def resolution_json(resolution: Resolution) -> dict[str, Any]:
    """Return what a name stands for as JSON values."""
    model = resolution.model
    return {
        "query": resolution.query,
        "model": model_json(model) if model else None,
        "confidence": round(resolution.confidence, 3),
        "ambiguous": resolution.ambiguous,
        "suggestions": [each.name for each in resolution.alternatives],
    }


def model_json(model: Model) -> dict[str, Any]:
    """Return a model as JSON values."""
    return {"key": model.key, "name": model.name, "printed": list(model.printed)}


def problem_line(problem: Problem, language: Language) -> str:
    """Return a problem as a line: file, row, column, what is wrong and what was found."""
    place = problem.path if problem.row is None else f"{problem.path}:{problem.row}"
    said = language.say(f"problem.{problem.code}")
    if problem.column is not None:
        said = f"{said} {language.say('problem.column', column=problem.column)}"
    if problem.found is not None:
        said = f"{said} {language.say('problem.found', found=ascii_safe(problem.found))}"
    return f"{place}: {said}"


def ascii_safe(text: str, limit: int = 80) -> str:
    """Return `text` in quotation marks, with what a terminal could obey spelt out."""
    return repr(text if len(text) <= limit else text[:limit] + "…")


def receipt_line(receipt: Receipt, language: Language) -> str:
    """Return what became of a table as a line."""
    day = language.moment(receipt.as_of) if receipt.as_of else language.say("board.undated")
    rows = language.count("ingest.rows", receipt.rows)
    return f"{language.say(f'ingest.{receipt.outcome}')}  {receipt.board}  {day}  {rows}  {receipt.path}"


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """Return a proposed rename as JSON values."""
    return asdict(proposal)


def proposal_line(proposal: Proposal, language: Language) -> str:
    """Return a proposed rename as a line."""
    return language.say("aliases.proposal", **asdict(proposal))


def explanation(resolution: Resolution, language: Language) -> str:
    """Return why a name stands for what it does."""
    share = language.number(resolution.confidence, 2)
    return language.say("resolve.because", reason=language.say(f"because.{resolution.because}"), share=share)


def resolution_line(resolution: Resolution, language: Language) -> str:
    """Return what a name stands for as a line."""
    others = ", ".join(model.name for model in resolution.alternatives)
    if resolution.model is None:
        return language.say("resolve.none", query=resolution.query, others=others or "–")
    key = "resolve.ambiguous" if resolution.ambiguous else "resolve.one"
    return language.say(key, query=resolution.query, model=resolution.model.name, others=others)


def refreshed_line(refreshed: Refreshed, language: Language) -> str:
    """Return what a try of one source came to as a line."""
    told = {"board": refreshed.board, "source": f"{refreshed.live.upstream} {refreshed.live.name}"}
    if refreshed.code is not None:
        return language.say(
            "refresh.failed", reason=reason_text(refreshed.code, refreshed.found, language), **told
        )
    return language.say(f"refresh.{refreshed.outcome}", **told)


def refreshed_json(refreshed: Refreshed) -> dict[str, Any]:
    """Return what a try of one source came to as JSON values."""
    return {
        "board": refreshed.board,
        "upstream": refreshed.live.upstream,
        "outcome": FAILED if refreshed.code is not None else str(refreshed.outcome),
        "code": refreshed.code,
        "found": refreshed.found,
    }


def reason_text(code: str, found: str | None, language: Language) -> str:
    """Return why fetching or reading failed, with what was found."""
    said = language.say(code)
    return f"{said.rstrip('.。')} ({ascii_safe(found)})" if found else said


def held_line(held: Held, language: Language) -> str:
    """Return a page that was held back as a line."""
    return language.say(
        "quarantine.line",
        number=held.id,
        board=held.board,
        day=language.moment(held.as_of) if held.as_of else language.say("board.undated"),
        rows=language.count("ingest.rows", held.rows),
        reason=reason_text(f"problem.{held.code}", held.found, language),
        source=held.source,
    )


def held_json(held: Held) -> dict[str, Any]:
    """Return a page that was held back as JSON values."""
    times = {"as_of": time_json(held.as_of), "read_at": time_json(held.read_at)}
    return {**asdict(held), **times}
