"""From the parts of a question to the command that answers it, or to None."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.asking.asked import Asked
from bot.asking.days import Moment, Role
from bot.asking.mentions import options_of
from bot.asking.understood import Understood

_MOST_MODELS = 5
"""That `/history` takes; `/compare` takes as many as it has ordinals."""
_ORDINALS = ("first", "second", "third", "fourth")


def decide(asked: Asked) -> Understood | None:
    """Return the command for a question; None where it asks nothing that the boards answer."""
    names = list(options_of(asked.mentions))
    if asked.beyond or "beyond" in asked.roles or ("chore" in asked.roles and not asked.wants("top")):
        return None
    if names and _elsewhere(asked):
        return None
    if names and _only_vendors(asked):
        return _top(asked)
    if len(names) > 1:
        return _about_several(asked, names[:_MOST_MODELS])
    if names:
        return _about_one(asked, names[0])
    return next((found for rule in _RULES if (found := rule(asked))), None)


def _elsewhere(asked: Asked) -> bool:
    """Tell whether names stand there by chance: nothing is asked, or they are vendors of other things."""
    known = any(each.resolution.model for each in asked.mentions)
    model = any(not each.vendor for each in asked.mentions)
    asks = asked.cues if model else asked.wants("rank", "compare", "history")
    return asked.foreign and not (known and (asks or (model and asked.weight <= 2)))


def _only_vendors(asked: Asked) -> bool:
    """Tell whether every name may as well be a vendor's, and the best of theirs is asked for."""
    asks = asked.wants("top") or asked.topical
    several = "several" in asked.roles or _of_vendor(asked)
    others = asked.wants("history", "overtook") or (asked.wants("rank", "compare") and not several)
    return all(each.vendor for each in asked.mentions) and bool(asks) and not others


def _of_vendor(asked: Asked) -> bool:
    """Tell whether a ranking of a vendor's models is asked for: 阿里法律排名."""
    some = asked.fields or asked.traits or "matter" in asked.roles
    return bool(some) and asked.wants("leaderboard") and "strict" not in asked.roles


def _about_several(asked: Asked, names: list[str]) -> Understood | None:
    if asked.wants("history"):
        models = {"model" if at == 1 else f"model{at}": name for at, name in enumerate(names, 1)}
        return Understood("history", models | _board(asked) | _since(asked))
    if asked.wants("overtook") and asked.moment:
        return Understood("changes", _board(asked) | _since(asked))
    if asked.stray and not asked.cues:
        return None
    return Understood("compare", dict(zip(_ORDINALS, names, strict=False)) | _date(asked))


def _about_one(asked: Asked, name: str) -> Understood | None:
    since = asked.moment and asked.moment.role in (Role.SINCE, Role.SPAN)
    if asked.wants("overtook"):
        return Understood("changes", _board(asked) | _since(asked))
    if asked.wants("compare") and {"join", "generic"} <= asked.roles:  # "gemini 2.5 pro and flash"
        return None
    if asked.wants("beats") and any(each.trait.filter.openness for each in asked.traits):
        return _top(replace(asked, mentions=()))  # "an open model that beats gpt-4o"
    if asked.wants("history", "changes", "moves") or since:
        return Understood("history", {"model": name} | _board(asked) | _since(asked))
    if asked.wants("model", "repriced") or (asked.wants("profile", "value") and not asked.wants("rank")):
        return Understood("model", {"model": name})
    if asked.stray and not asked.wants("rank", "top", "compare"):
        return None
    return Understood("rank", {"model": name} | _board(asked) | _date(asked))


def _about(asked: Asked) -> Understood | None:
    plain = not (asked.strays or asked.fields or asked.wants("top", "value", "changes"))
    return Understood("about") if plain and asked.wants("about") else None


def _value(asked: Asked) -> Understood | None:
    if not asked.wants("value") or asked.stray or asked.foreign or not (asked.topical or asked.weight <= 1):
        return None
    return Understood("value", _field(asked) or _board_as_field(asked))


def _boards(asked: Asked) -> Understood | None:
    some = asked.limits or asked.traits or asked.count
    return Understood("boards") if asked.wants("boards") and len(asked.strays) < 2 and not some else None


