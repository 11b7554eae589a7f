"""The gate promotes what learned the new and kept the old, and says why in plain sentences."""

import pytest

from assistant.settings import GateSettings
from consolidation.gate import Chat, Evidence, allowed, decide, judge
from consolidation.paired import Paired, at_least, share_at_most
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
        "It lost 0 of 1 older facts that were right before (thin evidence: so few could hide a "
        "loss of 95.0%).",
        "It lost 0 of 2 general questions that were right before (thin evidence: so few could "
        "hide a loss of 77.6%).",
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


def judged(**groups: Paired) -> tuple[bool, str]:
    """The verdict on counts of old and general probes, the new facts being learned."""
    verdict = judge(Evidence(**({"new": Paired(won=11, missed=1)} | groups)), SETTINGS)
    return verdict.promotes, verdict.reasons[0 if not verdict.promotes else 1]


def test_with_enough_questions_the_verdict_says_how_little_was_lost() -> None:
    assert judged(old=Paired(kept=297, lost=3)) == (
        True,
        "It lost 3 of 300 older facts that were right before (at most 2.6%, at 95% confidence).",
    )


def test_first_night_with_few_questions_is_promoted_and_its_evidence_called_thin() -> None:
    promotes, reason = judged(old=Paired(kept=12))
    assert promotes
    assert "thin evidence: so few could hide a loss of 22.1%" in reason


def test_from_a_hundred_and_six_questions_on_what_is_promoted_lost_no_tenth() -> None:
    """Not inferior within the margin, at 95 %: proven by every count that passes."""
    for before in range(106, 500):
        lost = allowed(before, SETTINGS.max_lost_old)
        assert share_at_most(lost, before) <= SETTINGS.margin
        promotes, reason = judged(old=Paired(kept=before - lost, lost=lost))
        assert promotes and "thin" not in reason


@pytest.mark.parametrize(("knew", "more", "promotes"), [(9, 1, False), (9, 3, True), (6, 2, True)])
def test_one_answer_more_than_the_live_model_is_no_learning(
    knew: int, more: int, promotes: bool
) -> None:
    new = Paired(kept=knew, won=more, missed=12 - knew - more)
    verdict = judge(Evidence(new=new), SETTINGS)
    assert verdict.promotes is promotes
    if not promotes:
        assert verdict.reasons == (
            "It answered 10 of 12 questions on the new facts (9 before); chance alone could do as "
            "much.",
        )


def test_a_model_that_changes_nothing_is_promoted_at_most_at_the_stated_rate() -> None:
    """Exactly, for every number asked and known: what it loses only lowers the rate."""
    for asked in range(1, 61):
        for knew in range(asked):
            wrong = asked - knew
            won = [
                count
                for count in range(1, wrong + 1)
                if judge(
                    Evidence(new=Paired(kept=knew, won=count, missed=wrong - count)), SETTINGS
                ).promotes
            ]
            least = min(won)
            assert won == list(range(least, wrong + 1))
            assert at_least(least, wrong, SETTINGS.chance_right) <= 0.05


def test_what_an_earlier_live_model_knew_counts_against_who_loses_more_of_it() -> None:
    old = Paired(kept=256, lost=4, missed=40, long_gone=40)
    promotes, reason = judged(old=old)
    assert not promotes
    assert reason == (
        "It no longer knows 44 of 300 older facts that were known once, and at most 39 may be "
        "lost over time: a deep sleep learns them anew."
    )


def test_what_the_live_model_lost_does_not_stop_a_candidate_that_loses_no_more() -> None:
    """Else nothing could ever be learned again."""
    lost_before = Paired(kept=256, lost=4, won=4, missed=36, regained=4, long_gone=36)
    promotes, _ = judged(old=lost_before)
    assert promotes


def test_a_few_facts_that_come_and_go_are_no_loss_over_time() -> None:
    promotes, _ = judged(old=Paired(kept=262, lost=8, won=5, missed=25, regained=5, long_gone=25))
    assert promotes


def test_general_answers_are_held_to_the_base_and_not_to_the_live_model_alone() -> None:
    """Each night lost no more than a night may, all together lost a tenth of the base's."""
    general = Paired(kept=58, lost=2, missed=5, long_gone=5)
    promotes, reason = judged(general=general)
    assert not promotes
    assert reason == (
        "It no longer answers 7 of 65 general questions that the base model answers, and at most "
        "6 may be lost over time: a deep sleep starts from the base again."
    )


def test_known_once_are_the_general_questions_and_the_older_facts_of_the_history() -> None:
    old = results("old", "++", "--", "--")
    general = results("general", "++", "--")
    verdict = decide(results("new", "-+") + old + general, SETTINGS, {old[1].probe})
    assert verdict.promotes
    assert verdict.reasons[-2:] == (
        "It knows 1 of 2 older facts that were known once.",
        "It answers 1 of 2 general questions that the base model answers.",
    )


@pytest.mark.parametrize(
    ("before", "after", "promotes"), [(0, 6, True), (0, 7, False), (9, 9, True)]
)
def test_a_candidate_must_chat_as_well_as_it_may_or_as_the_live_one(
    before: int, after: int, promotes: bool
) -> None:
    seen = Evidence(new=Paired(won=10), chat=Chat(24, before, after))
    verdict = judge(seen, GateSettings())
    assert verdict.promotes == promotes
    assert any(f"it answered {after} with something it was taught" in r for r in verdict.reasons)
