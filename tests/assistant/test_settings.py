"""Settings come whole, or are refused with the key and the fix."""

import os
import stat
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from assistant.settings import ServerSettings, Settings, default_home
from assistant.settings_file import SettingsInvalid, load_settings


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def loaded(home: Path, text: str) -> Settings:
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text(text, encoding="utf-8")
    return load_settings(home)


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings(home=tmp_path)


def test_an_empty_file_and_empty_sections_change_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == Settings(home=tmp_path)
    assert loaded(tmp_path, "[chat]\n[model]\n") == Settings(home=tmp_path)


def test_what_the_file_names_is_changed_and_nothing_else(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path, '[chat]\nsystem_prompt = "Be brief."\ntemperature = 1\n[schedule]\nat = "4:30"\n'
    )
    default = Settings(home=tmp_path)
    assert settings.chat.system_prompt == "Be brief."
    assert settings.chat.temperature == 1.0
    assert isinstance(settings.chat.temperature, float)
    assert settings.chat.top_p == default.chat.top_p
    assert settings.schedule.at == "4:30"
    assert (settings.model, settings.training, settings.gate) == (
        default.model,
        default.training,
        default.gate,
    )


def test_settings_cannot_be_changed_while_running(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    with pytest.raises(FrozenInstanceError):
        settings.chat.temperature = 1.0  # type: ignore[misc]


@pytest.mark.usefixtures("open_umask")
def test_a_missing_home_is_made_for_the_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    load_settings(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_everything_lies_in_the_home(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    places = (
        settings.file,
        settings.database_file,
        settings.weights_folder,
        settings.cache_folder,
        settings.night_lock_file,
        settings.engine_log_file,
        settings.embedder_log_file,
    )
    assert len(set(places)) == len(places)
    assert {place.parent for place in places} == {tmp_path}


def test_a_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(Path("here")).home == tmp_path / "here"


def test_the_environment_names_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVERIE_HOME", str(tmp_path / "named"))
    assert default_home() == tmp_path / "named"
    assert load_settings().home == tmp_path / "named"
    monkeypatch.setenv("REVERIE_HOME", "")
    assert default_home().name == "reverie"


def test_the_owners_model_is_taken_where_it_lies(tmp_path: Path) -> None:
    settings = loaded(tmp_path, '[model]\ngguf = "~/big.gguf"\nembedder = "some/model"\n')
    assert settings.base_gguf == Path.home() / "big.gguf"
    assert settings.embedder_source == "some/model"


def test_the_packaged_models_are_there(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings.packaged_gguf.is_file()
    assert settings.base_gguf == settings.default_base_gguf
    assert Path(settings.embedder_source).is_dir()


@pytest.mark.parametrize(
    ("text", "named", "fix"),
    [
        ("[chats]", "unknown section [chats]", "known are model, chat, selection"),
        ('home = "elsewhere"', "unknown section [home]", "known are model"),
        ("[chat]\ntemprature = 0", "unknown key chat.temprature", "known are system_prompt, temp"),
        ("chat = 1", "chat must be a section", "written [chat]"),
        ("[[chat]]", "chat must be a section", "written [chat]"),
        ("[chat]\ntemperature = 'hot'", "chat.temperature = 'hot'", "must be a number"),
        ("[chat]\ntemperature = true", "chat.temperature = True", "must be a number"),
        ("[chat]\nmax_reply_tokens = 4.5", "chat.max_reply_tokens = 4.5", "must be a whole number"),
        ("[chat]\nsystem_prompt = 3", "chat.system_prompt = 3", "must be a text in quotes"),
        ("[schedule]\nenabled = 'yes'", "schedule.enabled = 'yes'", "must be true or false"),
        (
            "[schedule]\nat = 03:00:00",
            "schedule.at = datetime.time(3, 0)",
            "must be a text in quotes",
        ),
        ("[chat]\ntemperature = 2.1", "chat.temperature = 2.1", "between 0 and 2"),
        ("[chat]\ntemperature = nan", "chat.temperature = nan", "between 0 and 2"),
        ("[chat]\ntop_p = 0", "chat.top_p = 0.0", "above 0 and at most 1"),
        ("[chat]\nmax_reply_tokens = 0", "chat.max_reply_tokens = 0", "above 0"),
        ("[chat]\nhistory = -2", "chat.history = -2", "-1 or more"),
        ("[chat]\nrecall_limit = -1", "chat.recall_limit = -1", "0 or more"),
        ("[chat]\nrecall_whole = -1", "chat.recall_whole = -1", "0 or more"),
        ("[model]\ncontext_tokens = 511", "model.context_tokens = 511", "512 or more"),
        ("[model]\nthreads = -1", "model.threads = -1", "0 or more"),
        (
            "[selection]\nnovelty_threshold = 1.5",
            "selection.novelty_threshold = 1.5",
            "between 0 and 1",
        ),
        ("[selection]\nmax_episodes = 0", "selection.max_episodes = 0", "above 0"),
        ("[training]\nrank = 0", "training.rank = 0", "above 0"),
        ("[training]\nlearning_rate = -1e-4", "training.learning_rate = -0.0001", "above 0"),
        ("[training]\nreplay_views = -1", "training.replay_views = -1", "0 or more"),
        ("[training]\naverage = 1.5", "training.average = 1.5", "between 0 and 1"),
        ("[training]\ndevice = 'tpu'", "training.device = 'tpu'", "one of auto, cpu, cuda, mps"),
        ("[training]\ndtype = 'int4'", "training.dtype = 'int4'", "one of auto, float32, bfloat16"),
        ("[training]\nstrength = 0.0", "training.strength = 0.0", "above 0"),
        ("[training]\nmerge_type = 'Q2'", "training.merge_type = 'Q2'", "one of Q8_0, F16, BF16"),
        ("[dreams]\nteacher_views = 0", "dreams.teacher_views = 0", "above 0"),
        ("[dreams]\nteacher = '/no/t.gguf'", "dreams.teacher = '/no/t.gguf'", "that is there"),
        ("[gate]\nmin_acquired = -0.1", "gate.min_acquired = -0.1", "between 0 and 1"),
        ("[gate]\nconfidence = 1.0", "gate.confidence = 1.0", "at least 0.5 and below 1"),
        ("[gate]\nmax_gone_old = 2", "gate.max_gone_old = 2.0", "between 0 and 1"),
        ("[schedule]\nat = '24:00'", "schedule.at = '24:00'", 'a time such as "03:00"'),
        ("[schedule]\nat = '3'", "schedule.at = '3'", 'a time such as "03:00"'),
        ("[schedule]\nat = '3:5'", "schedule.at = '3:5'", 'a time such as "03:00"'),
        ("[schedule]\nat = '\u00b2:00'", "schedule.at = '\u00b2:00'", 'a time such as "03:00"'),
        ("[schedule]\nbattery = 'maybe'", "schedule.battery = 'maybe'", '"never" or "always"'),
        ("[schedule]\nmax_load = -1", "schedule.max_load = -1", "0 or more"),
        ("[schedule]\nat = ''", "schedule.at = ''", 'a time such as "03:00"'),
        ("[chat]\ntop_p 1", "is not valid TOML", "line 2"),
        ("mcp = 1", "mcp must be sections", "each written like [mcp.files]"),
        ("[mcp]\nfiles = 1", "mcp.files must be a section", "such as [mcp.files]"),
        ("[mcp.Files]\ncommand = ['a']", "[mcp.Files] must be named", "small letters"),
        ("[mcp.'a.b']\ncommand = ['a']", "[mcp.a.b] must be named", "small letters"),
        ("[mcp.files]", "mcp.files.command = []", "must be a program and its arguments"),
        ("[mcp.files]\ncommand = 'npx'", "mcp.files.command = 'npx'", "a list of texts"),
        ("[mcp.files]\ncomand = ['a']", "unknown key mcp.files.comand", "known are command, wri"),
        (
            "[mcp.files]\ncommand = ['a']\nwrites = 'no'",
            "mcp.files.writes = 'no'",
            "must be true or false",
        ),
        (
            "[mcp.files]\ncommand = ['a']\ntimeout_s = 0",
            "mcp.files.timeout_s = 0.0",
            "above 0 and at most 600",
        ),
    ],
)
def test_what_cannot_be_used_is_named_with_its_fix(
    tmp_path: Path, text: str, named: str, fix: str
) -> None:
    with pytest.raises(SettingsInvalid) as raised:
        loaded(tmp_path, text)
    reason = str(raised.value)
    assert reason.startswith(str(tmp_path / "settings.toml"))
    assert named in reason
    assert fix in reason
    assert "\n" not in reason


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsInvalid, match=r"settings\.toml cannot be read"):
        load_settings(tmp_path)


def test_a_folder_in_the_files_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(SettingsInvalid, match=r"settings\.toml cannot be read"):
        load_settings(tmp_path)


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsInvalid, match=r"file/home cannot be made: Not a directory"):
        load_settings(tmp_path / "file" / "home")


def test_the_home_of_nobody_is_refused() -> None:
    with pytest.raises(SettingsInvalid, match=r"~nobody-of-that-name/x.*name it in full"):
        load_settings(Path("~nobody-of-that-name/x"))


@pytest.mark.parametrize("teacher", ["asker", "", "champion", "{home}/t.gguf"])
def test_a_teacher_is_the_asker_nobody_the_champion_or_a_file(tmp_path: Path, teacher: str) -> None:
    (tmp_path / "t.gguf").touch()
    named = teacher.format(home=tmp_path)
    assert loaded(tmp_path, f"[dreams]\nteacher = '{named}'").dreams.teacher == named


def test_servers_are_named_with_their_commands(tmp_path: Path) -> None:
    text = '[mcp.files]\ncommand = ["npx", "~/notes"]\nwrites = false\n[mcp.b-2]\ncommand = ["b"]\n'
    servers = loaded(tmp_path, text).mcp
    assert servers == {
        "files": ServerSettings(("npx", "~/notes"), writes=False),
        "b-2": ServerSettings(("b",), writes=True, timeout_s=30.0),
    }


def test_folders_are_a_list_of_texts(tmp_path: Path) -> None:
    settings = loaded(tmp_path, '[tools]\nchoose = "model"\nfolders = ["~/notes", "/work"]\n')
    assert (settings.tools.choose, settings.tools.folders) == ("model", ("~/notes", "/work"))
    for wrong in ('"~/notes"', "[1]", '[""]', "true"):
        with pytest.raises(SettingsInvalid, match=r"tools\.folders = .* must be a list of texts"):
            loaded(tmp_path, f"[tools]\nfolders = {wrong}\n")
    with pytest.raises(SettingsInvalid, match=r'one of "rules", "model", ""'):
        loaded(tmp_path, '[tools]\nchoose = "dice"\n')
