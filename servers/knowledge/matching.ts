/** What linking of a name and linking of a text share: candidates, the walk over stored names, and the answer's form. */
import type { Entity, EntityMatch } from "../../schemas/index.ts";
import type { GraphStore, NameRow } from "./graph.ts";
import { formsOf } from "./inflection.ts";
import type { NameSource } from "./name-source.ts";
import { normaliseName } from "./names.ts";
import { degreeOf } from "./neighbourhood.ts";

export interface LinkOptions {
  /** Only entities of this category. */
  category?: string | undefined;
  limit?: number | undefined;
}

export interface Candidate {
  /** Row of the entity. */
  entity: number;
  /** The stored name that matched. */
  name: string;
  /** 0 to 1, for ordering within one answer. */
  score: number;
  match: EntityMatch["match"];
  mention?: EntityMatch["mention"];
}

/** Names are read no further than this many words. */
const MAX_NAME_WORDS = 12;
/** A preferred name comes before a synonym of another entity. */
const SYNONYM_PENALTY = 0.02;
const INFLECTED_PENALTY = 0.04;
/** Spellings of the words so far that are followed at once. */
const BEAM = 8;

export function candidateOf(row: NameRow, score: number, match: EntityMatch["match"]): Candidate {
  return { entity: row.entity, name: row.name, score: score - (row.preferred ? 0 : SYNONYM_PENALTY), match };
}

export interface FoundName {
  /** Index after the name's last word. */
  end: number;
  /** Found as written, not in another inflection. */
  same: boolean;
  row: NameRow;
  candidate: Candidate;
}

/** Names that are spelled by `words[start..]` in some inflected form. */
export function* namesFrom(graph: NameSource, words: readonly string[], start: number): Generator<FoundName> {
  let prefixes = [{ key: "", same: true }];
  for (let i = start; i < Math.min(words.length, start + MAX_NAME_WORDS) && prefixes.length > 0; i++) {
    const longer: typeof prefixes = [];
    for (const { key, same } of prefixes) {
      for (const form of formsOf(words[i]!)) {
        const next = { key: key ? `${key} ${form}` : form, same: same && form === words[i] };
        for (const row of graph.named(next.key)) {
          const candidate = candidateOf(row, next.same ? 1 : 1 - INFLECTED_PENALTY, "exact");
          yield { end: i + 1, same: next.same, row, candidate };
        }
        if (longer.length < BEAM && graph.hasNamePrefix(`${next.key} `)) longer.push(next);
      }
    }
    prefixes = longer;
  }
}

/** The entities that carry an identifier written as a CURIE: `OMIM:154700`, `omim:154700`. */
export function identified(graph: NameSource, text: string): Candidate[] {
  const id = text.trim();
  const parts = /^([A-Za-z][\w.-]*):(\S+)$/.exec(id);
  if (!parts) return [];
  const spellings = new Set([id, `${parts[1]!.toUpperCase()}:${parts[2]}`]);
  for (const spelling of spellings) {
    const rows = graph.rowsOf(spelling);
    if (rows.length > 0) return rows.map((entity) => ({ entity, name: spelling, score: 1, match: "identifier" }));
  }
  return [];
}

export function categoryFilter(graph: NameSource, category: string | undefined): (candidate: Candidate) => boolean {
  return (candidate) => category === undefined || graph.briefAt(candidate.entity).category === category;
}

/** Best first, each entity once (per mention), cut to the limit. */
export function best(candidates: readonly Candidate[], limit: number): Candidate[] {
  const kept = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = `${candidate.entity}@${candidate.mention?.start ?? ""}`;
    const known = kept.get(key);
    if (!known || known.score < candidate.score) kept.set(key, candidate);
  }
  return [...kept.values()]
    .toSorted(
      (a, b) => (a.mention?.start ?? 0) - (b.mention?.start ?? 0) || b.score - a.score || a.name.length - b.name.length,
    )
    .slice(0, limit);
}

/** Candidates of a stored graph with the entities themselves. */
export function toMatches(graph: GraphStore, candidates: readonly Candidate[]): EntityMatch[] {
  return candidates.map((c) => toMatch(c, graph.entityAt(c.entity), degreeOf(graph, c.entity)));
}

/** @param degree relations of the entity, all directions */
export function toMatch({ name, score, match, mention }: Candidate, entity: Entity, degree: number): EntityMatch {
  // Its own name as it spells it now, whatever the first source wrote.
  const isOwn = match !== "identifier" && normaliseName(name) === normaliseName(entity.name);
  return {
    ...entity,
    score: Math.round(score * 1000) / 1000,
    match,
    matchedName: isOwn ? entity.name : name,
    ...(mention ? { mention } : {}),
    degree,
  };
}
