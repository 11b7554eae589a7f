"""A workspace: one home folder, opened, with its parts put together. Decides nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

from assistant.bearing import borne
from assistant.clock import utc_now
from assistant.default_model import opened_registry
from assistant.engines import opened_engine
from assistant.servers.servers import Servers
from assistant.settings import MODEL, RULES, Settings
from assistant.tools.choosing import ModelChoice
from assistant.tools.folders import Folders
from assistant.tools.rules import plain_calls
from assistant.tools.toolbox import Choose, Toolbox, every_tool
from assistant.turn import Assistant
from memory.asked import AskedStore
from memory.browse import Browser
from memory.database import Connections
from memory.history import History
from memory.nights import NightStore
from memory.notebook import Notebook
from memory.recall import Recall
from memory.sessions import SessionStore
from memory.steering import Steering
from memory.store import EpisodeStore
from models.base import EngineCrashed, WeightsMissing
from models.embed import EmbedderProcess
from models.engine import Engine
from models.registry import ModelVersion, Registry
from models.version import weights_damage


class Workspace:
    """Everything that belongs to one home folder. No model is loaded before it is needed.

    Raises `DatabaseUnusable` when the database cannot be opened.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.connections = Connections(settings.database_file)
        self.store = EpisodeStore(self.connections)
        self.sessions = SessionStore(self.connections, self.store)
        self.steering = Steering(self.connections, utc_now)
        self.nights = NightStore(self.connections)
        self.history = History(self.connections)
        self.browser = Browser(self.connections)
        self.asked = AskedStore(self.connections)
        self.recall = Recall(self.store)
        self.notebook = Notebook(self.connections)
        self.registry = opened_registry(settings)
        self.engine = opened_engine(settings)
        self.embedder = EmbedderProcess(settings.embedder_source, settings.embedder_log_file)
        self.toolbox = self._filled_toolbox()
        self._live = _Live(self.registry, self.engine)
        self.assistant = Assistant(
            model=self.engine,
            embedder=self.embedder,
            store=self.store,
            recall=self.recall,
            live=self._live,
            settings=borne(settings),
            clock=utc_now,
            toolbox=self.toolbox,
        )

    def warm_up(self, *, embedder: bool = True) -> None:
        """Start the model and, if it will be needed, the embedder beside it; wait for both."""
        if not embedder:
            self._live.refresh()
            return
        with ThreadPoolExecutor(2) as pool:
            loading = pool.submit(self._live.refresh)
            waking = pool.submit(self.embedder.warm_up)
            self.store.load_embeddings()
            waking.result()
            loading.result()

    def refresh_champion(self) -> ModelVersion:
        """Load the live version if it changed. Raises `WeightsMissing`, `EngineCrashed`."""
        return self._live.refresh()

    def _filled_toolbox(self) -> Toolbox:
        settings = self.settings.tools
        tools = every_tool(
            notebook=self.notebook,
            recall=self.recall,
            folders=Folders(settings.folders),
            clock=utc_now,
        )
        choices: dict[str, Choose] = {
            RULES: plain_calls,
            MODEL: ModelChoice(self.engine, tools, first=plain_calls).calls_for,
        }
        choose = choices.get(settings.choose, lambda text: ())
        return Toolbox(tools, choose, Servers(self.settings.mcp))

    def close(self) -> None:
        """End the processes of models and servers, and close the database."""
        self.toolbox.close()
        self.engine.close()
        self.embedder.close()
        self.connections.close()


class _Live:
    """`LiveModel`: the champion in the engine, and its trial."""

    def __init__(self, registry: Registry, engine: Engine) -> None:
        self._registry = registry
        self._engine = engine
        self._loaded: ModelVersion | None = None
        self._lock = threading.Lock()

    def refresh(self) -> ModelVersion:
        with self._lock:
            champion = self._registry.champion()
            while self._loaded != champion:
                self._loaded = None  # a load that fails leaves the engine empty
                damage, failure = self._load(champion)
                if damage:
                    failure = WeightsMissing(f"{damage}; run `reverie doctor`")
                    fallback = self._registry.report_damaged(champion, damage)
                elif failure:
                    fallback = self._registry.report_failed_load(champion)
                else:
                    self._loaded = champion
                    break
                if fallback is None or fallback == champion:
                    raise failure
                champion = fallback
            return champion

    def _load(self, version: ModelVersion) -> tuple[str, Exception | None]:
        """Load it, and hold its file against its hash meanwhile: what each found wrong."""
        failure: Exception | None = None
        with ThreadPoolExecutor(1) as pool:
            checking = pool.submit(weights_damage, version)
            try:
                self._engine.load(version.gguf)
            except (WeightsMissing, EngineCrashed) as error:
                failure = error
            return checking.result(), failure

    def refresh_champion(self) -> str:
        return self.refresh().name

    def confirm_good(self) -> None:
        if self._loaded is not None:
            self._registry.confirm_good(self._loaded)
