"""Word order: what is told in another order, or with a courtesy, is read as a plain statement."""

import pytest

from consolidation.english.statements import read_statements
from consolidation.english.word_order import in_plain_order

PLAIN = {
    # clefts
    "What I really can't stand is cold coffee.": ["I really can't stand cold coffee."],
    "What finally cured my insomnia was giving up wine.": [
        "Giving up wine finally cured my insomnia."
    ],
    "What I miss most about Leeds is the curry.": ["I miss the curry most about Leeds."],
    "What we ended up naming the baby was Odile.": ["We ended up naming the baby Odile."],
    "What bugs me about my flatmate is his snoring.": ["The snoring of my flatmate bugs me."],
    "It is my left shoulder that has been playing up.": ["My left shoulder has been playing up."],
    "It was in Lyon that I met my wife.": ["I met my wife in Lyon."],
    "It wasn't until 2019 that I got my licence.": ["I got my licence in 2019."],
    "It's me who does the cooking.": ["I do the cooking."],
    "The one who got me into chess was my uncle Pavel.": ["My uncle Pavel got me into chess."],
    "The only thing I'm scared of is moths.": ["I'm scared of only moths."],
    "The reason I quit my job was the commute.": ["I quit my job because of the commute."],
    "The day we got engaged was the 4th of July.": ["We got engaged on the 4th of July."],
    "Where I feel happiest is on my allotment.": ["I feel happiest on my allotment."],
    "Up in the loft is where our tent ended up.": ["Our tent ended up in the loft."],
    "Lisbon is where my aunt Edda moved to in May.": ["My aunt Edda moved to Lisbon in May."],
    "1994 is when my parents split up.": ["My parents split up in 1994."],
    "It's not me who snores, it's my husband.": ["My husband snores."],
    "The instrument my daughter wants to learn is the harp.": [
        "My daughter wants to learn the harp."
    ],
    "The only language I speak is Welsh.": ["I speak only Welsh."],
    "The film I've seen most often is Jaws.": ["I've seen the film Jaws most often."],
    "What my dad does for a living is drive a tram.": ["My dad drives a tram for a living."],
    "What a lovely garden my aunt has!": ["My aunt has a lovely garden."],
    "How I hate Mondays!": ["I hate Mondays."],
    # inversions
    "Hidden in my sock drawer is $400.": ["$400 is hidden in my sock drawer."],
    "Next up on my list is Portugal.": ["Portugal is next up on my list."],
    "First on tomorrow's agenda is a meeting with the bank.": [
        "A meeting with the bank is first on tomorrow's agenda."
    ],
    "Parked outside our house is my brother's van.": [
        "My brother's van is parked outside our house."
    ],
    "Among my chores is feeding the hens.": ["My chores include feeding the hens."],
    "At the bottom of our garden lives a family of hedgehogs.": [
        "A family of hedgehogs lives at the bottom of our garden."
    ],
    "Best man at the wedding will be my friend Tunde.": [
        "My friend Tunde will be best man at the wedding."
    ],
    "Never have I seen such a big dog.": ["I have never seen such a big dog."],
    "Only on Sundays do I eat meat.": ["I eat meat only on Sundays."],
    "Not until I was thirty did I learn to swim.": ["I learned to swim when I was thirty."],
    # fronted
    "Until he retired, my grandad Walter drove buses.": [
        "My grandad Walter drove buses until he retired."
    ],
    "When Grandpa was young, he boxed for the navy.": [
        "Grandpa boxed for the navy when he was young."
    ],
    "What with the baby and all, I've gone part-time.": [
        "I've gone part-time because of the baby."
    ],
    "Fed up with the noise, we moved to the coast.": [
        "We were fed up with the noise.",
        "We moved to the coast.",
    ],
    "Being a night nurse, I sleep until three.": ["I am a night nurse.", "I sleep until three."],
    "As a child, I had a stammer.": ["I had a stammer as a child."],
    "Having lived in Japan, I speak decent Japanese.": [
        "I have lived in Japan.",
        "I speak decent Japanese.",
    ],
    "Growing up, I had a pony.": ["I had a pony when I was growing up."],
    # dislocated
    "As for my sister, she moved to Perth.": ["My sister moved to Perth."],
    "That lamp, my gran gave it to me.": ["My gran gave that lamp to me."],
    "My old phone, it finally died on Sunday.": ["My old phone finally died on Sunday."],
    "My neighbour, her son is in prison.": ["My neighbour's son is in prison."],
    "That sourdough, I baked it on Saturday.": ["I baked that sourdough on Saturday."],
    "He's a plumber, my neighbour Stan.": ["My neighbour Stan is a plumber."],
    "Horror films we never watch.": ["We never watch horror films."],
    "Tomatoes I can't eat, they give me a rash.": ["I can't eat tomatoes.", "They give me a rash."],
    "The wedding is in June, the venue is a barn.": [
        "The wedding is in June.",
        "The venue is a barn.",
    ],
    # fragments
    "New car: a second-hand Fiesta, dark green.": [
        "My new car is a second-hand Fiesta.",
        "My new car is dark green.",
    ],
    "Not a fan of horror films, I must say.": ["I am not a fan of horror films."],
    "Vegetarian since 2011, me.": ["I have been vegetarian since 2011."],
    "Off to Crete on the 5th.": ["I am going to Crete on the 5th."],
    "Over in Belfast until Tuesday.": ["I am over in Belfast until Tuesday."],
    "Can't stand coriander, me.": ["I can't stand coriander."],
    "Left-handed, both my kids.": ["Both my kids are left-handed."],
    # courtesies
    "If you ever order shoes for me, I'm a 43.": ["My shoe size is 43."],
    "If you ever knit for me, I'm a large.": ["My clothes size is large."],
    "If someone calls about the sofa, it's still for sale.": ["The sofa is still for sale."],
    "If anyone asks, my parking space is number 17.": ["My parking space is number 17."],
    "If you need the spare key, it's under the mat.": ["The spare key is under the mat."],
    "If you're making tea, I take two sugars.": ["I take two sugars in my tea."],
    "My ring size is M, if you're asking.": ["My ring size is M."],
    "Guess who's moving in next door: my old boss!": ["My old boss is moving in next door."],
    "Guess where we're going in May: Iceland!": ["We're going to Iceland in May."],
}


