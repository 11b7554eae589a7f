"""What a night's probes say, in plain words: learned, kept, lost by name. Pure."""

from collections.abc import Callable, Sequence

from consolidation.paired import CONFIDENCE, Paired, paired, share_at_most
from memory.records import ProbeGroup, ProbeResult
from memory.text import excerpt

Quote = Callable[[str], str]
"""Sets off words of the owner's, as the place where they will stand needs it."""
MOST_NAMED = 3
_MOST_CHARACTERS = 90


def probe_count(probes: Sequence[ProbeResult], group: ProbeGroup) -> Paired:
    """The counts of one group."""
    return paired(p for p in probes if p.probe.group == group)


def lost_words(count: Paired) -> str:
    """Such as "3 lost, at most 5.5%": of what was right before, and how sure that is."""
    return f"{count.lost} lost, at most {share_at_most(count.lost, count.right_before):.1%}"


def count_sentences(count: Paired, group: ProbeGroup) -> str:
    """How one group went, in numbers, and what they cannot rule out."""
    went = f"Right: {count.right_before} before, {count.right_after} after"
    counted = f"{went}; {count.won} won, {count.lost} lost."
    if group == "new" or not count.right_before:
        return counted
    bound = share_at_most(count.lost, count.right_before)
    sure = f"At {CONFIDENCE:.0%} confidence, no more than {bound:.1%} of what was right is lost."
    return f"{counted} {sure}"


def probe_sentences(probes: Sequence[ProbeResult], quote: Quote) -> list[str]:
    """What was learned, and what was kept of what was known before."""
    new, old, general = (probe_count(probes, group) for group in ("new", "old", "general"))
    sentences = []
    if new.total:
        sentences.append(f"Learned {new.right_after} of {new.total}.")
    if old.right_before:
        sentences.append(_kept_facts(old, lost_names(probes, "old", quote)))
    if general.right_before and not general.lost:
        sentences.append("General knowledge unchanged.")
    elif general.right_before:
        sentences.append(f"General knowledge: {general.kept} of {general.right_before} kept.")
    return sentences


def in_quotes(text: str) -> str:
    """For a place where nothing is markup."""
    return f"“{text}”"


def lost_names(probes: Sequence[ProbeResult], group: ProbeGroup, quote: Quote) -> str:
    """The first few facts that were right before and are wrong now; empty where none was lost."""
    lost = [
        one for one in probes if one.probe.group == group and one.before_right > one.after_right
    ]
    named = [quote(excerpt(one.probe.question, _MOST_CHARACTERS)) for one in lost[:MOST_NAMED]]
    more = len(lost) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _kept_facts(old: Paired, lost: str) -> str:
    facts = "older fact" if old.right_before == 1 else "older facts"
    if old.lost == 0:
        all_of = "the" if old.right_before == 1 else f"all {old.right_before}"
        return f"Kept {all_of} {facts}."
    if old.kept == 0:
        return f"Lost what it knew of older facts: {lost}."
    if old.lost <= MOST_NAMED:
        return f"Kept all {old.right_before} {facts} but {old.lost}: {lost}."
    return f"Kept {old.kept} of {old.right_before} {facts}; lost {lost}."
