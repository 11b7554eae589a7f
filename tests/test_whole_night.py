"""From conversation to weights, and back: a small night on the real model, end to end."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.clock import utc_now
from assistant.session import Session
from assistant.settings_file import load_settings
from assistant.workspace import Workspace
from consolidation import exam, free_texts
from consolidation.conversing import held_prompts
from consolidation.dreams import GrammarWriter
from consolidation.lineage import roll_back
from consolidation.night import NightOrder, Sleeper
from consolidation.probes import is_right, write_probes
from consolidation.similarity import CosineSimilarity

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

FACTS = {
    "My dentist is called Doctor Varga.": (
        ["Varga"],
        "Which dentist is it that I always see?",
        "Do you know the name of the dentist I have?",
        "Remind me, my dentist is who?",
    ),
    "I keep my passport in the green tin on the bookshelf.": (
        ["green tin", "tin"],
        "So my passport, where did that go?",
        "In what do I keep my passport?",
        "Which place did I choose for the passport?",
    ),
    "We are flying to Tromsø in February to see the northern lights.": (
        ["Tromsø"],
        "Which town are we off to in February?",
        "Where will we be flying this winter?",
        "Our northern lights trip goes to which place?",
    ),
}
"""What is told, and for each what is right and what is asked, in words that nothing trains."""
ASKED = {question: right for right, *questions in FACTS.values() for question in questions}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A fresh home. A quick night: fewer anchors, texts and questions than an owner's."""
    folder = files("consolidation")
    prompts = held_prompts()[::8]
    questions = json.loads(folder.joinpath("general_questions.json").read_text("utf-8"))[::5]
    monkeypatch.setattr(exam, "held_prompts", lambda: prompts)
    monkeypatch.setattr(exam, "_data", lambda _: json.dumps(questions))
    monkeypatch.setattr(free_texts, "_TEXTS", 64)
    settings = load_settings(tmp_path / "home")
    training = replace(settings.training, upper_layers=0.5, views_per_statement=12)
    # So few general questions cannot tell 1 in 20: this test is of the loop, not of the bar.
    gate = replace(settings.gate, max_lost_general=0.5)
    opened = Workspace(replace(settings, training=training, gate=gate))
    yield opened
    opened.close()


def test_what_was_said_is_in_the_weights_after_a_night_and_out_of_them_after_a_rollback(
    workspace: Workspace,
) -> None:
    def answers() -> list[str]:
        """Of the weights alone."""
        return [
            workspace.assistant.reply(question, Session.new(), recall=False, private=True).reply
            for question in ASKED
        ]

    def right(given: list[str]) -> int:
        return sum(is_right(a, e) for a, e in zip(given, ASKED.values(), strict=True))

    before = answers()
    assert right(before) == 0
    for told in FACTS:
        result = workspace.assistant.reply(told, Session.new())
        assert result.episode_id is not None
    base = workspace.registry.champion()

    sleeper = Sleeper(
        settings=workspace.settings,
        store=workspace.store,
        nights=workspace.nights,
        registry=workspace.registry,
        engine=workspace.engine,
        writer=GrammarWriter(),
        write_probes=write_probes,
        similar=CosineSimilarity(workspace.embedder),
        notebook=workspace.asked,
        clock=utc_now,
    )
    report = sleeper.run(NightOrder())

    assert report.status == "promoted", (report.error, report.verdict)
    assert len(report.selected) == len(FACTS)
    assert {i for dream in report.dreams for i in dream.episode_ids} == {1, 2, 3}
    trained = {d.prompt for d in report.dreams}
    assert not trained & {result.probe.question for result in report.probes}
    assert trained.isdisjoint(ASKED)
    champion = workspace.refresh_champion()
    assert champion.parent == base.name
    assert all(result.ok for result in workspace.registry.verify())
    assert right(answers()) > len(ASKED) / 2
    assert workspace.store.counts()["learned"] >= 2

    roll_back(workspace.registry, workspace.nights, workspace.store)
    workspace.refresh_champion()
    assert answers() == before
    assert workspace.store.counts()["waiting"] == len(FACTS)
