"""Intake: how new a text is that came by no turn. The embedder is asked, no chat model."""

from memory.episode import NoveltyScore
from memory.novelty import NEIGHBOURS, embedding_novelty, novelty_score
from memory.store import EpisodeStore
from models.base import Embeddings


def novelties(
    store: EpisodeStore, embeddings: Embeddings, *, besides: int | None = None
) -> list[NoveltyScore]:
    """The novelty of each text among all that is stored, and among those before it here.

    `embeddings` has unit vectors (n, d). The episode `besides` is passed over. No surprisal was
    measured, so each score is the least that it can be.
    """
    scores = []
    for place, one in enumerate(embeddings):
        stored = store.nearest(one, NEIGHBOURS + 1, quarantined=True)
        cosines = [cosine for episode_id, cosine in stored if episode_id != besides]
        cosines += (embeddings[:place] @ one).tolist()
        nearest = sorted(cosines, reverse=True)[:NEIGHBOURS]
        scores.append(novelty_score(embedding_novelty(nearest), None))
    return scores
