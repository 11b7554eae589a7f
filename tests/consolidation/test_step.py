"""Several processes take the step that one alone takes."""

from collections.abc import Sequence
from typing import Any

import pytest
import torch
from torch import Tensor

from consolidation.examples import Example
from consolidation.processes import Processes
from consolidation.step import Batch, StepLosses, take_gradients
from consolidation.student import Student

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")
CPU = torch.device("cpu")
FACTS = tuple(Example((1, 2, 3, 10 + i, *range(20, 22 + i)), 4) for i in range(5))
ANCHORS = (Example((1, 2, 50, 51, 52), 3),)
TEXTS = (Example((1, 33, 34, 35), 1), Example((1, 43, 44), 1))


class OneOf(Processes):
    """A process among others that are not there: it adds up nothing."""

    def __init__(self, rank: int, count: int) -> None:
        self.rank, self.count = rank, count

    def sum(self, values: Tensor) -> Tensor:
        return values


@pytest.fixture
def student() -> Student:
    from peft import LoraConfig, get_peft_model
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=64,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
    )
    lora = LoraConfig(r=2, target_modules="all-linear", task_type="CAUSAL_LM")
    student = Student(get_peft_model(LlamaForCausalLM(config), lora), CPU, 0)
    return student


def batch(student: Student, facts: Sequence[Example] = FACTS) -> Batch:
    every = [*student.answer_states(ANCHORS), *student.answer_states(TEXTS)]
    return Batch(facts, ANCHORS, TEXTS, [state + 0.5 for state in every])


def gradients(student: Any, whole: Batch, processes: Processes) -> tuple[Tensor, StepLosses]:
    parameters = [p for p in student._body.parameters() if p.requires_grad]
    for parameter in parameters:
        parameter.grad = None
    seen = take_gradients(
        student, whole, rests_below=0.1, anchor_weight=2.0, processes=processes, device=CPU
    )
    none = torch.zeros_like
    return torch.cat([(none(p) if p.grad is None else p.grad).flatten() for p in parameters]), seen


@pytest.mark.parametrize("count", [2, 3, 8])
def test_the_shares_of_processes_add_up_to_the_step_of_one(student: Student, count: int) -> None:
    whole = batch(student)
    alone, seen = gradients(student, whole, Processes())
    parts = [gradients(student, whole, OneOf(rank, count)) for rank in range(count)]
    assert torch.allclose(sum(part for part, _ in parts), alone, atol=1e-6)
    assert alone.abs().max() > 1e-3
    assert sum(losses.total for _, losses in parts) == pytest.approx(seen.total, rel=1e-5)
    assert sum(losses.facts for _, losses in parts) == pytest.approx(seen.facts, rel=1e-5)
    worst = [sum(of_one) for of_one in zip(*(p.worst for _, p in parts), strict=True)]
    assert worst == pytest.approx(seen.worst, rel=1e-5)


@pytest.mark.parametrize("count", range(1, 9))
def test_every_example_is_taken_by_one_process_with_its_own_reference(
    student: Student, count: int
) -> None:
    whole = batch(student)
    shares = [whole.share(rank, count) for rank in range(count)]
    for part in ("facts", "anchors", "texts"):
        taken = [example for share in shares for example in getattr(share, part)]
        assert sorted(e.ids for e in taken) == sorted(e.ids for e in getattr(whole, part))
    known = dict(zip([*ANCHORS, *TEXTS], whole.references, strict=True))
    for share in shares:
        for example, reference in zip(
            [*share.anchors, *share.texts], share.references, strict=True
        ):
            assert known[example] is reference


def test_a_loss_that_is_no_number_leaves_no_gradients(student: Student) -> None:
    whole = batch(student)
    broken = Batch(whole.facts, whole.anchors, (), [whole.references[0] * float("nan")])
    found, seen = gradients(student, broken, Processes())
    assert seen.total != seen.total
    assert not found.any()
