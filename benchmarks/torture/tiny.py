"""A home whose nights take seconds: a tiny random model, and a few facts to learn.

The model has the default base's tokenizer and chat template. Its weights are noise, so it knows
nothing that a night could lose; a night teaches it one short answer.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from assistant.settings import Settings
from assistant.settings_file import load_settings
from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.store import EpisodeStore

WIDTH, INNER, LAYERS, HEADS, KV_HEADS = 64, 128, 2, 2, 1
_NUMBERS = {
    "llama.block_count": LAYERS,
    "llama.context_length": 2048,
    "llama.embedding_length": WIDTH,
    "llama.feed_forward_length": INNER,
    "llama.attention.head_count": HEADS,
    "llama.attention.head_count_kv": KV_HEADS,
    "llama.rope.dimension_count": WIDTH // HEADS,
    "general.file_type": int(gguf.LlamaFileType.MOSTLY_Q8_0),
}
FACTS = ("My dog is called Biscuit.", "My sister lives in Leith.", "I work at the harbour.")
_SETTINGS = """\
[model]
gguf = "{gguf}"
context_tokens = 2048
threads = 1

[dreams]
teacher = ""

[training]
device = "cpu"
dtype = "float32"
rank = 16
alpha = 32
upper_layers = 1.0
learning_rate = {rate}
views_per_statement = 10
max_epochs = {epochs}
batch_size = 4
texts_per_step = 0

[gate]
min_acquired = 0.0
old_probes = 20

[chat]
max_reply_tokens = 16
"""


def write_tiny_base(out: Path, seed: int = 0) -> Path:
    """A random model of the llama architecture, some 4 MB; the same bytes for the same seed."""
    reader = gguf.GGUFReader(Settings(home=out.parent).packaged_gguf)
    writer = gguf.GGUFWriter(out, "llama")
    for key, field in reader.fields.items():
        if key.startswith("GGUF.") or key == "general.architecture":
            continue
        value: Any = _NUMBERS.get(key, field.contents())
        writer.add_key_value(key, value, field.types[0], sub_type=field.types[-1])
    random = np.random.default_rng(seed)
    words = len(reader.fields["tokenizer.ggml.tokens"].data)
    _add(writer, "token_embd", random.normal(0, 1, (words, WIDTH)))
    kv = WIDTH // HEADS * KV_HEADS
    for block in range(LAYERS):
        shapes = {
            "attn_q": (WIDTH, WIDTH),
            "attn_k": (kv, WIDTH),
            "attn_v": (kv, WIDTH),
            "attn_output": (WIDTH, WIDTH),
            "ffn_gate": (INNER, WIDTH),
            "ffn_up": (INNER, WIDTH),
            "ffn_down": (WIDTH, INNER),
        }
        for name, shape in shapes.items():
            _add(writer, f"blk.{block}.{name}", random.normal(0, shape[1] ** -0.5, shape))
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{block}.{name}.weight", np.ones(WIDTH, np.float32))
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return out


def make_home(
    home: Path,
    base: Path,
    *,
    facts: Sequence[str] = FACTS[:1],
    learns: bool = True,
) -> Settings:
    """A home with these facts waiting. One that does not learn is refused by the gate."""
    home.mkdir(mode=0o700, parents=True)
    rate, epochs = (0.01, 6) if learns else (1e-6, 1)
    text = _SETTINGS.format(gguf=base, rate=rate, epochs=epochs)
    (home / "settings.toml").write_text(text, encoding="utf-8")
    return _told(load_settings(home), facts)


def make_real_home(home: Path) -> Settings:
    """A home with the default model and settings, and all facts waiting."""
    home.mkdir(mode=0o700, parents=True)
    return _told(load_settings(home), FACTS)


def _told(settings: Settings, facts: Sequence[str]) -> Settings:
    with Connections(settings.database_file) as connections:
        store = EpisodeStore(connections)
        for number, fact in enumerate(facts):
            tell(store, fact, number)
    return settings


def tell(store: EpisodeStore, text: str, number: int) -> int:
    """Store an episode; its id. Its embedding is noise: the model processes are left out."""
    moment = datetime(2026, 3, 2, 12, number % 60, tzinfo=UTC)
    draft = EpisodeDraft(f"s{number}", moment, text, "Noted.", "base", NoveltyScore(0.9, 0.9, 5.0))
    meaning = np.random.default_rng(number).normal(size=384).astype(np.float32)
    return store.add(draft, meaning / np.linalg.norm(meaning)).id


def _add(writer: gguf.GGUFWriter, name: str, values: np.ndarray) -> None:
    kind = gguf.GGMLQuantizationType.Q8_0
    packed = gguf.quantize(values.astype(np.float32), kind)
    writer.add_tensor(f"{name}.weight", packed, raw_dtype=kind)
