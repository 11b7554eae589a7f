"""When a night looks at an example again."""

from consolidation.review import Review

LEARNED, NOT_YET = 0.05, 0.5


def test_everything_is_due_at_first() -> None:
    assert Review(3, learned_below=0.1).due(0) == [0, 1, 2]


def test_what_is_not_learned_is_due_in_every_epoch() -> None:
    review = Review(2, learned_below=0.1)
    for epoch in range(3):
        assert 0 in review.due(epoch)
        review.seen(0, epoch, NOT_YET)


def test_what_is_learned_rests_longer_each_time() -> None:
    review = Review(2, learned_below=0.1)
    looked_at = []
    for epoch in range(12):
        due = review.due(epoch)
        review.seen(0, epoch, NOT_YET)
        if 1 in due:
            looked_at.append(epoch)
            review.seen(1, epoch, LEARNED)
    assert looked_at == [0, 2, 6]


def test_what_was_forgotten_is_due_again_at_once() -> None:
    review = Review(1, learned_below=0.1)
    review.seen(0, 0, LEARNED)
    review.seen(0, 2, NOT_YET)
    assert review.learned == 0
    assert review.due(3) == [0]


def test_the_night_ends_when_all_was_known_twice_in_a_row() -> None:
    review = Review(2, learned_below=0.1)
    for example in (0, 1):
        review.seen(example, 0, LEARNED)
    assert review.due(1) == [0, 1], "nothing new to learn: the second look comes early"
    for example in (0, 1):
        review.seen(example, 1, LEARNED)
    assert review.due(2) == []
    assert review.learned == 2
