"""What the doctor says about who translates: offline models, remote engines, and telling languages."""

from __future__ import annotations

from importlib.util import find_spec

from .opening import documents_of
from .protocol.errors import SeabridgeError
from .protocol.methods.desk import Check
from .runtime.documents import Documents
from .runtime.paths import Paths, source_checkout
from .runtime.secrets import Secrets


def engine(paths: Paths) -> Check:
    """Whether offline models can run and which are installed."""
    if find_spec("ctranslate2") is None or find_spec("sentencepiece") is None:
        setup = "python3 scripts/run.py" if source_checkout() else 'pip install "seabridge[offline]"'
        return Check(id="engine", state="fail", data={"setup": setup})
    folders = [p for p in paths.packages.iterdir() if (p / "metadata.json").exists()] if paths.packages.exists() else []
    if not folders:
        return Check(id="languages", state="warn", data={})
    return Check(id="languages", state="ok", data={"count": str(len(folders))})


def bergamot(paths: Paths) -> Check:
    """Whether the second offline engine can run, and how many of its models are installed."""
    if find_spec("fxtranslate") is None:
        setup = "python3 scripts/run.py" if source_checkout() else 'pip install "seabridge[bergamot]"'
        return Check(id="bergamot", state="off", data={"setup": setup})
    folder = paths.packages / "bergamot"
    count = len([p for p in folder.iterdir() if (p / "seabridge.json").exists()]) if folder.exists() else 0
    return Check(id="bergamot_models", state="ok" if count else "off", data={"count": str(count)})


def remote_engines(paths: Paths) -> Check:
    """The remote engines that are set up: where texts go, and which lack a key or are set up wrongly."""
    try:
        with documents_of(paths) as documents:
            return _remote_engines(documents, Secrets(paths))
    except SeabridgeError as exc:
        if not exc.code.startswith("database_"):
            raise
        return Check(id="remote_engines_unknown", state="off", data={})  # the team's own check says why


def _remote_engines(documents: Documents, secrets: Secrets) -> Check:
    if not documents.all("engines"):
        return Check(id="remote_engines", state="off", data={})
    from .translation.setup import EngineSetup

    setup = EngineSetup(documents, secrets)
    sound = setup.remotes()
    wrong = sorted(name for name in setup.documents() if name not in sound or not sound[name].available())
    if wrong:
        return Check(id="remote_engines", state="warn", data={"names": ", ".join(wrong)})
    told = [f"{name} ({engine.destination or '127.0.0.1'})" for name, engine in sorted(sound.items())]
    plain = [name for name, engine in sorted(sound.items()) if engine.config.unencrypted]
    if plain:
        return Check(id="remote_plain", state="warn", data={"plain": ", ".join(plain), "names": ", ".join(told)})
    return Check(id="remote_engines", state="ok", data={"names": ", ".join(told)})


def detection(_: Paths) -> Check:
    """Whether the language detector is there."""
    return Check(id="detection", state="ok" if find_spec("pycld2") else "warn", data={})
