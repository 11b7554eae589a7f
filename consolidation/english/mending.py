"""Mending: what the parser regularly takes amiss, put right in the tree."""

from consolidation.english.hypernyms import is_a
from consolidation.english.trees import Word, hang
from consolidation.english.wordlist import words


def with_mate(root: Word) -> Word:
    """The head of "Ana and I chose a cot", also where the parser takes Ana for it."""
    _join_mate(root)
    verb = next((w for w in root.children if w.dep == "conj" and w.is_verb), None)
    owner = verb.child("nsubj") if verb is not None else None
    if verb is None or owner is None or owner.lower != "i" or not root.is_noun:
        return root
    joint = next((w for w in root.children if w.dep == "cc"), None)
    if joint is None or not root.i < joint.i < owner.i or owner.i > joint.i + 1:
        return root
    for moved in [w for w in root.children if w is verb or (w.i > owner.i)]:
        root.children.remove(moved)
        if moved is not verb:
            hang(moved, verb)
    verb.children.remove(owner)
    owner.dep, root.dep, verb.dep, verb.parent = "conj", "nsubj", "ROOT", None
    hang(owner, root)
    hang(root, verb)
    verb.children.sort(key=lambda word: word.i)
    return verb


def _join_mate(verb: Word) -> None:
    """ "My girlfriend and I broke up", where the parser gives the verb two subjects."""
    subjects = [w for w in verb.children if w.dep in ("nsubj", "nsubjpass")]
    if len(subjects) != 2 or subjects[1].lower != "i":
        return
    mate, owner = subjects
    if any(w.dep == "cc" and mate.i < w.i == owner.i - 1 for w in mate.children):
        verb.children.remove(owner)
        owner.dep = "conj"
        hang(owner, mate)


def mark_mates(spoken: list[Word]) -> None:
    """Who stands bare in front of "and I" has a name: "Sofia and I"."""
    for mate in spoken:
        owner = mate.child("conj")
        bare = mate.child("det", "poss", "amod") is None and mate.text[:1].isupper()
        if owner is not None and owner.lower in ("i", "me") and mate.tag == "NN" and bare:
            mate.tag = "NNP"


_TEAMS = ("accounts", "payroll", "work", "hr", "it", "sales", "marketing", "finance", "reception")


def name_colleagues(spoken: list[Word]) -> None:
    """Who opens a sentence in front of "from payroll" has a name: "Bea from payroll"."""
    first = min(spoken, key=lambda word: word.i)
    whence = first.child("prep")
    team = whence.child("pobj") if whence is not None and whence.lower == "from" else None
    if team is not None and team.lower in _TEAMS and first.tag == "NN" and first.text.istitle():
        first.tag, first.entity = "NNP", "PERSON"


_ONE_IN_S = frozenset(
    words(
        "news maths darts billiards skittles dominoes draughts bowls cards boules charades marbles "
        "series species means headquarters barracks works gallows crossroads measles mumps rabies "
        "diabetes shingles hives rickets tennis chess physics politics"
    )
)
"""Plural in form, and told of like one: "Darts is on tonight"."""


def name_pets(spoken: list[Word]) -> None:
    """What is many and does what one does has a name: "Socks hates the vet", "Mittens was ill"."""
    first = min(spoken, key=lambda word: word.i)
    verb = first.parent
    if first.tag != "NNS" or not first.text.istitle() or first.children or verb is None:
        return
    if first.lower in _ONE_IN_S or first.lower.endswith("ics"):
        return
    if first.dep not in ("nsubj", "nsubjpass"):
        return
    helped = [verb, *(child for child in verb.children if child.dep in ("aux", "auxpass"))]
    if any(word.tag == "VBZ" or word.lower == "was" for word in helped):
        first.tag = "NNP"


def name_shades(spoken: list[Word]) -> None:
    """In "sage green" the colour is the noun, also where the parser takes it for an adjective."""
    for shade in spoken:
        noun = shade.parent
        if noun is None or shade.dep not in ("amod", "acomp") or not is_a(shade.lower, "colour"):
            continue
        if not noun.is_noun or noun.i != shade.i - 1 or noun.parent is None:
            continue
        noun.children.remove(shade)
        above = noun.parent
        above.children.remove(noun)
        shade.tag, shade.dep, noun.dep = "NN", noun.dep, "compound"
        for moved in list(noun.children):
            hang(moved, shade)
        noun.children.clear()
        hang(noun, shade)
        hang(shade, above)
        for changed in (shade, above):
            changed.children.sort(key=lambda word: word.i)


