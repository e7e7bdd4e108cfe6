// One open WebSocket: requests with time-outs, cancel, progress, pushes and the heartbeat (DESIGN §5).

import { problemInTopic, problemOf } from "../shared/check";
import type { Methods, Topics } from "../shared/protocol.gen";
import { HEARTBEAT_S, MAX_FRAME, METHOD_LIMITS, PROTOCOL_MAX } from "../shared/protocol.const.gen";
import { CallError } from "./failure";

export interface CallOptions<M extends keyof Methods> {
  idem?: string | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: (data: Methods[M] extends { progress: infer P } ? P : never) => void;
}

interface Pending {
  method: keyof Methods;
  resolve: (result: unknown) => void;
  reject: (error: CallError) => void;
  progress: ((data: never) => void) | undefined;
  timer: ReturnType<typeof setTimeout>;
}

type Frame = {
  id?: string | null;
  result?: unknown;
  error?: { code?: unknown; retryable?: unknown; data?: unknown };
  event?: string;
  topic?: string;
  data?: unknown;
  beat?: number;
};

/** The part of WebSocket that is used, so that tests can stand in for it. */
export type Socket = Pick<WebSocket, "send" | "close" | "addEventListener" | "readyState">;

const ANSWER_TO_BEAT_MS = 10_000;
/** A bound on what waits for answers at once. */
const MAX_PENDING = 200;

export class Channel {
  /** Version both sides speak, known after hello. */
  v = PROTOCOL_MAX;
  open = true;
  onPush: (<K extends keyof Topics>(topic: K, data: Topics[K]) => void) | undefined;
  onClose: (() => void) | undefined;
  private next = 1;
  private readonly pending = new Map<string, Pending>();
  private beats = 0;
  private beatTimer: ReturnType<typeof setInterval> | undefined;
  private beatWatch: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly socket: Socket,
    readonly port: number,
    /** Called with every heartbeat sent. */
    private readonly onBeat?: () => void,
  ) {
    socket.addEventListener("message", (event) => this.hear((event as MessageEvent).data));
    socket.addEventListener("close", () => this.end());
    socket.addEventListener("error", () => this.end());
    this.beatTimer = setInterval(() => this.beat(), HEARTBEAT_S * 1000);
  }

  /** Ask and wait. Rejects with CallError: the companion's code, or `timeout`, `cancelled`, `closed`, `busy`, `too_large`. */
  request<M extends keyof Methods>(method: M, params: Methods[M]["params"], options: CallOptions<M> = {}): Promise<Methods[M]["result"]> {
    const { idem, signal, onProgress } = options;
    if (!this.open) return Promise.reject(new CallError("closed"));
    if (signal?.aborted) return Promise.reject(new CallError("cancelled"));
    if (this.pending.size >= MAX_PENDING) return Promise.reject(new CallError("busy"));
    const id = String(this.next++);
    const text = toJson({ v: this.v, id, method, params, ...(idem === undefined ? {} : { idem }) });
    const size = byteLength(text);
    if (size > MAX_FRAME) return Promise.reject(new CallError("too_large", { size, limit: MAX_FRAME }));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.abandon(id, "timeout"), METHOD_LIMITS[method].timeout_s * 1000);
      this.pending.set(id, { method, resolve: resolve as (result: unknown) => void, reject, progress: onProgress as Pending["progress"], timer });
      signal?.addEventListener("abort", () => this.abandon(id, "cancelled"), { once: true });
      this.write(text);
    });
  }

  close(): void {
    if (!this.open) return;
    this.end();
    this.socket.close();
  }

  private abandon(id: string, code: "timeout" | "cancelled"): void {
    const pending = this.take(id);
    if (!pending) return;
    this.write(JSON.stringify({ v: this.v, cancel: id }));
    pending.reject(new CallError(code));
  }

  private take(id: string): Pending | undefined {
    const pending = this.pending.get(id);
    if (!pending) return undefined;
    this.pending.delete(id);
    clearTimeout(pending.timer);
    return pending;
  }

  private hear(raw: unknown): void {
    const frame = parse(raw);
    if (!frame || !this.open) return;
    if (typeof frame.beat === "number") {
      if (frame.beat === this.beats) clearTimeout(this.beatWatch);
    } else if (typeof frame.topic === "string") {
      if (!problemInTopic(frame.topic, frame.data)) this.onPush?.(frame.topic as keyof Topics, frame.data as never);
    } else if (typeof frame.id === "string") {
      this.answer(frame.id, frame);
    }
  }

  private answer(id: string, frame: Frame): void {
    const waiting = this.pending.get(id);
    if (!waiting) return; // given up before
    if (frame.event !== undefined) {
      if (!problemOf(waiting.method, "progress", frame.data)) waiting.progress?.(frame.data as never);
      return;
    }
    const pending = this.take(id) as Pending;
    if (frame.error !== undefined) {
      pending.reject(readError(frame.error));
      return;
    }
    const problem = problemOf(pending.method, "result", frame.result);
    if (problem) pending.reject(new CallError("bad_frame", { problem }, false));
    else pending.resolve(frame.result);
  }

  /** Only text from the other side shows that it lives: a half-open connection never reports its end by itself. */
  private beat(): void {
    this.beats += 1;
    this.onBeat?.();
    clearTimeout(this.beatWatch);
    this.beatWatch = setTimeout(() => this.close(), ANSWER_TO_BEAT_MS);
    this.write(JSON.stringify({ v: this.v, beat: this.beats }));
  }

  private write(text: string): void {
    if (this.open && this.socket.readyState === 1) this.socket.send(text);
  }

  private end(): void {
    if (!this.open) return;
    this.open = false;
    clearInterval(this.beatTimer);
    clearTimeout(this.beatWatch);
    for (const id of [...this.pending.keys()]) this.take(id)?.reject(new CallError("closed"));
    this.onClose?.();
  }
}

/** A page can show half a surrogate pair; no JSON reader on the other side takes that, and the frame would be lost whole. */
function toJson(frame: object): string {
  const text = JSON.stringify(frame);
  if (!/\\ud[89a-f]/.test(text)) return text;
  return JSON.stringify(frame, (_key, value: unknown) => (typeof value === "string" ? value.replace(HALF_PAIR, "\ufffd") : value));
}

const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function parse(raw: unknown): Frame | undefined {
  // a companion never sends more than this; whoever does is not one
  if (typeof raw !== "string" || raw.length > 4 * MAX_FRAME) return undefined;
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Frame) : undefined;
  } catch {
    return undefined;
  }
}

function readError(error: NonNullable<Frame["error"]>): CallError {
  const data = typeof error?.data === "object" && error.data !== null ? (error.data as Record<string, unknown>) : {};
  return new CallError(typeof error?.code === "string" ? error.code : "bad_frame", data, error?.retryable === true);
}

/** UTF-8 bytes of a text. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
