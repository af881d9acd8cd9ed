/**
 * The file of questions as it grows. Beside `FILE` stands `FILE.run.json`: with which configuration it was begun, and
 * up to which byte it is complete. Rows are written first and then vouched for, so a kill at any moment leaves a file
 * that is cut back to its last vouched row and goes on from there, to the same bytes as without the kill.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { z } from "zod";
import { QuestionRow, Rejection, Specialty } from "../../../schemas/index.ts";
import type { Position } from "./generator.ts";

const Configuration = z.object({
  /** Of the generator: raised when its questions change. */
  version: z.number(),
  knowledge: z.string(),
  revision: z.string(),
  seed: z.number(),
  hops: z.tuple([z.number(), z.number()]),
  plain: z.boolean().default(false),
});
export type Configuration = z.infer<typeof Configuration>;

const Saved = z.object({
  configuration: Configuration,
  rows: z.number(),
  bytes: z.number(),
  rejectionBytes: z.number(),
  position: z.object({
    turns: z.partialRecord(Specialty, z.object({ next: z.number(), dry: z.number() })),
    attempts: z.number(),
    optimal: z.number(),
    rejections: z.partialRecord(Rejection.shape.reason, z.number()),
  }),
});
type Saved = z.infer<typeof Saved>;

export class QuestionFile {
  readonly path: string;
  /** What an earlier run left, oldest first. */
  readonly earlier: readonly QuestionRow[];
  readonly position: Position | undefined;
  readonly #state: string;
  readonly #configuration: Configuration;
  readonly #rows: Appender;
  readonly #rejections: Appender | undefined;
  #count: number;
  #rejectionBytes: number;

  /** @throws Error that says what to do where the file belongs to something else */
  constructor(path: string, configuration: Configuration, rejections?: string) {
    this.path = path;
    this.#state = `${path}.run.json`;
    this.#configuration = configuration;
    const saved = readState(path, this.#state, configuration);
    this.position = saved?.position;
    this.#rows = new Appender(path, saved?.bytes ?? 0);
    this.#rejections = rejections === undefined ? undefined : new Appender(rejections, saved?.rejectionBytes ?? 0);
    this.#rejectionBytes = saved?.rejectionBytes ?? 0;
    this.earlier = saved ? readRows(path, saved.rows) : [];
    this.#count = this.earlier.length;
    if (!saved) this.save({ turns: {}, attempts: 0, optimal: 0, rejections: {} });
  }

  get count(): number {
    return this.#count;
  }

  add(row: QuestionRow): void {
    this.#rows.add(row);
    this.#count++;
  }

  reject(rejection: Rejection): void {
    this.#rejections?.add(rejection);
  }

  /** Writes what was added, then vouches for it. */
  save(position: Position): void {
    this.#rows.flush();
    this.#rejections?.flush();
    this.#rejectionBytes = this.#rejections?.bytes ?? this.#rejectionBytes;
    const saved: Saved = {
      configuration: this.#configuration,
      rows: this.#count,
      bytes: this.#rows.bytes,
      rejectionBytes: this.#rejectionBytes,
      position,
    };
    const temporary = `${this.#state}.${process.pid}`;
    try {
      writeFileSync(temporary, `${JSON.stringify(saved)}\n`);
      renameSync(temporary, this.#state);
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  close(): void {
    this.#rows.close();
    this.#rejections?.close();
  }
}

function readState(path: string, state: string, configuration: Configuration): Saved | undefined {
  const size = existsSync(path) ? statSync(path).size : 0;
  const advice = `give another --out, or remove ${path} and ${state} to begin anew`;
  if (!existsSync(state)) {
    if (size > 0) throw new Error(`${path} is there already and was not written by this command: ${advice}`);
    return undefined;
  }
  const parsed = Saved.safeParse(parseJson(readFileSync(state, "utf8")));
  if (!parsed.success) throw new Error(`${state} cannot be read: ${advice}`);
  const saved = parsed.data;
  const changed = differences(saved.configuration, configuration);
  if (changed.length > 0) throw new Error(`${path} was begun with ${changed.join(" and ")}: ${advice}`);
  if (size < saved.bytes) {
    throw new Error(`${path} has ${size} bytes, but ${saved.bytes} were written: something else changed it; ${advice}`);
  }
  return saved;
}

function differences(before: Configuration, now: Configuration): string[] {
  return (Object.keys(now) as (keyof Configuration)[])
    .filter((key) => String(before[key]) !== String(now[key]))
    .map((key) => `${key} ${String(before[key])} (now ${String(now[key])})`);
}

function readRows(path: string, count: number): QuestionRow[] {
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  const rows = lines.map((line) => QuestionRow.safeParse(parseJson(line)));
  if (rows.length !== count || rows.some((r) => !r.success)) {
    throw new Error(`${path} does not hold the ${count} questions that were written to it: something else changed it`);
  }
  return rows.map((r) => r.data!);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lines at the end of a file, which is first cut back to `bytes`. */
class Appender {
  bytes: number;
  readonly #file: number;
  #waiting = "";

  constructor(path: string, bytes: number) {
    this.#file = openSync(path, existsSync(path) ? "r+" : "w");
    ftruncateSync(this.#file, bytes);
    this.bytes = bytes;
  }

  add(value: unknown): void {
    this.#waiting += `${JSON.stringify(value)}\n`;
  }

  flush(): void {
    const data = Buffer.from(this.#waiting);
    for (let done = 0; done < data.length;) {
      done += writeSync(this.#file, data, done, data.length - done, this.bytes + done);
    }
    fsyncSync(this.#file);
    this.bytes += data.length;
    this.#waiting = "";
  }

  close(): void {
    closeSync(this.#file);
  }
}