_MOMENTS = ("tonight", "today", "tomorrow", "yesterday")


def free_moments(spoken: list[Word]) -> None:
    """Hang "tonight" in "at my sister's tonight" where it belongs: she does not own the night."""
    for moment in spoken:
        place, owner = moment.parent, moment.child("poss")
        if moment.lower not in _MOMENTS or moment.dep != "pobj" or owner is None or place is None:
            continue
        above = place.parent
        if above is None or owner.tag == "PRP$":
            continue
        moment.children.remove(owner)
        place.children.remove(moment)
        owner.dep, moment.dep = "pobj", "npadvmod"
        hang(owner, place)
        while above.parent is not None and not above.is_verb:
            above = above.parent
        hang(moment, above)
        above.children.sort(key=lambda word: word.i)


SUSCEPTIBLE = ("allergic", "intolerant", "sensitive", "immune", "averse", "addicted", "partial")


def hang_causes(spoken: list[Word]) -> None:
    """In "allergic to shellfish" the food is a noun, also where the parser takes it for a verb."""
    for cause in spoken:
        state, to = cause.parent, cause.child("aux")
        bare = cause.tag == "VB" and cause.dep in ("xcomp", "ccomp") and to is not None
        if not bare or state is None or to is None or state.lower not in SUSCEPTIBLE:
            continue
        cause.children.remove(to)
        state.children.remove(cause)
        cause.tag = "NNS" if cause.lower.endswith("s") else "NN"
        cause.dep, to.dep, to.tag = "pobj", "prep", "IN"
        hang(to, state)
        hang(cause, to)
        state.children.sort(key=lambda word: word.i)


def join_names(verb: Word) -> None:
    """Hang a name between subject and verb below the subject: "My best mate Callum owes …"."""
    subject = verb.child("nsubj", "nsubjpass")
    if subject is None or subject.i > verb.i:
        return
    for name in list(verb.children):
        adjoins = name.is_proper and min(word.i for word in name.subtree()) == subject.i + 1
        if adjoins and name.i < verb.i and not subject.is_proper:
            verb.children.remove(name)
            name.dep = "appos"
            hang(name, subject)


def join_kin(verb: Word) -> None:
    """Hang "my niece" below the name in "My niece Saoirse is having …", where it hangs apart."""
    name = verb.child("nsubj", "nsubjpass")
    kin = verb.child("npadvmod")
    if name is None or kin is None or not name.is_proper or name.child("compound", "det"):
        return
    if kin.i != name.i - 1 or not is_a(kin.lower, "kin", "person", "occupation", "pet"):
        return
    verb.children.remove(kin)
    for word in [*kin.children, kin]:
        hang(word, name)
    kin.children.clear()
    kin.dep = "compound"
    name.children.sort(key=lambda word: word.i)


_NEAR_BY = ("door", "upstairs", "downstairs", "opposite")


def join_neighbours(verb: Word) -> None:
    """Hang "next door" in "The couple next door are moving" below the couple."""
    subject = verb.child("nsubj", "nsubjpass")
    near = next((w for w in verb.children if w.lower in _NEAR_BY and w.i < verb.i), None)
    if subject is None or near is None or near is subject:
        return
    if near.lower == "door" and [word.lower for word in near.subtree()] != ["next", "door"]:
        return
    inside = subject.subtree()
    if min(word.i for word in near.subtree()) == inside[-1].i + 1:
        noun = next((w for w in reversed(inside) if w.is_noun), subject)
        verb.children.remove(near)
        near.dep = "npadvmod"
        hang(near, noun)


def raise_subject(verb: Word) -> None:
    """Hang "Dmitri" in "Dmitri is getting married" below the main verb, not its helper."""
    helper = verb.child("auxpass", "aux")
    below = helper.child("nsubj", "nsubjpass") if helper is not None else None
    if helper is None or below is None or verb.child("nsubj", "nsubjpass") is not None:
        return
    for word in helper.children:
        hang(word, verb)
    helper.children.clear()
    verb.children.sort(key=lambda word: word.i)


_SAME_IN_PAST = frozenset(
    words(
        "quit put cut hit let set cost hurt shut spread bet burst split shed cast upset broadcast"
    )
)