@pytest.mark.parametrize(("told", "plain"), PLAIN.items())
def test_what_is_out_of_order_is_told_plainly(told: str, plain: list[str]) -> None:
    assert in_plain_order(told) == plain


@pytest.mark.parametrize(
    "told",
    [
        "In the evenings Mum is a nurse.",
        "Swimming is my favourite sport.",
        "Last week I sold my bike.",
        "The car I bought last week is red.",
        "It is a house that I love.",
        "He's marrying Jo, my cousin.",
        "That's where I grew up.",
        "All my friends are vegan.",
        "Only my brother is taller than me.",
        "If I eat nuts, I swell up.",
        "When I was eight, we moved to Rome and my dad died.",
        "I play the piano, the violin and the flute.",
        "My brother, who lives in Hull, is a chef.",
        "We found a new childminder, her name is Petra.",
        "What I do is my business.",
        "The car I bought last week is a wreck.",
        "What time is it?",
    ],
)
def test_what_is_in_order_or_not_surely_read_stays(told: str) -> None:
    assert in_plain_order(told) == [told]


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("What I really can't stand is cold coffee.", "What can't I stand?"),
        ("Just so you know, I'm allergic to kiwi, I'm afraid.", "What am I allergic to?"),
        ("Up in the loft is where our tent ended up.", "Where did our tent end up?"),
        ("Guess who's moving in next door: my old boss!", "Who is moving in next door?"),
    ],
)
def test_it_is_asked_for_in_full(told: str, question: str) -> None:
    asked = {
        one.direct
        for statement in read_statements(told)
        for part in statement.parts
        for one in part.questions
    }
    assert question in asked


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("I'm colour-blind.", "You are colour-blind."),
        ("You know my boss? She's been fired.", "Your boss has been fired."),
        ("If memory serves, the shed was built in 1950.", "The shed was built in 1950."),
        ("My hamster is called Stalin, don't ask me why.", "Your hamster is called Stalin."),
        ("I failed my driving test, I'm afraid.", "You failed your driving test."),
        ("The hotel's already booked.", "The hotel is already booked."),
        ("My mum's finally retired.", "Your mum has finally retired."),
    ],
)
def test_statement_of(told: str, text: str) -> None:
    assert [one.text for one in read_statements(told)] == [text]


@pytest.mark.parametrize(
    "text, plain",
    (
        (
            "It's the number 43 bus I catch to get to work these days.",
            "I catch the number 43 bus to get to work these days.",
        ),
        ("It's the green tin I use for the tea.", "I use the green tin for the tea."),
        (
            "Pickled beetroot is the one thing I'd happily eat straight out of the jar.",
            "I'd happily eat pickled beetroot straight out of the jar.",
        ),
        ("Skiing is the only thing my brother misses.", "My brother misses skiing."),
    ),
)
def test_clefts_without_a_link(text: str, plain: str) -> None:
    assert in_plain_order(text) == [plain]
