"""Which dates a text names, what they meant on the day they were said, and what is no date."""

from datetime import UTC, date, datetime

import pytest

from consolidation.english.dates import resolve_dates, with_dates

THURSDAY = datetime(2026, 3, 12, 10, 0)


def isos(text: str, at: datetime = THURSDAY) -> list[str]:
    return [dated.iso for dated in resolve_dates(text, at)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("I have a dentist appointment tomorrow at 10:15", "2026-03-13"),
        ("saw gran yesterday, she's better", "2026-03-11"),
        ("see you tmrw", "2026-03-13"),
        ("the plumber comes the day after tomorrow", "2026-03-14"),
        ("the day before yesterday I lost my keys", "2026-03-10"),
        ("we're off to the theatre tonight", "2026-03-12"),
        ("I slept terribly last night", "2026-03-11"),
        ("the boiler man came this morning", "2026-03-12"),
        ("Jo's leaving do is a week tomorrow", "2026-03-20"),
        ("he retires two weeks today", "2026-03-26"),
        ("my passport expires in three weeks", "2026-04-02"),
        ("the results come in two weeks' time", "2026-03-26"),
        ("she's due in about three weeks", "2026-04-02"),
        ("I quit smoking two days ago", "2026-03-10"),
        ("we met a fortnight ago", "2026-02-26"),
        ("I finished chemo a year ago today", "2025-03-12"),
        ("I finished chemo six weeks ago on Monday", "2026-01-26"),
        ("I moved here three months ago", "2025-12"),
        ("my dad died two years ago", "2024"),
        ("my thesis is due in six months", "2026-09"),
    ],
)
def test_distance_is_counted_from_the_day_of_saying(text: str, iso: str) -> None:
    assert isos(text) == [iso]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("we ate out on Friday", "2026-03-06"),
        ("we eat out on Friday", "2026-03-13"),
        ("we're eating out on Friday night", "2026-03-13"),
        ("I'll call her Monday", "2026-03-16"),
        ("I called her Monday", "2026-03-09"),
        ("Started Monday", "2026-03-09"),
        ("got my jab on thurs", "2026-03-05"),
        ("exam on tues", "2026-03-17"),
        ("mon 9am standup", "2026-03-16"),
        ("I go back to uni on Sun", "2026-03-15"),
        ("My sister is visiting this Saturday", "2026-03-14"),
        ("she moved in last Saturday", "2026-03-07"),
        ("the course starts next Wednesday", "2026-03-18"),
        ("Half term starts the Monday after next", "2026-03-23"),
        ("the party is a week on Friday", "2026-03-20"),
        ("the new puppy arrives sunday week", "2026-03-22"),
        ("the surgery is two weeks from Monday", "2026-03-30"),
        ("Thursday next week I have jury duty", "2026-03-19"),
        ("next week on Thursday I have jury duty", "2026-03-19"),
        ("back at work since Monday", "2026-03-09"),
        ("they moved the match to Sunday", "2026-03-15"),
        ("they've moved the match to Sunday", "2026-03-15"),
        ("my appointment on Friday was cancelled", "2026-03-13"),
        ("The meeting on Tuesday went well", "2026-03-10"),
        ("I promised to call her on Saturday", "2026-03-14"),
        ("I had to work on Saturday", "2026-03-07"),
        ("we said we'd meet on Tuesday", "2026-03-17"),
        ("booked the table for Wednesday", "2026-03-18"),
        ("the gym opens again on Thursday", "2026-03-19"),
        ("the clocks go forward on the last Sunday in March", "2026-03-29"),
        ("our band plays the last Saturday of the month", "2026-03-28"),
        ("we're playing them on the wednesday after school", "2026-03-18"),
        ("were playing them on the wednesday", "2026-03-18"),
        ("we were playing them on the wednesday", "2026-03-11"),
    ],
)
def test_weekday_lies_where_the_tense_of_its_clause_points(text: str, iso: str) -> None:
    assert isos(text) == [iso]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("I fly to Oslo on the 19th", "2026-03-19"),
        ("I flew to Oslo on the 19th", "2026-02-19"),
        ("rent is due by the 3rd", "2026-04-03"),
        ("my flight leaves on the twenty-first", "2026-03-21"),
        ("the wedding is on the 3rd of May", "2026-05-03"),
        ("the wedding is on May 3", "2026-05-03"),
        ("the wedding is 3rd May", "2026-05-03"),
        ("sept 4 is our first day at the new school", "2026-09-04"),
        ("I gave up coffee on January the 2nd", "2026-01-02"),
        ("we got the cat on 3 November", "2025-11-03"),
        ("the MOT is due before 25/12", "2026-12-25"),
        ("new driving test is 16/04", "2026-04-16"),
        ("Dentist moved to Thursday 26th", "2026-03-26"),
        ("nan's 80th is sat the 21st", "2026-03-21"),
        ("moving day is the 28th of this month", "2026-03-28"),
        ("Ruth moves out on the last day of April", "2026-04-30"),
        ("I got the bike for Christmas", "2025-12-25"),
        ("my exam is on 2026-06-03", "2026-06-03"),
        ("She was born on the 9th of January 1987.", "1987-01-09"),
        ("we're driving up on Christmas Eve", "2026-12-24"),
        ("he proposed on New Year's Day", "2026-01-01"),
        ("we got engaged on Valentine's Day", "2026-02-14"),
        ("we fly home on Easter Monday", "2026-04-06"),
    ],
)
def test_day_of_the_calendar_is_given_its_month_and_year(text: str, iso: str) -> None:
    assert isos(text) == [iso]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("I start my new job in July", "2026-07"),
        ("I started my job in July", "2025-07"),
        ("I've been vegetarian since January", "2026-01"),
        ("he graduated last September", "2025-09"),
        ("they're getting married next June", "2026-06"),
        ("project deadline mid-May", "2026-05"),
        ("she has been to Prague in February", "2026-02"),
        ("she has asked for the caravan in August", "2026-08"),
        ("the lease runs until the end of the month", "2026-03-31"),
        ("we're moving at the end of June", "2026-06"),
        ("the inspection is next month", "2026-04"),
        ("she is going on leave the week after next", "2026-03-23"),
        ("I'm helping my brother move this weekend", "2026-03-14"),
        ("I helped my brother move at the weekend", "2026-03-07"),
        ("we bought the house last spring", "2025"),
        ("we're renovating in the summer", "2026"),
        ("he turns 18 next year", "2027"),
        ("we married in nineteen eighty four", "1984"),
        ("the shop has been ours since '98", "1998"),
    ],
)
def test_longer_time_is_as_exact_as_it_was_told(text: str, iso: str) -> None:
    assert isos(text) == [iso]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm away from the 3rd to the 7th", ["2026-04-03", "2026-04-07"]),
        ("he opens on the first of April, I help him that weekend", ["2026-04-01", "2026-04-04"]),
        ("the festival is 12-14 June", ["2026-06-12", "2026-06-14"]),
        ("the festival is June 12-14", ["2026-06-12", "2026-06-14"]),
        ("away from the 28th till the 12th of April", ["2026-03-28", "2026-04-12"]),
        ("we leave on the 30th and come back on the 2nd", ["2026-03-30", "2026-04-02"]),
        ("starts june 15. build frozen on the 8th", ["2026-06-15", "2026-06-08"]),
        ("I see the physio on Tuesday and the GP on Wednesday", ["2026-03-17", "2026-03-18"]),
        ("the interview is on Monday, I hear back the day after", ["2026-03-16", "2026-03-17"]),
        ("she lands on 4 May, home again the Tuesday after", ["2026-05-04", "2026-05-05"]),
        ("I signed on Tuesday, starting April 1st", ["2026-03-10", "2026-04-01"]),
        ("we're closed between Christmas and New Year", ["2026-12-25", "2027-01-01"]),
        ("his funeral was last Friday and I fly next Thursday", ["2026-03-06", "2026-03-19"]),
    ],
)
def test_date_leans_on_the_one_beside_it(text: str, expected: list[str]) -> None:
    assert isos(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I swim on Mondays",
        "I swim every Friday",
        "each Tuesday and Thursday I have choir",
        "every other Saturday we hike",
        "we play chess Friday evenings",
        "I usually swim on Tuesday",
        "I work Monday to Friday",
        "I train twice a week, Tuesday and Thursday",
        "we always go to Cornwall in August",
        "on the 1st of each month I pay rent",
        "no meetings on a Friday please",
        "they meet on the third Thursday of every month",
        "my birthday is 3 May",
        "I was born on 3 May",
    ],
)
def test_what_comes_again_and_again_is_no_date(text: str) -> None:
    assert isos(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I'm away for three weeks",
        "I read the book in two days",
        "the best film in ten years",
        "I may come",
        "we march to the square",
        "the sun is out and I sat down",
        "wait a second",
        "the second half was better",
        "I spring out of bed",
        "he is 27 and his dog is 3",
        "it cost 12 pounds",
        "I get up at 7",
        "I live at 14 Mill Lane",
        "I live at 12 May Street",
        "we upgraded to Python 3.12",
        "the office is on the 5th floor",
        "it's my 3rd coffee",
        "we won 3-1",
        "I take the 27 bus",
        "it is 24/7 support",
        "add 3/4 cup of flour",
        "the Sunday Times is my paper",
        "Sunday lunch is sacred to us",
        "May is my favourite aunt",
        "my wife's name is April",
        "one day I will move to Spain",
        "the day after the wedding we fly to Bali",
        "it happened the day after we met",
        "in the next week or so",
        "",
    ],
)
def test_other_words_and_numbers_are_no_dates(text: str) -> None:
    assert isos(text) == []


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Vet on Tuesday", "Vet on Tuesday 17 March 2026"),
        ("I stay til the 19th", "I stay until 19 March 2026"),
        ("Tomorrow I fly.", "On 13 March 2026 I fly."),
        ("tomorrow 10:15 dentist", "on 13 March 2026 at 10:15 dentist"),
        ("we bought it last spring", "we bought it in spring 2025"),
        ("we built it last winter", "we built it in winter 2025/26"),
        ("I got it in september", "I got it in September 2025"),
        ("from 1 May I work less", "from 1 May 2026 I work less"),
        ("he flies in on Friday night", "he flies in on the night of Friday 13 March 2026"),
        ("away 12-14 June", "away from 12 June 2026 to 14 June 2026"),
        ("the date is Saturday 21 March", "the date is Saturday 21 March 2026"),
        ("it is due by the end of the month", "it is due by the end of March 2026"),
        ("off from Mon to Wed", "off from Monday 16 March 2026 to Wednesday 18 March 2026"),
        ("the week of the 20th of April", "the week of 20 April 2026"),
        ("it was fixed in 2019", "it was fixed in 2019"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_full_text_says_the_date_with_its_preposition(text: str, full: str) -> None:
    assert with_dates(text, THURSDAY) == full


def test_span_covers_the_words_that_were_said() -> None:
    text = "well, the talk was moved – until the 19th –  and I’m back on tuesday."
    for dated in resolve_dates(text, THURSDAY):
        assert text[dated.start : dated.end] == dated.said
    assert [dated.said for dated in resolve_dates(text, THURSDAY)] == [
        "until the 19th",
        "on tuesday",
    ]


def test_day_before_is_counted_from_what_the_talk_was_of() -> None:
    text = "my sister can only fly in the day before"
    assert resolve_dates(text, THURSDAY) == []
    (dated,) = resolve_dates(text, THURSDAY, about=date(2026, 12, 12))
    assert (dated.said, dated.iso) == ("the day before", "2026-12-11")


def test_leap_day_and_turn_of_the_year_are_reckoned() -> None:
    assert isos("the party is on 29 February") == ["2028-02-29"]
    assert isos("back on the 31st", datetime(2026, 9, 12)) == ["2026-10-31"]
    assert isos("she comes on Friday", datetime(2026, 12, 30)) == ["2027-01-01"]


def test_aware_and_naive_times_mean_the_same_day() -> None:
    aware = THURSDAY.replace(tzinfo=UTC)
    assert resolve_dates("see you tomorrow", aware) == resolve_dates("see you tomorrow", THURSDAY)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Signed up for the triathlon, 19 April", "2026-04-19"),
        ("she rang last night, she's expecting, due in January", "2027-01"),
        ("we have a boy! born saturday at noon", "2026-03-07"),
    ],
)
def test_what_is_booked_or_due_lies_ahead_and_who_is_born_is_born(text: str, iso: str) -> None:
    assert iso in isos(text)


@pytest.mark.parametrize(
    "text",
    ["I swim every day except Saturday", "Tuesday is my only free evening"],
)
def test_a_day_of_every_week_has_no_date(text: str) -> None:
    assert isos(text) == []


def test_a_dot_behind_a_month_ends_its_sentence() -> None:
    assert [
        one.said for one in resolve_dates("my mum is 62 in april. her do is big", THURSDAY)
    ] == ["in april"]
