"""The models that any text names: all that are named for sure, and never another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk import Desk
from bot.spotting import Spotter
from tests.databases import SqliteMaker


@pytest.fixture(scope="module")
def spotter(sqlite_maker: SqliteMaker) -> Spotter:
    with sqlite_maker.archive() as archive:
        return Spotter(Desk(archive))


def found_in(spotter: Spotter, text: str) -> list[str]:
    return [each.model.name for each in spotter.spot(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I think qwq-32b beats DeepSeek R1.", ["QwQ-32B", "DeepSeek-R1"]),
        ("Claude Opus 4 (20250514) vs gemini 2.5 pro!", ["Claude Opus 4 (20250514)", "Gemini-2.5-Pro"]),
        ("用qwq-32b和通义千问2.5-72B比", ["QwQ-32B", "Qwen2.5-72B-Instruct"]),
        ("1. QwQ-32B 1333\n2. DeepSeek-R1 1374 +3/-5", ["QwQ-32B", "DeepSeek-R1"]),
        ("|**Gemma-3-27B-it**|`glm-4-plus`|", ["Gemma-3-27B-it", "GLM-4-Plus"]),
        ("Qwen/QwQ-32B, deepseek/deepseek-r1:free", ["QwQ-32B", "DeepSeek-R1"]),
        (
            "OpenAI GPT-4.1 mini, Meta Llama-3.1-405B",
            ["GPT-4.1-mini-2025-04-14", "Meta-Llama-3.1-405B-Instruct"],
        ),
        ("Nemotron Llama 3.1 70B", ["Llama-3.1-Nemotron-70B-Instruct"]),
        ("o3 beats o1 and o3-mini-high", ["o3-2025-04-16", "o1-2024-12-17", "o3-mini-high"]),
        ("hunyuan-large is here", ["hunyuan-large"]),
        ("Command R+ (04-2024)", ["Command R+ (04-2024)"]),
        ("ＱｗＱ－３２Ｂ", ["QwQ-32B"]),
        ("QwQ-32B, qwq 32b, QWQ-32B", ["QwQ-32B"]),
        ("GPT-4.1 3 times", ["GPT-4.1-2025-04-14"]),
    ],
)
def test_models_that_are_named_are_found_once_and_in_order(
    spotter: Spotter, text: str, names: list[str]
) -> None:
    assert found_in(spotter, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "step 2: run the command r to get a solar panel",
        "Step 3 mini courses, nova 2, hermes 3, my falcon 9 rocket",
        "We ate 3 llamas and 4 gemini horoscopes; claude said 3.5 things",
        "the mini was fast, pro max 4 high, preview 2.5, a large 70b",
        "I have a 4090; the R1 stage of the V3 engine; an O1 visa",
        "asked Claude 4 times, llama 3 people, claude 4次",
        "gpt-9 and gpt-4o-turbo-2025 and llama 3.3 700b and deepseek v3 0101",
        "豆包 1.5 倍、小米14 Pro、百度、深度学习 3、文心4.5",
        "https://huggingface.co/Qwen/QwQ-32B <@123> <:qwq_32b:1234567890> <t:1700000000:R>",
        "Gemini Pro, Mistral Medium and Claude and GPT",
        "phone: 4-0314, v1.5, 2024-08-06, 7b",
        "qwq-32x gpt4oo clade-3-opus deepsek-r1",
    ],
)
def test_what_names_no_model_for_sure_is_left_alone(spotter: Spotter, text: str) -> None:
    assert found_in(spotter, text) == []


def test_a_longer_name_is_never_cut_down_to_a_shorter_one(spotter: Spotter) -> None:
    assert found_in(spotter, "GPT-4o (mini is worse)") == ["GPT-4o-2024-05-13"]
    assert found_in(spotter, "GPT-4o mini") == ["GPT-4o-mini-2024-07-18"]
    assert found_in(spotter, "QwQ-32B-Preview") == ["QwQ-32B-Preview"]
    assert found_in(spotter, "QwQ-32B-Ultra") == []


def test_an_ambiguous_name_is_marked_as_such(spotter: Spotter) -> None:
    first, second = spotter.spot("gpt-4o or qwq-32b")
    assert first.ambiguous
    assert first.typed == "gpt-4o"
    assert not second.ambiguous


def test_every_printed_name_with_a_figure_is_found_as_itself(spotter: Spotter) -> None:
    """A list of all models, as boards print them, is read without a wrong one; the few it skips are vague."""
    models = spotter._desk.reference.models.values()
    names = [each.name for each in models if any(mark.isdigit() for mark in each.name)]
    missed = 0
    for name in names:
        found = found_in(spotter, f"I like {name}, really.")
        assert found in ([name], []), name
        missed += not found
    assert missed <= len(names) * 0.05


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_no_text_makes_it_fail(spotter: Spotter, text: str) -> None:
    spotter.spot(text)
    spotter.spot(f"qwq-32b {text}")
