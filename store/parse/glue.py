"""Vendors and licences that pages print straight before or behind a name, without a space.

`Anthropicclaude-opus-4-6Anthropic · Proprietary`: the text of a logo, the name, vendor · licence.
Since 2026-07 rows of unknown vendors end in the bare licence: `intellect-3MIT`. The logos are in the
catalogue (`glued`); only some vendors' have a text, and fewer with time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from store.boards import Catalogue

_SEPARATOR = " · "
_LICENSES = (
    "Proprietary", "Propretary", "MIT", "Modified MIT", "Apache 2.0", "Apache-2.0", "Other", "Open", "MRL",
    "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", "Non-commercial", "Jamba Open",
    "Llama 2 Community", "Llama 3 Community", "Llama 3.1 Community", "Llama 3.1", "Llama 3.2", "Llama-3.3",
    "Llama 3.2 Community", "Llama 3.3 Community", "Llama 3.3", "Llama 4", "Llama 4 Community",
    "Gemma license", "Gemma License", "Open Weights", "Apache License 2.0", "CC BY 4.0", "CC BY-NC 4.0",
    "Qianwen LICENSE", "DeepSeek License", "Yi License", "DBRX LICENSE",
    "Falcon-180B TII License", "AI2 ImpACT Low-risk", "NexusFlow", "Mistral Research", "Nvidia Open",
    "Nvidia Open Model", "NVIDIA Open Model", "OpenMDW-1.1", "MiniMax Community License", "Kimi K3 license",
    "tencent-hunyuan-community", "CogVLM2",
)  # fmt: skip
"""Licences that a row without vendor may end in."""

_FAMILIES = ("Llama", "Gemma", "Qwen", "DeepSeek", "Nvidia")
"""Licences that are also a usual end of names: `CodeLlama`."""

# Names on these pages are in small letters, so what a capital begins is none of theirs any more; behind
# a bracket it is not in any case.
_OTHER_LICENSE = re.compile(r"(?:[a-z0-9][a-z0-9._\- ():]*(?<![._\- (:])|.*\))([A-Z][A-Za-z0-9._\- ]*)")
_LONGEST_WORD = 24
# A word that a capital interrupts after a small letter, a digit, a bracket or a size such as 14B.
_SEAM = re.compile(r"(?<=[a-z0-9)])(?=[A-Z])(?!(?<=\d)[BM][A-Z][a-z])|(?<=\d[BM])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Unglued:
    """A name with the vendor and licence that stuck to it."""

    name: str
    organization: str | None = None
    license: str | None = None


class Glue:
    """What can stick to the names of one Arena table; `names` are its name cells.

    A table that is `bare` has no columns of vendors and licences: those stand behind the names.
    """

    def __init__(self, catalogue: Catalogue, names: Iterable[str], bare: bool = False) -> None:
        vendors = catalogue.organizations
        self._catalogue = catalogue
        self._vendors = _Ends(word for vendor in vendors.values() for word in vendor.words)
        self._licenses = _Ends(_LICENSES)
        self._families = _Ends(_FAMILIES)
        self._logos = {logo: key for key, vendor in vendors.items() for logo in vendor.glued}
        self._fronts = tuple(sorted(self._logos, key=len, reverse=True))
        cells = tuple(names)
        self._glued = any(_SEPARATOR in cell for cell in cells)
        self._logoed = self._glued or any(map(self._shows_logo, cells))
        self._bare = bare

    def part(self, text: str, organization: str | None, linked: bool = False) -> Unglued:
        """Return the name in `text` alone.

        `organization` is what the vendor's own column says, if there is one; nothing but a vendor
        and its licence sticks behind a `linked` name.
        """
        found = Unglued(text)
        if _SEPARATOR in text:
            found = self._part_vendor(text)
        elif (self._glued or self._bare) and organization is None and not linked:
            found = self._part_license(text)
        vendor = found.organization or organization
        return Unglued(self._strip_logo(found.name, vendor), found.organization, found.license)

    def _part_vendor(self, text: str) -> Unglued:
        body, _, license = text.partition(_SEPARATOR)
        vendor = self._vendors.longest(body) or _repeated_vendor(body) or _guess_vendor(body)
        return Unglued(body.removesuffix(vendor).rstrip(), vendor or None, license.strip() or None)

    def _part_license(self, text: str) -> Unglued:
        license = self._licenses.longest(text)
        if self._glued and not license:
            family = self._families.longest(text)
            match = _OTHER_LICENSE.fullmatch(text)
            if family and _ends_a_name(text.removesuffix(family)):
                license = family
            elif match:
                license = match[1]
        return Unglued(text.removesuffix(license), None, license or None)

    def _strip_logo(self, text: str, vendor: str | None) -> str:
        if text.startswith(self._fronts):
            for logo in self._fronts:
                if text.startswith(logo) and self._is_logo(logo, text[len(logo) :], vendor):
                    return text[len(logo) :]
        known = self._catalogue.organization_of(vendor)
        others = [word for word in (known.words if known else ()) if text.startswith(word)]
        own = next((name for name in (*_logos_of(vendor), *others) if _is_glued(text, name)), "")
        return text[len(own or _doubled(text)) :]

    def _is_logo(self, logo: str, rest: str, vendor: str | None) -> bool:
        """Tell whether `logo` is glued to `rest`; before a capital only where the page has logos at all."""
        known = self._catalogue.organization_of(vendor)
        if known is not None and known.key != self._logos[logo]:
            return False
        return rest[:1].islower() or (self._logoed and rest[:1].isalpha())

    def _shows_logo(self, cell: str) -> bool:
        """Tell whether `cell` is surely a logo and a name: a capital's word runs on in small letters."""
        return any(cell.startswith(logo) and cell[len(logo) :][:1].islower() for logo in self._fronts)


