/**
 * The loop's only way to the log. Live, it stamps, writes, folds and then shows each event. With a past (a replay, a
 * resumed session) it first gives back what was recorded and checks that the loop makes the very same events again.
 */
import { EVENT_VERSION } from "../schemas/index.ts";
import type { Blob, SessionEvent } from "../schemas/index.ts";
import { blobOf, withBlob } from "./recording/blobs.ts";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import { apply } from "./state.ts";
import type { State } from "./state.ts";

type WithoutStamp<E> = E extends SessionEvent ? Omit<E, "v" | "seq" | "at"> : never;
export type EventDraft = WithoutStamp<SessionEvent>;

/** An event of the past: as it is folded, and the line as it lies on disk. */
export interface PastEvent {
  event: SessionEvent;
  line: string;
}

/** Where the written events go; a replay has none. */
interface EventSink {
  write(events: readonly SessionEvent[]): void;
  sync(): void;
  keep(text: string): Blob;
}

export interface JournalOptions {
  /** The state before `past`. */
  state: State;
  /** Sequence number of the next event. */
  seq: number;
  /** Absent in a replay: then nothing may happen beyond the past. */
  sink?: EventSink;
  past?: readonly PastEvent[];
  clock?: Clock;
  observe?: (event: SessionEvent, state: State) => void;
  /** What to record where the past ends and new life begins, before anything else happens. */
  preface?: EventDraft;
  /** A resumed session whose policy now decides otherwise: forget the rest of the past. Without it, a difference is thrown. */
  onDivergence?: (difference: Divergence) => void;
}

/** The loop made another event than the one that was recorded. */
export class Divergence extends Error {
  override readonly name = "Divergence";
  readonly seq: number;
  readonly recorded: string;
  readonly made: string;

  constructor(seq: number, recorded: string, made: string) {
    super(`event ${seq} comes out differently`);
    this.seq = seq;
    this.recorded = recorded;
    this.made = made;
  }
}

/** A replay has reached the end of a log that has no end (the session was killed). */
export class EndOfRecord extends Error {
  override readonly name = "EndOfRecord";
}

export class Journal {
  readonly clock: Clock;
  #state: State;
  #seq: number;
  #past: PastEvent[];
  #preface: EventDraft | undefined;
  readonly #calledBefore = new Set<string>();
  readonly #options: JournalOptions;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#seq = options.seq;
    this.#past = [...(options.past ?? [])];
    this.#preface = options.preface;
    this.clock = options.clock ?? systemClock;
  }

  get state(): State {
    return this.#state;
  }

  /** True while recorded events are still to come (annotations aside: they are passed over first). */
  get hasPast(): boolean {
    return this.#next() !== undefined;
  }

  /** Records events that belong together. Live, they are on disk when this returns, and only then shown. */
  append(...drafts: EventDraft[]): void {
    const rest = drafts.slice(this.#takeFromPast(drafts));
    const fresh = this.#stamp(rest);
    if (fresh.length === 0) return;
    this.#write(fresh);
  }

  sync(): void {
    this.#options.sink?.sync();
  }

  /** The recorded result of a call, where the past has one. */
  recordedResult(call: string): Extract<SessionEvent, { type: "tool.returned" }> | undefined {
    if (!this.#next() && !this.#options.sink) throw new EndOfRecord("the record ends here");
    for (const { event } of this.#past) {
      if (event.type === "session.ended") break;
      if (event.type === "tool.returned" && event.call === call) return event;
    }
    return undefined;
  }

  /** The recorded reply of the model that comes next; undefined where it has to be asked. */
  recordedModel(): Extract<SessionEvent, { type: "model.called" }> | undefined {
    const next = this.#next()?.event;
    if (next?.type === "model.called") return next;
    if (!next && !this.#options.sink) throw new EndOfRecord("the record ends here");
    return undefined;
  }

  /** True for a call that was sent by an earlier process and may have had its effects. */
  wasCalledBefore(call: string): boolean {
    return this.#calledBefore.has(call);
  }

  /** True where the recorded run was stopped by its user at this point: a replay is stopped there too. */
  wasAborted(): boolean {
    const next = this.#next()?.event;
    return next?.type === "session.ended" && next.termination === "aborted";
  }

  /** The next event of the past that the loop makes; annotations are nobody's making and are passed over. */
  #next(): PastEvent | undefined {
    while (this.#past[0]?.event.type === "annotation") this.#advance(this.#past.shift()!.event);
    if (this.#past.length === 0 && this.#preface) {
      const preface = this.#preface;
      this.#preface = undefined;
      this.#write(this.#stamp([preface]));
    }
    return this.#past[0];
  }

  #write(fresh: readonly SessionEvent[]): void {
    const { sink } = this.#options;
    if (!sink) throw new EndOfRecord("the record ends here");
    sink.write(fresh);
    for (const event of fresh) this.#advance(event);
  }

  /** Checks the drafts against the past as far as it goes; how many it covered. */
  #takeFromPast(drafts: readonly EventDraft[]): number {
    for (const [i, draft] of drafts.entries()) {
      const next = this.#next();
      if (!next) return i;
      const event = { v: EVENT_VERSION, seq: this.#seq, at: next.event.at, ...draft } as SessionEvent;
      const made = JSON.stringify(withBlob(event, blobOf));
      if (made !== next.line) {
        const difference = new Divergence(this.#seq, next.line, made);
        if (!this.#options.onDivergence) throw difference;
        this.#past = [];
        this.#options.onDivergence(difference);
        this.#next();
        return i;
      }
      this.#past.shift();
      if (event.type === "tool.called") this.#calledBefore.add(event.call.id);
      this.#advance(event);
    }
    return drafts.length;
  }

  #stamp(drafts: readonly EventDraft[]): SessionEvent[] {
    const now = new Date(this.clock.now()).toISOString();
    // A clock that is set back must not make time run backwards in a log.
    const at = now < this.#state.at ? this.#state.at : now;
    return drafts.map((draft, i) => ({ v: EVENT_VERSION, seq: this.#seq + i, at, ...draft }));
  }

  #advance(event: SessionEvent): void {
    this.#seq = event.seq + 1;
    this.#state = apply(this.#state, event);
    this.#options.observe?.(event, this.#state);
  }
}
