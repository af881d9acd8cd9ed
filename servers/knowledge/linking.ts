/** From names to entities: what a name means, and what a sentence mentions. Shared by the explorer and the retriever. */
import type { EntityMatch } from "../../schemas/index.ts";
import type { GraphStore } from "./graph.ts";
import {
  best,
  candidateOf,
  categoryFilter,
  identified,
  namesFrom,
  toMatches,
  type Candidate,
  type LinkOptions,
} from "./matching.ts";
import { mentionsIn } from "./mentions.ts";
import type { NameSource } from "./name-source.ts";
import { words } from "./names.ts";
import { similarNames } from "./similar-names.ts";

export type { LinkOptions } from "./matching.ts";

/** A name longer than this is a text. */
const MAX_NAME_LENGTH = 300;
const SIMILAR_KEPT = 40;

export interface LinkNameOptions extends LinkOptions {
  /** How far to go where nothing nearer is found: only the name itself, with typing errors, or names that share part of it (the default). */
  upTo?: "exact" | "fuzzy" | "partial" | undefined;
}

/**
 * The entities that `name` may mean, best first. One tier answers: an identifier; the name itself (folded, any
 * inflection), where all its bearers are returned, and after them the names that it begins ("Gaucher disease", then its
 * types); the name with small typing errors or reordered words; names that it begins or shares its rare words with.
 */
export function linkName(graph: GraphStore, name: string, options: LinkNameOptions = {}): EntityMatch[] {
  return toMatches(graph, bearersOf(graph, name, options));
}

/**
 * Entities mentioned in `text`, in order of appearance, each with its `mention` (`text.slice(start, end)`). The longest
 * name wins and hides those inside it; a name with several bearers gives all of them with the same mention.
 */
export function linkText(graph: GraphStore, text: string, options: LinkOptions = {}): EntityMatch[] {
  return toMatches(graph, mentionsIn(graph, text, options));
}

/** What `linkName` says, from the names alone: the entities by their rows. */
export function bearersOf(names: NameSource, name: string, options: LinkNameOptions = {}): Candidate[] {
  const { category, limit = 10, upTo = "partial" } = options;
  const folded = words(name.slice(0, MAX_NAME_LENGTH)).map((w) => w.norm);
  const fits = categoryFilter(names, category);
  for (const tier of tiers(names, name, folded, upTo)) {
    const found = tier.filter(fits);
    if (found.length > 0) return best(found, limit);
  }
  return [];
}

function* tiers(
  graph: NameSource,
  name: string,
  folded: readonly string[],
  upTo: "exact" | "fuzzy" | "partial",
): Generator<readonly Candidate[]> {
  yield identified(graph, name);
  if (folded.length === 0 || name.length > MAX_NAME_LENGTH) return;
  const exact = exactly(graph, folded);
  yield upTo === "partial" && exact.length > 0 ? [...exact, ...longerThan(exact, graph, folded.join(" "))] : exact;
  if (upTo === "exact") return;
  const similar = similarNames(graph, folded);
  yield bearers(
    graph,
    similar.filter((n) => n.kind === "fuzzy"),
    "fuzzy",
  );
  if (upTo === "fuzzy") return;
  yield [
    ...beginning(graph, folded.join(" ")),
    ...bearers(
      graph,
      similar.filter((n) => n.kind === "partial"),
      "prefix",
    ),
  ];
}

function exactly(graph: NameSource, folded: readonly string[]): Candidate[] {
  const found = [...namesFrom(graph, folded, 0)].filter((f) => f.end === folded.length);
  const same = found.filter((f) => f.same);
  if (found.length > 0) return (same.length > 0 ? same : found).map((f) => f.candidate);
  // "FBN-1" is FBN1.
  return folded.length === 2 ? graph.named(folded.join("")).map((row) => candidateOf(row, 0.95, "exact")) : [];
}

/** What goes on where the exact name ends: the types of a disease, the strengths of a drug. */
function longerThan(exact: readonly Candidate[], graph: NameSource, norm: string): Candidate[] {
  const rows = new Set(exact.map((c) => c.entity));
  return beginning(graph, `${norm} `).filter((c) => !rows.has(c.entity));
}

function beginning(graph: NameSource, norm: string): Candidate[] {
  if (norm.length < 3) return [];
  return graph
    .namesWithPrefix(norm, SIMILAR_KEPT)
    .map((row) => candidateOf(row, 0.5 + (0.3 * norm.length) / row.norm.length, "prefix"));
}

function bearers(
  graph: NameSource,
  names: readonly { norm: string; score: number }[],
  match: EntityMatch["match"],
): Candidate[] {
  return names
    .slice(0, SIMILAR_KEPT)
    .flatMap(({ norm, score }) => graph.named(norm).map((row) => candidateOf(row, score, match)));
}
