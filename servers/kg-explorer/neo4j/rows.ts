/** Numbers in order of arrival, as the embedded store gives them: counted by the node that describes the graph, in the same transaction. */
import type { Run } from "./connection.ts";

/** @returns the first of `count` new rows */
export async function takeRows(run: Run, counter: "nextEntity" | "nextRelation", count: number): Promise<number> {
  const statement =
    counter === "nextEntity"
      ? "MATCH (g:MedresearcherGraph {one: true}) WITH g, g.nextEntity AS first SET g.nextEntity = first + toInteger($count) RETURN first"
      : "MATCH (g:MedresearcherGraph {one: true}) WITH g, g.nextRelation AS first SET g.nextRelation = first + toInteger($count) RETURN first";
  const [found] = await run(statement, { count });
  return Number(found!["first"]);
}
