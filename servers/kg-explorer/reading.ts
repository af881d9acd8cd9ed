/** How a predicate reads from one end of a relation: "causes", "is caused by". */
import { PREDICATES, type Predicate } from "../../schemas/index.ts";
import type { Direction } from "../knowledge/index.ts";

const KNOWN: Readonly<Record<string, Predicate>> = PREDICATES;

export function reads(predicate: string, direction: Direction): string {
  const known = KNOWN[predicate];
  if (known) return direction === "out" ? known.forward : known.inverse;
  const words = predicate.replaceAll("_", " ");
  return direction === "out" ? words : `is that which … ${words}`;
}

/** "Gene causes Disease" */
export function readsInGeneral(predicate: string): string {
  const known = KNOWN[predicate];
  return `${anyOf(known?.subject)} ${reads(predicate, "out")} ${anyOf(known?.object)}`;
}

function anyOf(categories: readonly string[] | undefined): string {
  return categories?.join("/") || "…";
}
