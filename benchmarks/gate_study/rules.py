"""The rules that are compared: the gate's, and the counts that it went by before."""

from collections.abc import Callable
from functools import cache

from assistant.settings import GateSettings
from consolidation.gate import Evidence, allowed, judge
from consolidation.paired import Paired

Rule = Callable[[Evidence], bool]
"""Whether such a candidate is promoted."""

SETTINGS = GateSettings()
_LEARNED = Paired(won=12)


def now(seen: Evidence) -> bool:
    """The gate as it is, with its default settings."""
    learned, old, general = _new_passes(seen.new), _old_passes(seen.old), _general(seen.general)
    return learned and old and general


def before(seen: Evidence) -> bool:
    """Half of the new right and more than before; a twentieth lost of each other group, or one."""
    new = seen.new
    enough = new.total > 0 and new.right_after / new.total >= SETTINGS.min_acquired
    if not enough or new.right_after <= new.right_before:
        return False
    limits = ((seen.old, SETTINGS.max_lost_old), (seen.general, SETTINGS.max_lost_general))
    return all(group.lost <= allowed(group.right_before, limit) for group, limit in limits)


RULES: dict[str, Rule] = {"before": before, "now": now}


@cache
def is_thin(old: Paired) -> bool:
    """Whether the verdict calls the evidence on the older facts thin."""
    return any("thin evidence" in one for one in judge(Evidence(_LEARNED, old), SETTINGS).reasons)


@cache
def lost_over_time(old: Paired, general: Paired) -> bool:
    """Whether the gate refuses for what all nights together lost."""
    verdict = judge(Evidence(_LEARNED, old, general), SETTINGS)
    return not verdict.promotes and any("over time" in one for one in verdict.reasons)


# A verdict is refused by any group, whatever the others are: so each is judged once, and kept.
@cache
def _new_passes(new: Paired) -> bool:
    return judge(Evidence(new), SETTINGS).promotes


@cache
def _old_passes(old: Paired) -> bool:
    return judge(Evidence(_LEARNED, old), SETTINGS).promotes


@cache
def _general(general: Paired) -> bool:
    return judge(Evidence(_LEARNED, general=general), SETTINGS).promotes
