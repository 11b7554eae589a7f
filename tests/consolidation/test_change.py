"""Change: what a new fact replaces, and above all what it does not."""

import math
from datetime import datetime, timedelta

import pytest

from consolidation.change import Told, superseded
from consolidation.content import content

MONDAY = datetime(2026, 3, 2, 20, 0)


def overlap(one: str, other: str) -> float:
    """Stands in for embeddings: the cosine of two bags of words."""
    mine, theirs = content(one), content(other)
    return len(mine & theirs) / math.sqrt(max(1, len(mine)) * max(1, len(theirs)))


def replaced(old: str, message: str, new: str, before: tuple[str, ...] = ()) -> bool:
    """Whether the new fact, told a week later in this message, replaces the old one."""
    earlier = Told(old, old, (), MONDAY)
    told = Told(new, message, before, MONDAY + timedelta(days=7))
    return superseded(told, [earlier], overlap) == [0]


CHANGES = [
    # dates and times of one occasion
    (
        "Your interview at the museum is on Thursday 12 March 2026.",
        "Actually the interview is on Friday, they got it wrong in the mail",
        "Your interview at the museum is on Friday 13 March 2026.",
    ),
    (
        "Your flight to Lisbon leaves on 4 April 2026 at 6:40.",
        "the airline moved my flight, it leaves at 9:15 now",
        "Your flight to Lisbon leaves on 4 April 2026 at 9:15.",
    ),
    (
        "The deadline for your grant application is 1 May 2026.",
        "They extended the grant deadline to the 15th of May, thank goodness",
        "The deadline for your grant application is 15 May 2026.",
    ),
    (
        "Your choir practice is on Tuesdays at seven.",
        "choir has switched to Wednesdays btw",
        "Your choir practice is now on Wednesdays at seven.",
    ),
    (
        "Grandma is visiting on Saturday 14 March 2026.",
        "No wait, Grandma comes on Sunday, not Saturday",
        "Grandma is visiting on Sunday 15 March 2026.",
    ),
    (
        "Your daughter's recital is on 20 June 2026.",
        "Lena's recital got brought forward to the 13th",
        "Your daughter's recital has been brought forward to 13 June 2026.",
    ),
    (
        "Marta arrives on Friday 13 March 2026.",
        "Marta missed her train so she only gets here on Saturday now",
        "Marta arrives on Saturday 14 March 2026.",
    ),
    (
        "Your driving test is on 9 April 2026.",
        "Driving test postponed :( 23 April",
        "Your driving test has been postponed to 23 April 2026.",
    ),
    (
        "You are staying in the rented flat until 31 May 2026.",
        "the landlord lets us keep the flat a month longer, so it's till the end of June now",
        "You are staying in the rented flat until 30 June 2026.",
    ),
    (
        "Your moving day is 2 April 2026.",
        "The movers can't do the 2nd, so we're moving on the 8th instead",
        "Your moving day is 8 April 2026.",
    ),
    # who does it
    (
        "Anna is designing the cover of your book.",
        "forget Anna, Piotr is designing the cover now",
        "Piotr is designing the cover of your book.",
    ),
    (
        "Your cousin Ben will be your best man.",
        "Ben can't make it to the wedding, so my old roommate Kofi will be my best man instead",
        "Your old roommate Kofi will be your best man.",
    ),
    (
        "Your boss is Karin.",
        "Karin left, my new boss is called Stefan",
        "Your new boss is called Stefan.",
    ),
    (
        "Your dentist is Dr. Amari.",
        "I've changed dentists, I go to Dr. Holm now",
        "Your dentist is Dr. Holm.",
    ),
    (
        "Your landlady is Mrs. Beck.",
        "The house was sold, my landlord's name is Mr. Osei now. Mrs. Beck retired to Spain",
        "Your landlady is Ms. Osei.",
    ),
    (
        "Rosa is giving you a lift to the airport.",
        "Rosa's car broke down, so Imran is taking me to the airport instead of Rosa",
        "Imran is giving you a lift to the airport.",
    ),
    (
        "Lucas is the goalkeeper of your team.",
        "Lucas dropped out, Emil is our new goalkeeper",
        "Emil is the new goalkeeper of your team.",
    ),
    (
        "Sofia is your girlfriend.",
        "I have a new girlfriend! She's called Amy",
        "Amy is your new girlfriend.",
    ),
    # amounts
    (
        "You have fourteen hens.",
        "a fox got two of the hens so it's twelve now",
        "You now have twelve hens.",
    ),
    (
        "Your rent is 850 euros a month.",
        "they've put the rent up, 910 from April",
        "Your rent is 910 euros a month.",
    ),
    (
        "You run five kilometres every morning.",
        "I've cut my runs from five kilometres to three, doctor's orders",
        "You run three kilometres every morning.",
    ),
    (
        "Your son Theo is six years old.",
        "Theo turned seven yesterday!",
        "Your son Theo is seven years old.",
    ),
    (
        "You work four days a week.",
        "From now on I work three days a week, not four",
        "You work three days a week.",
    ),
    (
        "Your phone number is 0171 555 201.",
        "new phone number: 0160 444 978",
        "Your phone number is 0160 444 978.",
    ),
    # home, work, things
    (
        "You live in Leith.",
        "I've moved to Oban!",
        "You have moved to Oban.",
    ),
    (
        "Your sister Nora lives in Cork.",
        "nora moved to galway at the weekend",
        "Your sister Nora moved to Galway.",
    ),
    (
        "You live in Turin with your dog.",
        "we finally live in Genoa now, boxes everywhere",
        "You now live in Genoa.",
    ),
    (
        "You work at a bakery.",
        "Quit the bakery, I work at the harbour office now",
        "You now work at the harbour office.",
    ),
    (
        "Your car is a Fiat.",
        "we got rid of the fiat, my new car is a Volvo",
        "Your new car is a Volvo.",
    ),
    (
        "You are allergic to walnuts.",
        "correction: I'm allergic to hazelnuts, not walnuts",
        "You are allergic to hazelnuts.",
    ),
    (
        "Your favourite band is Pulp.",
        "my favourite band these days is Wilco",
        "Your favourite band is Wilco.",
    ),
    (
        "You are studying law in Ghent.",
        "I switched from law to history",
        "You switched from law to history.",
    ),
    # no longer
    (
        "You eat pork.",
        "I don't eat pork any more",
        "You do not eat pork any more.",
    ),
    (
        "Your brother Jan smokes.",
        "Jan no longer smokes, hurray",
        "Your brother Jan no longer smokes.",
    ),
    (
        "You play tennis with Olga.",
        "I stopped playing tennis with Olga",
        "You no longer play tennis with Olga.",
    ),
    (
        "You do not eat meat.",
        "confession: I eat meat again",
        "You eat meat again.",
    ),
    (
        "Clara is coming to your party.",
        "Clara can't come after all",
        "Clara is not coming to your party.",
    ),
    (
        "You take the bus to work.",
        "I don't take the bus to work any more, I cycle",
        "You no longer take the bus to work.",
    ),
    # ends
    ("You drive a van.", "sold the van yesterday", "You sold your van."),
    (
        "Tom is your boyfriend.",
        "Tom and I broke up",
        "You and Tom broke up.",
    ),
    (
        "You are engaged to Pavel.",
        "Pavel and I split up last night",
        "You and Pavel split up on 8 March 2026.",
    ),
    (
        "You work as an engineer at Vestas.",
        "Vestas laid me off on Friday",
        "You were laid off by Vestas on 6 March 2026.",
    ),
    (
        "Your trip to Iceland is on 3 July 2026.",
        "the iceland trip is cancelled",
        "Your trip to Iceland is cancelled.",
    ),
    (
        "You ride a red bicycle to work.",
        "my red bike got stolen",
        "Your red bicycle was stolen.",
    ),
    (
        "You have a gym membership at FitHouse.",
        "I gave up my gym membership",
        "You gave up your gym membership.",
    ),
    (
        "You are reading Middlemarch.",
        "finished Middlemarch, what a book",
        "You finished Middlemarch.",
    ),
    (
        "Your grandfather lives in Bergen.",
        "My grandfather died on Sunday.",
        "Your grandfather died on 8 March 2026.",
    ),
    (
        "You work at a school.",
        "I retired last week!",
        "You retired from your job last week.",
    ),
]