def tell_past(verb: Word) -> None:
    """ "The basement flooded": a main verb with a subject and no helper tells the past; so does
    "Ana quit nursing", since what she does now she quits."""
    subject = verb.child("nsubj")
    helped = verb.child("aux", "auxpass", "agent") is not None
    if subject is None or subject.i > verb.i or helped:
        return
    one = subject.tag in ("NN", "NNP") or subject.lower in ("he", "she", "it")
    joined = subject.child("conj") is not None
    same = verb.tag in ("VB", "VBP") and verb.lower in _SAME_IN_PAST and one and not joined
    if verb.tag == "VBN" or same:
        verb.tag = "VBD"


def verb_on_top(root: Word) -> Word:
    """The head of the sentence: in "I am left-handed" the verb, also where the parser differs."""
    helper = root.child("auxpass", "aux", "cop")
    if root.is_verb or helper is None or helper.lemma != "be" or len(root.children) < 2:
        return root
    for child in list(root.children):
        if child is not helper and (child.i < root.i or child.dep == "punct"):
            root.children.remove(child)
            hang(child, helper)
            child.dep = "nsubj" if child.dep == "nsubjpass" else child.dep
    root.children.remove(helper)
    hang(root, helper)
    helper.children.sort(key=lambda word: word.i)
    root.dep, helper.dep, helper.parent = "acomp", "ROOT", None
    return helper


def free_causatives(spoken: list[Word]) -> None:
    """Give "have" and "get" what they have done, and by whom, as parts of their own.

    "We had the kitchen done by Ana" is often read as a kitchen, "I had Ana do the kitchen" as
    what was said; "I got Ana to do it" is read as it is meant.
    """
    for verb in spoken:
        if verb.lemma not in ("have", "get") or not verb.is_verb:
            continue
        thing, told = verb.child("dobj"), verb.child("ccomp")
        if told is not None and told.tag == "VBD" and _is_undergone(verb, told):
            told.tag = "VBN"  # "I'm getting my teeth whitened"
        done = thing.child("acl") if thing is not None else None
        if thing is not None and done is not None and _is_had_done(verb, thing, done):
            thing.children.remove(done)
            verb.children.remove(thing)
            thing.dep, done.dep = "nsubj", "ccomp"
            hang(thing, done)
            hang(done, verb)
            done.children.sort(key=lambda word: word.i)
        out = told.child("prt") if told is not None and told.is_noun else None
        if told is not None and out is not None:  # "having her tonsils out"
            told.children.remove(out)
            told.dep = "dobj"
            hang(out, verb)
        doer = told.child("nsubj") if told is not None else None
        if told is not None and doer is not None and told.tag == "VB" and doer.i > verb.i:
            told.children.remove(doer)
            told.dep, doer.dep = "xcomp", "dobj"
            hang(doer, verb)
        verb.children.sort(key=lambda word: word.i)


def _is_had_done(verb: Word, thing: Word, done: Word) -> bool:
    """ "had the kitchen done", no "have a house built in 1900", "have a dog called Rex"."""
    definite = thing.child("poss") is not None or any(w.lower == "the" for w in thing.children)
    act = verb.tag in ("VBG", "VBD", "VBN") or verb.lemma == "get"
    by = done.child("agent") is not None and verb.child("aux") is not None
    named = done.lower in ("called", "named")
    return (definite or by) and act and done.tag in ("VBN", "VBD") and not named


def _is_undergone(verb: Word, told: Word) -> bool:
    """ "my teeth whitened" behind "getting": what the owner's own undergo, with no subject else."""
    thing = told.child("nsubj")
    helped = told.child("aux", "auxpass", "dobj", "mark") is not None
    return thing is not None and thing.is_noun and thing.i > verb.i and not helped


def eat_what_is_had(root: Word) -> Word:
    """The head of "Dad can't have grapefruit", where the parser takes the food for a verb."""
    have = next((w for w in root.children if w.dep == "aux" and w.lower == "have"), None)
    eaten = is_a(root.lower, "food", "fruit", "vegetable", "drink", "medicine")
    if have is None or root.tag != "VBN" or not eaten or root.lower.endswith("ed"):
        return root
    for child in list(root.children):
        root.children.remove(child)
        if child is not have:
            hang(child, have)
    hang(root, have)
    root.tag, root.dep, have.dep, have.parent = "NN", "dobj", "ROOT", None
    root.lemma = root.lower
    have.children.sort(key=lambda word: word.i)
    return have
