/** PDB files (columns of fixed width): the header, the chains and the ligands; atoms are counted, not listed. */
import type { Parsed } from "../index.ts";
import { oneLetter } from "./residues.ts";
import { structureDocument, type Chain } from "./structure.ts";

const MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
const KEPT = /^(?:HEADER|TITLE|COMPND|SOURCE|EXPDTA|AUTHOR|KEYWDS|JRNL|REMARK|SEQRES|HETNAM|CAVEAT|OBSLTE)$/;
/** Lines of one kind that are kept; files of honest size have far fewer. */
const MAX_LINES = 20_000;

export function parsePdb(text: string): Parsed {
  const records = new Map<string, string[]>();
  let [atoms, models] = [0, 0];
  const atomChains = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const name = line.slice(0, 6).trimEnd();
    if (name === "ATOM" || name === "HETATM") {
      atoms += 1;
      atomChains.add(line.charAt(21));
    } else if (name === "MODEL") models += 1;
    else if (KEPT.test(name)) {
      const lines = records.get(name) ?? [];
      if (lines.length < MAX_LINES) lines.push(line);
      records.set(name, lines);
    }
  }
  const lines = (name: string) => records.get(name) ?? [];
  const joined = (name: string) => continued(lines(name).map((line) => line.slice(10, 80)));
  const header = lines("HEADER")[0] ?? "";
  const journal = (part: string) =>
    continued(
      lines("JRNL")
        .filter((line) => line.slice(12, 16).trim() === part)
        .map((line) => line.slice(19, 80)),
    );
  const resolution = lines("REMARK")
    .map((line) => /^REMARK {3}2 RESOLUTION\.\s+([\d.]+) ANGSTROMS/.exec(line)?.[1])
    .find(Boolean);
  const obsolete = lines("OBSLTE")[0];
  const molecules = moleculesOf(joined("COMPND"));
  return structureDocument({
    ...(header.slice(62, 66).trim() ? { id: header.slice(62, 66).trim() } : {}),
    title: joined("TITLE"),
    facts: [
      ["Obsolete", obsolete ? `replaced by ${obsolete.slice(31, 75).trim()}` : undefined],
      ["Caveat", continued(lines("CAVEAT").map((line) => line.slice(19, 80)))],
      ["Classification", header.slice(10, 50).trim()],
      ["Molecules", [...new Set(molecules.map(({ molecule }) => molecule))].filter(Boolean).join("; ")],
      ["Source", valuesOf(joined("SOURCE"), "ORGANISM_SCIENTIFIC").join("; ")],
      ["Method", joined("EXPDTA")],
      ["Resolution", resolution ? `${resolution} Å` : undefined],
      ["Keywords", joined("KEYWDS")],
      ["Deposited", dateOf(header.slice(50, 59))],
      ["Publication", journal("TITL")],
      ["Published in", journal("REF")],
    ],
    authors: joined("AUTHOR")
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean),
    published: dateOf(header.slice(50, 59)),
    doi: /10\.\d{4,}\/\S+/.exec(journal("DOI"))?.[0],
    pmid: /\d+/.exec(journal("PMID"))?.[0],
    chains: chainsOf(lines("SEQRES"), molecules, atomChains),
    ligands: ligandsOf(lines("HETNAM")),
    atoms,
    models,
  });
}

function continued(lines: string[]): string {
  return lines.join(" ").replace(/\s+/g, " ").trim();
}

/** `COMPND`: `MOL_ID: 1; MOLECULE: …; CHAIN: A, B;` */
function moleculesOf(text: string): { molecule: string; chains: string[] }[] {
  return text
    .split(/MOL_ID:/)
    .slice(1)
    .map((part) => ({
      molecule: valuesOf(part, "MOLECULE")[0] ?? "",
      chains: (valuesOf(part, "CHAIN")[0] ?? "").split(",").map((name) => name.trim()),
    }));
}

function valuesOf(text: string, key: string): string[] {
  return text.split(";").flatMap((part) => {
    const [, name, value] = /^\s*([A-Z_]+):\s*(.*)$/.exec(part) ?? [];
    return name === key ? [value!.trim()] : [];
  });
}

function chainsOf(
  lines: string[],
  molecules: { molecule: string; chains: string[] }[],
  atomChains: ReadonlySet<string>,
): Chain[] {
  const sequences = new Map<string, string>();
  for (const line of lines) {
    const residues = line.slice(19, 70).trim().split(/\s+/).map(oneLetter).join("");
    sequences.set(line.charAt(11), (sequences.get(line.charAt(11)) ?? "") + residues);
  }
  const chains: Chain[] = [];
  for (const [name, sequence] of sequences) {
    const molecule = molecules.find((one) => one.chains.includes(name))?.molecule;
    const same = chains.find((chain) => chain.sequence === sequence && chain.molecule === molecule);
    if (same) same.names.push(name);
    else chains.push({ names: [name], sequence, ...(molecule ? { molecule } : {}) });
  }
  if (chains.length > 0) return chains;
  return atomChains.size > 0 && [...atomChains].some((name) => name.trim())
    ? [{ names: [...atomChains], sequence: "" }]
    : [];
}

function ligandsOf(lines: string[]): [string, string][] {
  const names = new Map<string, string>();
  for (const line of lines) {
    const code = line.slice(11, 14).trim();
    names.set(code, `${names.get(code) ?? ""}${line.slice(15, 70).trim()}`);
  }
  return [...names];
}

/** `17-JUL-84` as ISO 8601: the archive begins in 1971. */
function dateOf(text: string): string | undefined {
  const [, day, month, year] = /^(\d\d)-([A-Z]{3})-(\d\d)$/.exec(text.trim()) ?? [];
  const number = MONTHS.indexOf(month ?? "?") / 3 + 1;
  if (!day || number < 1 || !Number.isInteger(number)) return undefined;
  return `${Number(year) >= 70 ? "19" : "20"}${year}-${String(number).padStart(2, "0")}-${day}`;
}
