"""Nearness: how near a night's dreams come to what owners would ask. Seconds, and no training.

    python -m benchmarks.nearness --files benchmarks/everyday/*.json [--worst 20]

For every question, the mean cosine of its two nearest dreams among those that a night would train.
After a night this tells right from wrong answers only weakly (LOG.md): it is for finding what
the dream writer lacks, not a claim.
"""

import argparse
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from assistant.settings_file import load_settings
from consolidation.dreams import GrammarWriter
from consolidation.views import spread
from memory.episode import Episode, NoveltyScore
from models.base import Embedder
from models.embed import EmbedderProcess

FAR = 0.65
_NIGHT = datetime(2026, 11, 24, tzinfo=UTC)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=Path, nargs="+", required=True)
    parser.add_argument("--worst", type=int, default=0, help="print so many questions of each file")
    options = parser.parse_args()
    settings = load_settings(Path.home())
    embedder = EmbedderProcess(settings.embedder_source, Path(os.devnull))
    limit = settings.training.views_per_statement
    for file in options.files:
        facts = json.loads(file.read_text(encoding="utf-8"))
        rows = [row for fact in facts for row in nearness(fact, limit, embedder)]
        values = np.array([row[0] for row in rows])
        silent = sum(value == 0 for value in values)
        print(
            f"{file.stem:16} mean {values.mean():.3f}, below {FAR}: {(values < FAR).mean():.3f} "
            f"of {len(values)} questions, {silent} of them without a dream"
        )
        for value, question, nearest, told in sorted(rows)[: options.worst]:
            print(f"  {value:.2f} {question}\n       nearest: {nearest}\n       told:    {told}")
    embedder.close()
    return 0


def nearness(
    fact: dict[str, Any], limit: int, embedder: Embedder
) -> list[tuple[float, str, str, str]]:
    """For each question of a fact: its nearness, itself, its nearest dream, what was told."""
    told, asked = fact["told"], fact["asked"]
    episode = Episode(1, "1", _NIGHT, told, "", "base", NoveltyScore(1, 1, 1), "waiting")
    dreams = spread(GrammarWriter().write(episode), limit)
    prompts = [dream.prompt for dream in dreams if isinstance(dream.prompt, str)]
    if not prompts:
        return [(0.0, question, "", told) for question in asked]
    cosines = embedder.embed(asked) @ embedder.embed(prompts).T
    nearest = np.sort(cosines, axis=1)[:, -2:].mean(axis=1)
    best = cosines.argmax(axis=1)
    return [
        (float(value), question, prompts[i], told)
        for value, question, i in zip(nearest, asked, best, strict=True)
    ]


if __name__ == "__main__":
    raise SystemExit(main())
