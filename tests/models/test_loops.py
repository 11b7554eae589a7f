from models.loops import is_looping


def test_a_passage_said_three_times_is_a_loop() -> None:
    passage = list(range(12))
    assert not is_looping([99, *passage, *passage])
    assert is_looping([99, *passage * 3])


def test_one_word_again_and_again_is_a_loop() -> None:
    assert is_looping([5] * 24)
    assert not is_looping([5] * 23)


def test_a_list_with_one_form_is_none() -> None:
    rows = [token for item in range(20) for token in (1, 2, 3, 100 + item)]
    assert not is_looping(rows)


def test_a_loop_that_ended_is_none() -> None:
    assert not is_looping([*[5] * 40, 6])
