"""The methods that are compared, as data. Figures of published recipes are as their sources state.

`ours` stands for nothing of its own: it is `consolidation.train` on what a night of Reverie trains.
Its variants change training settings, to show what each part is worth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Views = Literal["dreams", "one"]
Carry = Literal["adapter", "stack", "base", "all weights"]
Penalty = Literal["", "ewc", "lwf", "orthogonal"]
Rate = Literal["constant", "nights", "warm-up"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a night learns."""

    name: str
    carry: Carry = "adapter"
    """What the next night goes on from: the same adapter, a fresh one upon all earlier ones merged
    in, the base anew, or all weights."""
    views: Views = "dreams"
    everything: bool = False
    """All that was told and holds is trained every night, as if it were new."""
    replay: float = 0.0
    """The share of examples that are drawn from earlier nights, each alike."""
    anchors: int = 0
    """General prompts with the base's answers in each step, held by KL; 0 for none."""
    general: float = 0.0
    """The share of examples that are general questions with the base's answers."""
    penalty: Penalty = ""
    penalty_weight: float = 0.0
    rank: int = 32
    alpha: int = 64
    dropout: float = 0.0
    targets: tuple[str, ...] = ()
    """Linear layers by their last name; empty for all."""
    upper_layers: float = 0.5
    learning_rate: float = 7e-4
    rate: Rate = "constant"
    weight_decay: float = 0.0
    batch_size: int = 4
    on_prompt: bool = False
    """Loss on the prompt's tokens, too."""
    steps_a_fact: float = 0.0
    """Stop after so many steps for each fact trained (at least twenty); 0 for the budget alone."""
    stop_below: float = 0.0
    """Stop after two epochs whose mean loss is below this, not before the fifth; 0 for never."""


OURS = "ours"
NOTHING = "no learning"
RETRIEVAL = "retrieval only"

RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe("sequential LoRA"),
        Recipe("sequential LoRA, one view", views="one"),
        Recipe("+ replay 10 %", replay=0.1),
        Recipe("+ replay 33 %", replay=0.33),
        Recipe("+ replay 50 %", replay=0.5),
        Recipe("+ anchors", anchors=3),
        Recipe("+ replay 33 %, anchors", replay=0.33, anchors=3),
        # Kirkpatrick et al. 2017; online form of Schwarz et al. 2018
        Recipe("EWC", penalty="ewc", penalty_weight=1e4),
        # Li and Hoiem 2016: KL to the model of the evening before, on what is new
        Recipe("LwF", penalty="lwf", penalty_weight=1.0),
        # Wang et al. 2023: a fresh adapter whose A is orthogonal to all earlier ones
        Recipe("O-LoRA", carry="stack", rank=8, alpha=16, penalty="orthogonal", penalty_weight=0.5),
        # Li et al. 2025, autoregressive cosine over the nights, half of the examples replayed
        Recipe("TiC-LM", replay=0.5, rate="nights"),
        Recipe(
            "sleeping-llm",
            carry="stack",
            views="one",
            everything=True,
            rank=16,
            alpha=32,
            dropout=0.05,
            targets=("q_proj", "v_proj", "down_proj"),
            upper_layers=8 / 30,
            learning_rate=1e-4,
            weight_decay=0.01,
            batch_size=1,
            steps_a_fact=10,
        ),
        Recipe(
            "jit-lora",
            views="one",
            everything=True,
            general=0.33,
            rank=32,
            alpha=32,
            targets=("q_proj", "v_proj", "down_proj"),
            upper_layers=1.0,
            learning_rate=5e-4,
            rate="warm-up",
            batch_size=1,
            on_prompt=True,
            stop_below=0.8,
        ),
        Recipe("full fine-tuning", carry="all weights", upper_layers=1.0, learning_rate=2e-5),
        Recipe("joint training", carry="base", everything=True, anchors=3),
    )
}

VARIANTS: dict[str, Mapping[str, Any]] = {
    OURS: {},
    "ours, no anchors": {"anchors_per_step": 0},
    "ours, no replay": {"replay_per_step": 0},
    "ours, 80 views replayed": {"replay_views": 80},
    "ours, nothing rests": {"skip_below_loss": 0.0},
    "ours, merged at 1.2": {"strength": 1.2},
    "ours, no free texts": {"texts_per_step": 0},
    "ours, not averaged": {"average": 0.0},
    "ours, 1 replayed": {"replay_per_step": 1},
    "ours, no names brought up": {},
    "ours, no asker": {},
    "ours, half the tokens": {},
    "ours, twice the tokens": {"max_epochs": 10},
}
"""Ours with other settings for training."""
OF_THE_BUDGET = {"ours, half the tokens": 0.5, "ours, twice the tokens": 2.0}
"""What a variant trains, of what the others do; twice it, it passes over what is new more often."""
LEFT_OUT = {"ours, no names brought up": "mention", "ours, no asker": "asked"}
"""Kinds of dreams that a variant goes without, at the same tokens."""
