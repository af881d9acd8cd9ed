/** The knowledge folders, and what the engines derive from them. */
import { DERIVED } from "../derived.ts";
import type { KnowledgeStatus } from "../data-status.ts";
import { note, ok, size, thousands, type Finding } from "./finding.ts";

export function* checkKnowledge({ default: served, knowledge }: KnowledgeStatus): Generator<Finding> {
  for (const folder of knowledge) {
    const { documents, entities, relations } = folder.counts;
    const check = `knowledge ${folder.name}`;
    const message = `${thousands(documents)} documents, ${thousands(entities)} entities, ${thousands(relations)} relations`;
    yield folder.interrupted
      ? note(check, `${message}; an import was interrupted`, "run the same import again: it goes on from there")
      : ok(check, message);
    if (folder.name !== served) continue;
    for (const { key, name } of DERIVED) {
      yield folder.current[key]
        ? ok(name, `up to date, ${size(folder.bytes[key])}`)
        : note(
            name,
            "missing or outdated: the first question that needs it makes it",
            "`medresearcher kg build` makes it now",
          );
    }
  }
}
