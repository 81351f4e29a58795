"""What the command line prints of parsed documents, stored tables and resolved names."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.texts import Language
from store.ingest import Receipt
from store.models import Model, Resolution
from store.renames import Proposal
from store.values import Parsed, Problem, Row, Table


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


def row_json(row: Row) -> dict[str, Any]:
    """Return a row as JSON values; `low` and `high` are the interval's bounds, `price` that of output."""
    return {
        "position": row.position,
        "rank": row.rank,
        "rank_style_control": row.rank_style_control,
        "best": row.best,
        "worst": row.worst,
        "name": row.name,
        "score": row.score,
        "low": row.low,
        "high": row.high,
        "votes": row.votes,
        "organization": row.organization,
        "license": row.license,
        "cutoff": row.cutoff,
        "url": row.url,
        "price": row.price.output if row.price else None,
        "price_input": row.price.input if row.price else None,
        "currency": row.price.currency if row.price else None,
        "size": row.size,
        "context": row.context,
        "measures": {label: measure.value for label, measure in row.measures.items()},
        "intervals": {
            label: [measure.low, measure.high]
            for label, measure in row.measures.items()
            if measure.low is not None or measure.high is not None
        },
        "extras": dict(row.extras),
        "flags": sorted(row.flags),
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


def time_json(moment: datetime | None) -> str | None:
    """Return a time in UTC as ISO 8601, and a day alone where midnight stands for it."""
    if moment is None:
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.timestamp() % 86400 else f"{moment:%Y-%m-%d}"


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
