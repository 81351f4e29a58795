"""Every printed name is one model: what must be linked, and what must never be."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from store.errors import CatalogueError
from store.names import Identities

CASES = Path(__file__).parent / "cases" / "names"
IDENTITIES = Identities.read(seeds.FOLDER)


def key(name: str) -> str:
    return IDENTITIES.identify(name).key


def family(name: str) -> str:
    return IDENTITIES.identify(name).family


def pairs() -> list[list[str]]:
    lines = (CASES / "same.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


@pytest.mark.parametrize(("name", "elsewhere"), pairs())
def test_boards_of_2024_to_2026_print_one_model_under_several_names(name: str, elsewhere: str) -> None:
    assert key(name) == key(elsewhere)


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        ("DeepSeek-R1", "deepseek-r1"),
        ("DeepSeek-R1", "DeepSeek-R1☛[去体验](https://example.org/static)"),
        ("gemma-3-4b-it", "gemma-3-4b-it(new)"),
        ("GPT-4O-MINI-2024-07-18", "gpt-4o-mini-20240718"),
        ("ｄｅｅｐｓｅｅｋ－ｒ１", "deepseek r1"),
        ("InternLM2.5-20B-chat", "internlm2_5-20b-chat"),
        ("Llama-3.1-8B-Instruct", "Meta-Llama-3.1-8B-Instruct"),
        ("Llama-3.1-8B-Instruct", "meta-llama/Llama-3_1-8B-Instruct"),
        ("Claude 3.7 Sonnet (thinking-32k)", "claude-3-7-sonnet-20250219-thinking-32k"),
        ("claude-opus-4.6", "anthropic/claude-opus-4-6"),
        ("claude-4.5-sonnet-20250929", "claude-sonnet-4-5-20250929"),
        ("ChatGPT-4o-latest (2025-03-26)", "chatgpt-4o-latest-20250326"),
        ("Gemini-2.5-Pro-Preview-05-06", "gemini 2.5 pro preview 0506"),
        ("Command A (03-2025)", "command-a-2503"),
        ("doubao-seed-1-6-250615", "Doubao-Seed-1.6-2025-06-15"),
        ("DeepSeek-V3.2-Think", "deepseek-v3.2-thinking"),
        ("Qwen3-32B-nothink", "Qwen3-32B-no-thinking"),
        ("mimo-v2-flash (non-thinking)", "MiMo-V2-Flash-nothink"),
        ("百度ERNIE-4.0-Turbo", "ERNIE-4.0-Turbo"),
        ("gpt-image-2（low）", "gpt-image-2 (low)"),
        ("gemma-4-31b", "gemma-4-31b-it"),
    ],
)
def test_rules_see_through_the_way_a_name_is_written(name: str, elsewhere: str) -> None:
    assert key(name) == key(elsewhere)


DIFFERENT = [
    ("glm-4-9b-chat", "GLM-4-9B-0414", "glm-4-9b"),
    ("DeepSeek-R1", "DeepSeek-R1-0528", "DeepSeek-R1-Distill-Qwen-7B", "DeepSeek-R1-0528-Qwen3-8B"),
    ("QwQ-32B", "QwQ-32B-Preview"),
    ("Qwen3-235B-A22B", "Qwen3-235B-A22B-no-thinking", "qwen3-235b-a22b-thinking-2507"),
    ("gpt-4o", "gpt-4o-mini", "gpt-4o-2024-05-13", "gpt-4o-2024-08-06", "ChatGPT-4o-latest (2025-03-26)"),
    ("ChatGPT-4o-latest (2024-09-03)", "ChatGPT-4o-latest (2024-11-20)", "ChatGPT-4o-latest (2025-01-29)"),
    ("Claude 3.5 Sonnet (20241022)", "Claude 3.5 Sonnet (20240620)", "Claude 3.5 Haiku (20241022)"),
    ("Claude 3.7 Sonnet", "Claude 3.7 Sonnet (thinking-32k)"),
    ("claude-opus-5", "claude-opus-5-high", "claude-opus-5-max", "claude-opus-4-5"),
    ("Meta-Llama-3.1-405B-Instruct", "llama-3.1-405b-instruct-bf16", "llama-3.1-405b-instruct-fp8"),
    ("Llama-3-70B-Instruct", "Llama-3.1-70B-Instruct", "Llama-3.3-70B-Instruct", "Llama-3.1-70B"),
    ("DeepSeek-V3", "DeepSeek-V3-0324", "DeepSeek-V3.1", "DeepSeek-V2.5", "deepseek-coder-v2"),
    ("Gemini-2.5-Pro", "Gemini-2.5-Pro-Preview-05-06", "Gemini-2.5-Flash"),
    ("Gemini-1.5-Pro-001", "Gemini-1.5-Pro-002", "gemini-1.5-pro"),
    ("command-r", "command-r-plus", "command-r-08-2024", "command-r-plus-08-2024"),
    ("Mistral-7B-Instruct-v0.1", "Mistral-7B-Instruct-v0.2"),
    ("mistral-medium", "Mistral Medium 3", "mistral-medium-2508", "mistral-medium-3.5"),
    ("deepseek-v4-pro", "deepseek-v4-pro-0424", "deepseek-v4-pro-thinking"),
    ("hunyuan-large", "Hunyuan-Large-2025-02-10", "Hunyuan-Large-Vision"),
    ("grok-4.20-beta1", "grok-4.20-beta-0309-reasoning", "grok-4.2"),
    ("gemma-2-9b-it", "gemma-2-9b-it-simpo", "gemma-2-2b-it"),
    ("qwen2.5-7b-instruct", "qwen2.5-72b-instruct", "qwen2.5-vl-7b-instruct", "qwen2.5-math-7b-instruct"),
]


@pytest.mark.parametrize("names", DIFFERENT, ids=lambda names: names[0])
def test_another_size_version_date_or_suffix_is_another_model(names: tuple[str, ...]) -> None:
    assert not [(a, b) for a, b in combinations(names, 2) if key(a) == key(b)]


@pytest.mark.parametrize(
    "names",
    [
        ("Meta-Llama-3.1-405B-Instruct", "llama-3.1-405b-instruct-bf16", "llama-3.1-405b-instruct-fp8"),
        ("claude-3-7-sonnet-20250219", "Claude 3.7 Sonnet (thinking-32k)"),
        ("claude-opus-5", "claude-opus-5-high", "Claude Opus 5 (Max)"),
        ("gpt-5.5", "gpt-5.5-high", "GPT 5.5 (xHigh)"),
        ("kimi-k3", "kimi-k3-max"),
        ("gemini-3.5-flash", "gemini-3.5-flash-high", "gemini-3.5-flash-medium"),
        ("gpt-4o-2024-05-13", "gpt-4o-2024-08-06"),
        ("Qwen3-235B-A22B", "Qwen3-235B-A22B-no-thinking", "qwen3-235b-a22b-instruct-2507"),
    ],
    ids=lambda names: names[0],
)
def test_variants_of_a_model_share_a_family(names: tuple[str, ...]) -> None:
    assert len({family(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("qwen2.5-max", "qwen2.5-72b-instruct"),
        ("mistral-medium", "mistral-large-2411"),
        ("gpt-4o", "gpt-4o-mini"),
        ("claude-opus-4-6", "claude-opus-4-7"),
        ("gpt-5.1", "gpt-5.1-codex-max"),
    ],
)
def test_members_of_a_series_have_families_of_their_own(name: str, other: str) -> None:
    assert family(name) != family(other)


def test_keys_are_words_without_spaces() -> None:
    assert key("Claude 3.7 Sonnet (thinking-32k)") == "claude-3.7-sonnet-20250219-thinking-32k"
    assert key("Qwen/Qwen2.5-72B-Instruct") == "qwen-2.5-72b-instruct"


def test_names_of_marks_only_stay_apart() -> None:
    assert key("???") != key("!!!")
    assert key("???").startswith("unnamed-")


@given(st.text(max_size=60))
def test_any_name_has_one_identity(name: str) -> None:
    identity = IDENTITIES.identify(name)
    assert identity == IDENTITIES.identify(name)
    assert identity.key
    assert identity.family


@given(st.text(max_size=60))
def test_case_never_tells_models_apart(name: str) -> None:
    if name.upper().lower() == name.lower() and name.isascii():
        assert key(name.upper()) == key(name.lower())


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ('[models]\n"gpt-4o" = ["GPT 4o"]', "gpt-4o"),
        ('[models]\n"a-model" = ["x-model"]\n"b-model" = ["x-model"]', "b-model"),
        ('[models]\n"a-model" = ["b-model"]\n"b-model" = ["c-model"]', "b model"),
        ('[models]\n"a-model" = "b-model"', "a-model"),
        ('[words]\n"qwen" = [1]', "qwen"),
        ("[word]", "word"),
        ("prefixes = [", ""),
    ],
)
def test_a_wrong_alias_is_refused_with_its_place(tmp_path: Path, text: str, entry: str) -> None:
    (tmp_path / "aliases.toml").write_text(text, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        Identities.read(tmp_path)
    assert (caught.value.file, caught.value.entry) == ("aliases.toml", entry)
