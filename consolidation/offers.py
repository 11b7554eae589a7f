"""Offers: the models that an owner can choose from here, and what each is good for on this machine.

Reads headers of files; loads no model, writes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.settings import Settings
from consolidation.fit import USABLE, chat_bytes, conversion_bytes, engines_bytes, training_bytes
from memory.text import clean_text, excerpt
from models.base import WeightsMissing
from models.gemma import Gemma, installed_gemma
from models.hardware import Hardware
from models.outline import TRAINABLE, ModelOutline, outline_of
from models.shelves import model_files, usual_shelves

_NAME_CHARACTERS = 60
_SETTINGS_FIX = re.compile("; (name|run) .*")


@dataclass(frozen=True, slots=True)
class Offer:
    """A model, and what this machine can do with it."""

    name: str
    file: Path
    size_bytes: int
    chats: bool
    trains: bool
    """Never without `chats`."""
    remark: str
    """One or two sentences: how much memory it takes, or what it is not good for and why."""
    chats_on_cpu: bool = False
    """Whether it must be kept off a GPU that is there, since it is larger."""
    is_too_large: bool = False
    is_base: bool = False
    """Whether it was never taught to hold a chat."""
    gemma: Gemma | None = None
    """The package that `file` is still to be put together from."""
    is_default: bool = False


def offers(settings: Settings, hardware: Hardware, user: Path) -> Iterator[Offer]:
    """The default model, Gemma where it is installed, and the files on a user's usual shelves."""
    yield default_offer(settings, hardware)
    gemma = installed_gemma()
    if gemma is not None:
        yield _gemma_offer(gemma, settings, hardware)
    for file in model_files(usual_shelves(user)):
        yield offer_of(file, settings, hardware)


def default_offer(settings: Settings, hardware: Hardware) -> Offer:
    """The model that comes with Reverie."""
    file = settings.packaged_gguf
    return _offer("SmolLM2 135M (the default)", file, settings, hardware, is_default=True)


def offer_of(file: Path, settings: Settings, hardware: Hardware) -> Offer:
    """A file that was found or typed in; it may be anything, or nothing."""
    return _offer(clean_text(file.stem), file, settings, hardware)


def typed_offer(path: str, settings: Settings, hardware: Hardware) -> Offer:
    """A file whose path an owner wrote, with ~ or from the current folder."""
    try:
        file = Path(clean_text(path)).expanduser().absolute()
    except RuntimeError:  # ~ of nobody
        remark = f"{clean_text(path)} begins with a name that nobody has here; write it in full."
        return Offer(clean_text(path), Path(path), 0, False, False, remark)
    return offer_of(file, settings, hardware)


def settings_with(before: Settings, offer: Offer | None, at: str | None) -> Settings:
    """The settings of an owner who took an offer, and wants nights at this time or none."""
    model, schedule = before.model, replace(before.schedule, enabled=at is not None)
    if at is not None:
        schedule = replace(schedule, at=at.zfill(len("HH:MM")))
    if offer is not None and not offer.is_default:
        model = replace(model, gguf=str(offer.file))
    if offer is not None and offer.chats_on_cpu:
        model = replace(model, gpu_layers=0)
    return replace(before, model=model, schedule=schedule)


def _offer(
    name: str, file: Path, settings: Settings, hardware: Hardware, *, is_default: bool = False
) -> Offer:
    try:
        outline = outline_of(file)
    except (WeightsMissing, OSError, ValueError) as error:
        reason = _reason(error, file)
        return Offer(name, file, _size_bytes(file), False, False, reason, is_default=is_default)
    return _judged(name, file, outline, settings, hardware, is_default=is_default)


def _gemma_offer(gemma: Gemma, settings: Settings, hardware: Hardware) -> Offer:
    name = "Gemma 3 270M (Gemma's licence)"
    file = settings.home / "models" / gemma.file_name
    try:
        outline = gemma.outline()
    except (WeightsMissing, OSError, ValueError) as error:
        return Offer(name, file, gemma.size_bytes, False, False, _reason(error, file))
    return _judged(name, file, outline, settings, hardware, gemma=gemma)


