/**
 * No shortcut, as it is checked here and by the verifier:
 * 1. no document names an entity of the question and the answer;
 * 2. no clue alone has the answer as its only answer (which follows from minimality), and the first documents of a
 *    search for a clue's words, or for the whole question, do not name the answer;
 * 3. the question holds no name of the answer or of anything in between.
 */
import { normaliseName } from "../../../servers/knowledge/index.ts";
import { namedEntities, type Query } from "./query.ts";
import type { World } from "./world.ts";

/** The verifier looks at the first 5; twice as many here, so that ties at the edge never decide. */
const SEARCHED = 10;

/** @returns what gives the answer away, or undefined */
export function shortcutIn(
  world: World,
  query: Query,
  nodes: readonly number[],
  question: string,
  words: readonly string[],
): string | undefined {
  const answer = nodes[0]!;
  const beside = namedEntities(query).find((e) => world.isNamedBeside(e, answer));
  if (beside !== undefined) return `a document names ${world.graph.names[beside]} and the answer`;
  const said = ` ${normaliseName(question)} `;
  for (const node of nodes.slice(0, query.variables)) {
    const name = world.namesOf(node).find((n) => said.includes(` ${normaliseName(n)} `));
    if (name) return `the question says ${name}`;
  }
  const telling = new Set(world.documentsNaming(answer));
  const clues = query.conjuncts.flatMap((c, i) => (c.kind === "named" || c.kind === "property" ? [words[i]!] : []));
  const found = [...new Set([...clues, question])].find((text) =>
    world.documents.search(text, SEARCHED).some((d) => telling.has(d)),
  );
  return found === undefined ? undefined : `a search for "${found}" finds the answer`;
}
