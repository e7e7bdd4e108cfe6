"""Asks engines one after the other until one answers. No engine's failure or slowness goes further than here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from companion.protocol import ErrorCode, SeabridgeError

from .breaker import Breaker
from .choice import Order, candidates
from .engines.base import Engine

Answer = TypeVar("Answer")

#: A local engine needs a few hundred ms for a batch, and seconds to load a model from a cold disk.
TIMEOUT_S = 20.0
#: Questions to one engine at the same time. Each engine has its own threads: one that hangs must not hold up another.
WORKERS = 4


@dataclass(slots=True)
class Chain:
    """``engines`` and ``order`` are asked anew each time: the seller changes them while the companion runs."""

    engines: Callable[[], Mapping[str, Engine]]
    order: Callable[[], Order]
    breaker: Breaker = field(default_factory=Breaker)
    timeout_s: float = TIMEOUT_S
    _pools: dict[str, ThreadPoolExecutor] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def candidates(self, source: str, target: str, named: str = "") -> list[Engine]:
        """The engines to try for a pair, best first. One that rests is left out, unless the seller named it now."""
        engines = self.engines()
        wanted = (named,) if named else self.order().names(source, target)
        usable = {
            name
            for name in wanted
            if name in engines and engines[name].available() and not engines[name].missing(source, target)
        }
        return [engines[name] for name in candidates(self.order(), source, target, named, usable)]

    def ask(self, engine: Engine, work: Callable[[], Answer], *, named: bool = False) -> Answer:
        """Run ``work`` for an engine within its time and note how it went.

        Raises SeabridgeError: ``busy`` when the engine rests, ``timeout``, or what the engine raised.
        """
        if not named and not self.breaker.allows(engine.name):
            raise SeabridgeError(ErrorCode.BUSY, f"{engine.name} rests", engine=engine.name)
        running = self._pool(engine.name).submit(work)
        try:
            answer = running.result(self.timeout_s)
        except SeabridgeError as exc:
            self.breaker.failed(engine.name, exc.code)
            raise
        except TimeoutError:
            # What has not begun never will; what runs is left to end, its answer is wanted by nobody.
            running.cancel()
            self.breaker.failed(engine.name, ErrorCode.TIMEOUT)
            raise SeabridgeError(ErrorCode.TIMEOUT, f"{engine.name} took too long", engine=engine.name) from None
        except Exception as exc:  # an engine's own bug must not stop a message from being sent
            self.breaker.failed(engine.name, ErrorCode.ENGINE_FAILED)
            detail = f"{engine.name}: {type(exc).__name__}: {exc}"
            raise SeabridgeError(ErrorCode.ENGINE_FAILED, detail, engine=engine.name) from exc
        self.breaker.succeeded(engine.name)
        return answer

    def _pool(self, name: str) -> ThreadPoolExecutor:
        with self._lock:
            if name not in self._pools:
                self._pools[name] = ThreadPoolExecutor(WORKERS, thread_name_prefix=f"engine-{name}")
            return self._pools[name]

    def close(self) -> None:
        """End the threads; what still runs is not waited for."""
        with self._lock:
            for pool in self._pools.values():
                pool.shutdown(wait=False, cancel_futures=True)
            self._pools.clear()