def _judged(
    name: str,
    file: Path,
    outline: ModelOutline,
    settings: Settings,
    hardware: Hardware,
    *,
    gemma: Gemma | None = None,
    is_default: bool = False,
) -> Offer:
    chat = chat_bytes(outline, settings.model.context_tokens)
    room = _room(hardware)
    gpu_room = _gpu_room(hardware)
    on_gpu = hardware.chats_on_gpu and chat <= gpu_room
    chats, trains, remark = True, False, ""
    if outline.only_embeds:
        chats, remark = False, "It is made to compare texts, and cannot chat."
    elif not on_gpu and chat > room:
        chats = False
        remark = f"Too large: chatting takes about {_gb(chat)}, {_of(hardware)}."
    else:
        trains, remark = _trained(outline, settings, hardware, chat_on_gpu=on_gpu)
    if chats and not outline.has_template:
        remark += " It has no chat template: a base model, which goes on with a text."
    return Offer(
        name=name,
        file=file,
        size_bytes=outline.size_bytes,
        chats=chats,
        trains=trains,
        remark=remark,
        chats_on_cpu=hardware.chats_on_gpu and not on_gpu,
        is_too_large=not chats and not outline.only_embeds,
        is_base=chats and not outline.has_template,
        gemma=gemma,
        is_default=is_default,
    )


def _trained(
    outline: ModelOutline, settings: Settings, hardware: Hardware, *, chat_on_gpu: bool
) -> tuple[bool, str]:
    """Whether a night can train it, and what is to be said of a model that chats."""
    if outline.architecture not in TRAINABLE:
        kind = clean_text(outline.architecture)
        return False, f"It chats and never learns: training cannot use its form, {kind!r}."
    if outline.unknown_types:
        kinds = ", ".join(outline.unknown_types)
        return False, f"It chats and never learns: training cannot read weights stored as {kinds}."
    on_gpu = hardware.trains_on_gpu
    training = training_bytes(outline, settings, on_gpu=on_gpu)
    conversion = conversion_bytes(outline)
    of_gpu, of_memory = (training, conversion) if on_gpu else (0, max(training, conversion))
    engines = engines_bytes(outline, settings.model.context_tokens)
    if chat_on_gpu:
        of_gpu += engines
    else:
        of_memory += engines
    if of_gpu > _gpu_room(hardware):
        lacking = f"{_gb(of_gpu)}, {_of(hardware, gpu=True)}"
    elif of_memory > _room(hardware):
        lacking = f"{_gb(of_memory)}, {_of(hardware)}"
    else:
        night = f"{_gb(of_gpu if on_gpu else of_memory)} in a night, {_of(hardware, gpu=on_gpu)}"
        chat = chat_bytes(outline, settings.model.context_tokens)
        return True, f"Fits: about {_gb(chat)} to chat, {night}."
    return False, f"It chats and never learns: a night takes about {lacking}."


def _reason(error: Exception, file: Path) -> str:
    """Why a file cannot be read, without the settings that would name another."""
    name = excerpt(clean_text(file.name), _NAME_CHARACTERS)
    if isinstance(error, OSError):
        return f"{name} cannot be read: {error.strerror or error}."
    if file.is_dir():
        return f"{name} is a folder; name a GGUF file in it."
    said = clean_text(str(error)).replace(f"{clean_text(str(file))} ", f"{name} ")
    return _SETTINGS_FIX.sub("", said) + "."


def _size_bytes(file: Path) -> int:
    try:
        return file.stat().st_size
    except (OSError, ValueError):
        return 0


def _room(hardware: Hardware) -> float:
    return USABLE * hardware.memory_bytes


def _gpu_room(hardware: Hardware) -> float:
    return USABLE * hardware.gpu.memory_bytes if hardware.gpu else 0.0


def _of(hardware: Hardware, *, gpu: bool = False) -> str:
    """Such as "of 15.6 GB here"."""
    if gpu and hardware.gpu is not None:
        return f"of the GPU's {_gb(hardware.gpu.memory_bytes)}"
    return f"of {_gb(hardware.memory_bytes)} here"


def _gb(size: float) -> str:
    return f"{size / 1e9:.1f} GB"