ALIKE = [
    (
        "Your sister Ana lives in Porto.",
        "My sister Rita lives in Faro",
        "Your sister Rita lives in Faro.",
    ),
    (
        "Your brother Jon is a nurse.",
        "my brother Per is a welder now",
        "Your brother Per is a welder.",
    ),
    ("You have a cat called Miso.", "We have a new cat, Tofu!", "You have a new cat called Tofu."),
    ("Your cat is called Miso.", "my other cat is called Tofu", "Your other cat is called Tofu."),
    (
        "You are going to Rome on 4 May 2026.",
        "and in September we're off to Athens, on the 9th",
        "You are going to Athens on 9 September 2026.",
    ),
    (
        "You are flying to Oslo on 4 May 2026.",
        "The trip to Bergen has been moved to the 11th of June",
        "Your trip to Bergen has been moved to 11 June 2026.",
    ),
    (
        "You are running the Vienna marathon on 19 April 2026.",
        "I ran the Vienna marathon today!!",
        "You ran the Vienna marathon on 19 April 2026.",
    ),
    (
        "Your knee operation is on 3 March 2026.",
        "The knee operation went well",
        "Your knee operation on 3 March 2026 went well.",
    ),
    ("You live in Leith.", "I live in Leith, as you know", "You live in Leith."),
    (
        "You live in Scotland.",
        "I live in Leith, near the shore",
        "You live in Leith near the shore.",
    ),
    (
        "Your dentist is Dr. Friis.",
        "My dentist's first name is Bodil",
        "Your dentist is called Bodil.",
    ),
    (
        "Your wedding is in June 2026.",
        "The wedding is on the 20th of June",
        "Your wedding is on 20 June 2026.",
    ),
    (
        "Your exam is on Friday.",
        "the exam on friday starts at nine",
        "Your exam is on Friday at nine.",
    ),
    ("You like coffee.", "I like tea too", "You like tea."),
    ("You like jazz.", "actually I like techno a lot now", "You like techno."),
    ("You speak Danish.", "I'm learning Polish now", "You are learning Polish."),
    ("You drive a van.", "sold the piano", "You sold your piano."),
    ("You have a red bike.", "sold my blue bike", "You sold your blue bike."),
    ("You bought a van in 2019.", "sold the van", "You sold your van."),
    ("Your new van is a white Ford.", "Sold the old van", "You sold your old van."),
    ("Tom is your brother.", "Max and I broke up", "You and Max broke up."),
    ("Your friend Tom is a baker.", "Lea and Tom broke up", "Lea and Tom broke up."),
    (
        "You drink coffee every morning.",
        "no coffee after noon any more",
        "You no longer drink coffee after noon.",
    ),
    (
        "You drive to Leeds every Monday.",
        "I no longer drive at night",
        "You no longer drive at night.",
    ),
    ("You eat fish on Fridays.", "I don't eat pork any more", "You do not eat pork any more."),
    (
        "Haruki does the music for your game.",
        "forget Mina, Teo does the sprites for the game now",
        "Teo now does the sprites for your game.",
    ),
    (
        "Anna is designing the cover of your book.",
        "Anna has the flu, poor thing. Actually everyone has",
        "Anna has the flu.",
    ),
    (
        "Your son Theo has football on Mondays.",
        "Mia's football is now on Wednesdays",
        "Your daughter Mia's football is now on Wednesdays.",
    ),
    (
        "Your piano lesson is on Tuesday at four.",
        "Swimming lesson moved to Thursday",
        "Your swimming lesson has been moved to Thursday.",
    ),
    (
        "You had a dentist appointment on 12 January 2026.",
        "I have another dentist appointment on the 20th",
        "You have another dentist appointment on 20 March 2026.",
    ),
    (
        "Your pupil Eva K. plays the harp.",
        "Eva M. now plays the drums",
        "Your pupil Eva M. now plays the drums.",
    ),
    ("You have three children.", "two of my cats are ill now", "Two of your cats are ill."),
    ("You have two cats.", "We also have three rabbits now", "You now have three rabbits."),
    (
        "You moved to Turin in 2019.",
        "I lived in Genoa before, until 2015",
        "You lived in Genoa until 2015.",
    ),
    (
        "You live in Leith.",
        "I'm moving to Oban in August",
        "You are moving to Oban in August 2026.",
    ),
    ("You live in Leith.", "My brother moved to Oban", "Your brother moved to Oban."),
    (
        "You work at a bakery.",
        "My wife works at the harbour office now",
        "Your wife now works at the harbour office.",
    ),
    ("Your favourite band is Pulp.", "my favourite film is Alien", "Your favourite film is Alien."),
    ("Your left knee hurts.", "now the right knee hurts as well", "Your right knee hurts as well."),
    ("Your mother is a teacher.", "my mum is retired from choir now", "Your mother is tall."),
    (
        "Nives is coming on Friday 13 March 2026.",
        "Nives is staying until Wednesday, not Friday",
        "Nives is staying until Wednesday 18 March 2026.",
    ),
    (
        "Petra arrives on 12 March 2026.",
        "Petra changed her flight home, she leaves on the 20th now",
        "Petra is flying back on 20 March 2026.",
    ),
    ("Your friend Lea has a boat.", "Lea sold her car", "Your friend Lea sold her car."),
    ("You are allergic to walnuts.", "I'm allergic to cats too", "You are allergic to cats."),
    (
        "You work at Vestas.",
        "my sister quit her job at the bakery",
        "Your sister quit her job at the bakery.",
    ),
    ("You are learning the cello.", "I quit smoking", "You quit smoking."),
    ("Your grandmother lives in Bergen.", "My grandfather died.", "Your grandfather died."),
    (
        "Your concert in Graz is on 8 May 2026.",
        "The concert in Linz is cancelled",
        "Your concert in Linz is cancelled.",
    ),
    ("You met Tom in Lyon.", "Tom and I broke up", "You and Tom broke up."),
    ("Your vet is Dr. Hall.", "Your dog's new vet", "Your dog Juno's new vet is Dr. Amaya."),
    (
        "Your neighbour is called Ute.",
        "our new neighbour is called Farid",
        "Your neighbour is called Farid.",
    ),
    (
        "Your aunt Lia is coming on 4 April 2026.",
        "Aunt Lia is also coming on the 2nd of May",
        "Your aunt Lia is also coming on 2 May 2026.",
    ),
    ("You want to buy a boat.", "We bought a boat!!", "You bought a boat."),
    ("Your book is about bees.", "my talk is about wasps now", "Your talk is now about wasps."),
]


@pytest.mark.parametrize(("old", "message", "new"), CHANGES, ids=[case[2] for case in CHANGES])
def test_the_new_fact_replaces(old: str, message: str, new: str) -> None:
    assert replaced(old, message, new)


@pytest.mark.parametrize(("old", "message", "new"), ALIKE, ids=[f"{c[0]} {c[2]}" for c in ALIKE])
def test_the_old_fact_stays(old: str, message: str, new: str) -> None:
    assert not replaced(old, message, new)