class _Ends:
    """Texts that may end another, looked up by length."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = frozenset(texts)
        self._lengths = sorted({len(text) for text in self._texts}, reverse=True)

    def longest(self, text: str) -> str:
        """Return the longest of the texts that ends `text` and sticks to what is before it, or ''."""
        for length in self._lengths:
            if length < len(text) and text[-length:] in self._texts and text[-length - 1] not in " -_/.·":
                return text[-length:]
        return ""


def _guess_vendor(body: str) -> str:
    """Return the vendor at the end of `body` when the catalogue does not know it.

    The last word with a seam is where it begins: `trinity-largeArcee AI`, `DeepSeek V4NewVendor`.
    """
    for start in reversed([0, *(match.end() for match in re.finditer(r"\s", body))]):
        word = body[start:].partition(" ")[0]
        seam = _SEAM.search(word, max(word.rfind(")"), 0))
        if seam:
            return body[start + seam.start() :]
    return ""


def _repeated_vendor(body: str) -> str:
    """Return the vendor that stands at both ends of `body`, as logo (`ReflectionAI`) and as text, else ''."""
    for length in range(len(body) // 2, 2, -1):
        rest = body[length:].lstrip(" ").removeprefix("AI")
        if body.endswith(body[:length]) and body[:1].isupper() and rest[:1].islower():
            return body[:length]
    return ""


def _ends_a_name(text: str) -> bool:
    """Tell whether a name can end here, before the capital of a licence."""
    return text.islower() or text[-1:].isdigit() or text.endswith(")")


def _logos_of(vendor: str | None) -> tuple[str, ...]:
    if not vendor:
        return ()
    joined = vendor.replace(" ", "")
    return f"{vendor} AI", vendor, joined + "AI", joined, vendor.split()[0]


def _is_glued(text: str, logo: str) -> bool:
    """Tell whether `logo`, a name of the vendor, is glued in front of `text`; logos have a capital.

    Only a small letter or the same word again may follow: `Mistralmistral-large`, not `DeepSeekMath`.
    """
    front, rest = text[: len(logo)], text[len(logo) :]
    if front.casefold() != logo.casefold() or front == front.lower():
        return False
    return rest[:1].islower() or bool(rest and rest.casefold().startswith(logo.casefold()))


def _doubled(text: str) -> str:
    """Return the word in front of `text` that stands there twice, the first with a capital, else ''."""
    if not text[:1].isupper():
        return ""
    folded = text.casefold()
    for length in range(3, min(len(text) // 2, _LONGEST_WORD) + 1):
        if folded[:length] == folded[length : 2 * length] and text[:length].isalpha():
            return text[:length]
    return ""
