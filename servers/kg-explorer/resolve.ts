/** From what a caller wrote to one entity of the graph: an id, or a name that means exactly one. */
import type { Entity } from "../../schemas/index.ts";
import { notFound, ToolError } from "../kit/index.ts";
import type { GraphBackend } from "./backend.ts";

/** @throws ToolError not_found with the closest names, or ambiguous with the ids to choose from */
export async function resolveEntity(backend: GraphBackend, idOrName: string): Promise<Entity> {
  const byId = await backend.entity(idOrName.trim());
  if (byId) return byId;
  const matches = await backend.link(idOrName, { limit: 8 });
  const exact = matches.filter((m) => m.match === "exact" || m.match === "identifier");
  // Whose own name it is comes before those that bear it as a synonym.
  const own = exact.filter((m) => m.score === exact[0]!.score);
  if (own.length === 1) return (await backend.entity(own[0]!.id))!;
  const choices = matches.map((m) => `${m.id} (${m.name}, ${m.category})`).join("; ");
  if (exact.length > 1) {
    throw new ToolError({
      reason: "ambiguous",
      message: `"${idOrName}" names ${exact.length} entities`,
      recovery: `ask again with one of these ids: ${choices}`,
      retryable: false,
    });
  }
  throw notFound(
    `"${idOrName.slice(0, 100)}"`,
    choices
      ? `closest: ${choices}; ask again with one of these ids, or call find_entities with another name`
      : "nothing in this graph is named like that: call find_entities with another name, or describe_graph to see what it holds",
  );
}
