"""The gate promotes what learned the new and kept the old, and says why in plain sentences."""

import pytest

from assistant.settings import GateSettings
from consolidation.gate import decide
from memory.records import Probe, ProbeGroup, ProbeResult

SETTINGS = GateSettings(min_acquired=0.5, max_lost_old=0.05, max_lost_general=0.05)


def results(group: ProbeGroup, *marks: str) -> list[ProbeResult]:
    """One result for each mark, such as "-+": wrong before, right after."""
    made = []
    for number, (before, after) in enumerate(marks):
        probe = Probe(f"{group} {number}?", ("yes",), group, (number + 1,))
        made.append(ProbeResult(probe, "an answer", before == "+", "an answer", after == "+"))
    return made


def test_candidate_that_learned_and_kept_everything_is_promoted() -> None:
    verdict = decide(
        results("new", "-+", "-+", "--") + results("old", "++") + results("general", "++", "++"),
        SETTINGS,
    )
    assert verdict.promotes
    assert verdict.reasons == (
        "It answered 2 of 3 questions on the new facts (0 before).",
        "It lost 0 of 1 older facts that were right before.",
        "It lost 0 of 2 general questions that were right before.",
    )


def test_candidate_that_learned_too_little_is_not_promoted() -> None:
    verdict = decide(results("new", "-+", "--", "--"), SETTINGS)
    assert not verdict.promotes
    assert verdict.reasons == (
        "It answered 1 of 3 questions on the new facts; at least 50% are asked for.",
    )


def test_exactly_the_share_that_is_asked_for_is_enough() -> None:
    assert decide(results("new", "-+", "--"), SETTINGS).promotes


@pytest.mark.parametrize(("share", "of"), [(0.55, 20), (0.07, 100), (0.1, 30), (0.7, 10)])
def test_a_share_that_binary_fractions_miss_is_met_all_the_same(share: float, of: int) -> None:
    enough = round(share * of)
    settings = GateSettings(min_acquired=share)
    assert decide(results("new", *["-+"] * enough, *["--"] * (of - enough)), settings).promotes
    fewer = results("new", *["-+"] * (enough - 1), *["--"] * (of - enough + 1))
    assert not decide(fewer, settings).promotes


def test_candidate_that_knows_no_more_than_the_live_model_is_not_promoted() -> None:
    verdict = decide(results("new", "++", "+-", "-+"), SETTINGS)
    assert not verdict.promotes
    assert verdict.reasons[0] == (
        "It answered 2 of 3 questions on the new facts; the live model answers 2 already."
    )


@pytest.mark.parametrize("group", ["old", "general"])
def test_candidate_that_forgets_is_not_promoted(group: ProbeGroup) -> None:
    verdict = decide(results("new", "-+") + results(group, "++", "+-", "+-"), SETTINGS)
    assert not verdict.promotes
    named = {"old": "older facts", "general": "general questions"}[group]
    assert verdict.reasons == (
        f"It lost 2 of 3 {named} that were right before; at most 1 may be lost.",
        "It answered 1 of 1 questions on the new facts (0 before).",
    )


@pytest.mark.parametrize("group", ["old", "general"])
def test_one_loss_is_always_allowed(group: ProbeGroup) -> None:
    none_allowed = GateSettings(max_lost_old=0.0, max_lost_general=0.0)
    assert decide(results("new", "-+") + results(group, "+-"), none_allowed).promotes


@pytest.mark.parametrize(("lost", "promotes"), [(3, True), (4, False)])
def test_the_allowed_share_of_losses_is_counted_of_what_was_right(
    lost: int, promotes: bool
) -> None:
    old = results("old", *["+-"] * lost, *["++"] * (60 - lost), *["--"] * 40)
    assert decide(results("new", "-+") + old, SETTINGS).promotes is promotes


def test_a_loss_is_not_made_up_for_by_another_probe() -> None:
    """Paired: what was wrong before and is right now does not hide what was lost."""
    old = results("old", "+-", "+-", "-+", "-+", "-+")
    assert not decide(results("new", "-+") + old, SETTINGS).promotes


def test_a_share_of_losses_that_binary_fractions_miss_is_allowed_in_full() -> None:
    old = results("old", *["+-"] * 29, *["++"] * 71)
    assert decide(results("new", "-+") + old, GateSettings(max_lost_old=0.29)).promotes


def test_without_a_question_on_the_new_nothing_is_promoted() -> None:
    verdict = decide(results("general", "++"), SETTINGS)
    assert not verdict.promotes
    assert verdict.reasons[0] == "There was no question to test the new facts with."


def test_reasons_against_come_first() -> None:
    verdict = decide(
        results("new", "-+") + results("old", "++") + results("general", "+-", "+-"), SETTINGS
    )
    assert [reason.split(" of ")[0] for reason in verdict.reasons] == [
        "It lost 2",
        "It answered 1",
        "It lost 0",
    ]
