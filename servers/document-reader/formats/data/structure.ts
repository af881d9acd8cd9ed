/** A molecular structure as a document: what it is, of what, how well resolved, its chains and ligands; atoms are counted. */
import type { Parsed } from "../index.ts";

export interface Chain {
  /** Names of the chains with this sequence. */
  names: string[];
  molecule?: string;
  /** One letter a residue. */
  sequence: string;
  /** "protein", "DNA" … where the file says so. */
  kind?: string;
}

export interface Structure {
  id?: string;
  title?: string;
  /** Lines of `name: value` for the beginning. */
  facts: [name: string, value: string | undefined][];
  authors: string[];
  published?: string | undefined;
  journal?: string | undefined;
  doi?: string | undefined;
  pmid?: string | undefined;
  chains: Chain[];
  /** Code and name. */
  ligands: [code: string, name: string][];
  atoms: number;
  models: number;
}

/** Printed sequences have 60 letters a line. */
const LINE = /.{1,60}/g;

export function structureDocument(structure: Structure): Parsed {
  const { id, title, facts, authors, published, journal, doi, pmid, chains, ligands, atoms, models } = structure;
  const about = [
    ...facts,
    ["Atoms", String(atoms)] as const,
    ...(models > 1 ? [["Models", String(models)] as const] : []),
  ]
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}`);
  const chainText = chains.map(({ names, molecule, kind, sequence }) => {
    const head = `Chain ${names.join(", ")}${molecule ? `: ${molecule}` : ""} (${[kind, `${sequence.length} residues`].filter(Boolean).join(", ")})`;
    return [head, ...(sequence.match(LINE) ?? [])].join("\n");
  });
  const sections = [
    { label: "Structure", text: about.join("\n") },
    { label: "Chains", text: chainText.join("\n\n") },
    { label: "Ligands", text: ligands.map(([code, name]) => `${code}: ${name}`).join("\n") },
  ].filter(({ text }) => text);
  const identifiers = { ...(id ? { pdb: id } : {}), ...(doi ? { doi } : {}), ...(pmid ? { pmid } : {}) };
  return {
    ...(title ? { title: id ? `${title} (PDB ${id})` : title } : id ? { title: `PDB ${id}` } : {}),
    sections,
    ...(authors.length > 0 ? { authors } : {}),
    ...(published ? { published } : {}),
    ...(journal ? { journal } : {}),
    ...(Object.keys(identifiers).length > 0 ? { identifiers } : {}),
    publicationTypes: ["Molecular Structure"],
  };
}
