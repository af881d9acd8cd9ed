/**
 * By what two records are known to be of the same thing: a paper by its PMID, PMC id or DOI; a label by its set id; a
 * trial by its NCT number. A trial that a paper names is not the paper: that is a relation, no identity.
 */
import type { Document } from "../../../schemas/index.ts";

type Identified = Pick<Document, "id" | "identifiers">;

const OF_A_PAPER = ["pmid", "pmcid", "doi"] as const;
const OF_A_LABEL = ["setid"] as const;

/** Canonical keys, the record's own id first: `PMID:22663011`, `PMC:PMC3040717`, `DOI:10.1056/…` in small letters. */
export function keysOf({ id, identifiers = {} }: Identified): string[] {
  const own = canonicalKey(id);
  const kinds = own.startsWith("SPL:") ? OF_A_LABEL : own.startsWith("NCT:") ? [] : OF_A_PAPER;
  const others = kinds.flatMap((kind) => {
    const value = identifiers[kind]?.trim();
    return value ? [canonicalKey(`${PREFIX[kind]}:${value}`)] : [];
  });
  return [...new Set([own, ...others])];
}

/** What a store may know the thing by: its keys, and identifiers as they are written. */
export function namesOf(document: Identified): string[] {
  const { doi, pmcid } = document.identifiers ?? {};
  const written = [document.id, ...(doi ? [`DOI:${doi}`] : []), ...(pmcid ? [`PMCID:${pmcid}`] : [])];
  return [...new Set([...written, ...keysOf(document)])];
}

const PREFIX = { pmid: "PMID", pmcid: "PMC", doi: "DOI", setid: "SPL" } as const;

/** One spelling of an id: DOIs and set ids do not heed case, PMC ids are written with their letters. */
export function canonicalKey(id: string): string {
  const at = id.indexOf(":");
  const [prefix, rest] = [id.slice(0, at).toUpperCase(), id.slice(at + 1)];
  if (prefix === "DOI" || prefix === "SPL") return `${prefix}:${rest.toLowerCase()}`;
  if (prefix === "PMC") return `PMC:${rest.toUpperCase().replace(/^(?:PMC)?/, "PMC")}`;
  return at < 0 ? id : `${prefix}:${rest}`;
}

/** Registries that give each thing one number: two numbers are two things, whatever else they share. */
const EXCLUSIVE = /^(?:PMID|PMC|NCT|SPL):/;

/** A key of one and a key of the other that cannot be of one thing, where there are such. */
export function contradiction(a: ReadonlySet<string>, b: ReadonlySet<string>): [string, string] | undefined {
  for (const one of a) {
    const registry = EXCLUSIVE.exec(one)?.[0];
    const other = registry && [...b].find((key) => key.startsWith(registry));
    if (other && other !== one) return [one, other];
  }
  return undefined;
}