def _changes(asked: Asked) -> Understood | None:
    fresh = "fresh" in asked.roles
    between = asked.moment and asked.wants("compare")  # "the difference between june and july"
    told = fresh or between or asked.wants("changes", "overtook", "moves", "repriced")
    asks = asked.topical or asked.moment or not asked.strays
    other = asked.foreign and not asked.wants("changes", "overtook", "moves", "repriced")
    if not told or asked.stray or not asks or other or (asked.aimed and not asked.sure):
        return None
    best = asked.wants("top") and (fresh or ("subject" in asked.roles and not asked.moment))
    dated = asked.moment is not None and asked.moment.ago is None  # which `new` cannot say
    some = fresh and (asked.traits or asked.limits) and not dated
    if (best or some) and not asked.wants("moves"):
        return None
    return Understood("changes", _board(asked) | _since(asked))


def _best(asked: Asked) -> Understood | None:
    wanted = asked.wants("top", "leaderboard") or asked.count or asked.limits or asked.traits or asked.fields
    wanted = wanted or (asked.boards and not (asked.cues or asked.strays))
    if not wanted or asked.stray or asked.foreign or (asked.strays and not asked.topical):
        return None
    if "praise" in asked.roles and not asked.topical and not asked.moment:
        return None
    facts = asked.wants("model") and not asked.traits  # "open" asks for open models too
    other = facts or asked.wants("rank", "history", "compare")
    if other and asked.strays and not asked.wants("top"):
        return None
    sure = asked.wants("top") or asked.limits or asked.count or "subject" in asked.roles
    if asked.strays and not sure and (asked.fields or not asked.aimed):
        return None
    return _top(asked)


def _unknown(asked: Asked) -> Understood | None:
    """Return the question for a model that nobody knows, so that it is said."""
    vendors = [each.typed for each in asked.traits if each.trait.filter.vendors]
    names = vendors or ([] if asked.stray else list(asked.strays))
    strict = "strict" in asked.roles or (vendors and asked.wants("rank", "model", "history"))
    if not names or not strict or asked.wants("top"):
        return None
    return _about_one(asked, " ".join(names))


def _top(asked: Asked) -> Understood:
    options = (_field(asked) | _board(asked)) if asked.fields else _board_as_field(asked)
    aimed = [word for word in asked.aimed if word.isalpha()]  # "on a 4090" is no field
    if aimed and not options:
        options = {"field": " ".join(aimed)}
    if asked.count is not None:
        options["count"] = str(asked.count)
    options |= _date(asked) | _filters(asked)
    return Understood("top", options)


def _filters(asked: Asked) -> dict[str, str]:
    vendors = [each.typed for each in asked.traits if each.trait.filter.vendors]
    vendors += [each.text for each in asked.mentions]
    kinds = [each.trait.filter.openness for each in asked.traits if each.trait.filter.openness]
    limits, found = asked.limits, {}
    if vendors:
        found["vendor"] = ", ".join(dict.fromkeys(vendors))
    if len(set(kinds)) == 1:  # "open or proprietary" leaves it open
        found["openness"] = str(kinds[0])
    if limits.size is not None:
        found["max-size"] = f"{limits.size:g}B"
    if limits.price is not None:
        found["max-price"] = f"{'$' if limits.price.currency == 'USD' else '¥'}{limits.price.amount:g}"
    if "fresh" in asked.roles:
        found["new"] = f"{asked.moment.ago}d" if asked.moment and asked.moment.ago else "yes"
    return found


def _field(asked: Asked) -> dict[str, str]:
    return {"field": asked.fields[0]} if asked.fields else {}


def _board_as_field(asked: Asked) -> dict[str, str]:
    return {"field": asked.boards[0]} if asked.boards else {}


def _board(asked: Asked) -> dict[str, str]:
    return {"board": asked.boards[0]} if asked.boards else {}


def _since(asked: Asked) -> dict[str, str]:
    return {"since": asked.moment.since} if asked.moment else {}


def _date(asked: Asked) -> dict[str, str]:
    """Return the day as of which is asked, where it is over."""
    moment: Moment | None = asked.moment
    over = moment is not None and moment.role not in (Role.NOW, Role.SPAN) and "fresh" not in asked.roles
    return {"date": moment.day.isoformat()} if over and moment is not None else {}


_Rule = Callable[[Asked], Understood | None]
_RULES: tuple[_Rule, ...] = (_about, _value, _boards, _unknown, _changes, _best)
