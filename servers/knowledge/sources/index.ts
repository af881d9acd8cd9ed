/** The kinds of source that can be imported; a new kind is a file beside this one and a line here. */
import { hpo } from "./hpo.ts";
import { jsonl } from "./jsonl.ts";
import type { Source } from "./source.ts";

export type { Problem, Source } from "./source.ts";

export const SOURCES: ReadonlyMap<string, Source> = new Map([hpo, jsonl].map((source) => [source.kind, source]));
