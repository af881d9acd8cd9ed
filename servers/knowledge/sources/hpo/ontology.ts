/** The Human Phenotype Ontology from either form in which it is published: OBO-graph JSON or OBO text. */
import { readText } from "../text.ts";

interface Term {
  id: string;
  name: string;
  definition?: string;
  /** Exact and related ones; broader and narrower names mean other things. */
  synonyms: string[];
  parents: string[];
  /** Identifiers that now mean this term. */
  alternatives: string[];
}

/** Obsolete → live identifiers hold only single replacements: a term that was split means none of its parts. */
export interface Ontology {
  version?: string;
  /** Live terms. */
  terms: Map<string, Term>;
  replacements: Map<string, string>;
}

const TERM_ID = /^HP:\d{7}$/;
const ROOT = "HP:0000001";
const INHERITANCE = "HP:0000005";
const ONSET = "HP:0003674";
/** Clinical modifier, clinical course (a root of its own before 2018), frequency. */
const MODIFIERS = ["HP:0012823", "HP:0031797", "HP:0040279"];

/** Reads `hp*.json` or `hp*.obo`, plain or gzipped. @throws Error when it holds no HPO term */
export async function readOntology(path: string): Promise<Ontology> {
  const text = await readText(path);
  const ontology = /\.obo(\.gz)?$/i.test(path) ? fromObo(text) : fromJson(path, text);
  if (ontology.terms.size === 0) throw new Error(`${path}: holds no HPO term; is it the Human Phenotype Ontology?`);
  for (const [old, current] of ontology.replacements) {
    if (!ontology.terms.has(old)) ontology.terms.get(liveId(ontology, current) ?? "")?.alternatives.push(old);
  }
  return ontology;
}

/** The live identifier that `id` means, or undefined where it is unknown or was withdrawn without a successor. */
export function liveId(ontology: Ontology, id: string): string | undefined {
  let current = id;
  for (let hops = 0; hops < 10; hops++) {
    if (ontology.terms.has(current)) return current;
    const next = ontology.replacements.get(current);
    if (next === undefined) return undefined;
    current = next;
  }
  return undefined;
}

export type TermKind = "PhenotypicFeature" | "InheritanceMode" | "ClinicalModifier";

/** Category of every live term by the subtree it stands in. */
export function termKinds(ontology: Ontology): Map<string, TermKind> {
  const children = childrenOf(ontology);
  const kinds = new Map<string, TermKind>([...ontology.terms.keys()].map((id) => [id, "PhenotypicFeature"]));
  for (const id of MODIFIERS.flatMap((root) => subtree(children, root))) kinds.set(id, "ClinicalModifier");
  for (const id of subtree(children, INHERITANCE)) kinds.set(id, "InheritanceMode");
  kinds.set(ROOT, "ClinicalModifier");
  return kinds;
}

/** Terms that say when a disease begins. */
export function onsetTerms(ontology: Ontology): Set<string> {
  return new Set(subtree(childrenOf(ontology), ONSET));
}

function childrenOf(ontology: Ontology): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { id, parents } of ontology.terms.values()) {
    for (const parent of parents) {
      const known = children.get(parent);
      if (known) known.push(id);
      else children.set(parent, [id]);
    }
  }
  return children;
}

function subtree(children: Map<string, string[]>, root: string): string[] {
  const found = new Set([root]);
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child);
  return [...found];
}

interface GraphDocument {
  graphs?: {
    meta?: { version?: string };
    nodes?: GraphNode[];
    edges?: { sub: string; pred: string; obj: string }[];
  }[];
}
interface GraphNode {
  id: string;
  lbl?: string;
  meta?: {
    deprecated?: boolean;
    definition?: { val: string };
    synonyms?: { pred: string; val: string }[];
    basicPropertyValues?: { pred: string; val: string }[];
  };
}

function fromJson(path: string, text: string): Ontology {
  const graph = parseJson(path, text).graphs?.[0];
  if (!graph) throw new Error(`${path}: not an OBO-graph file (it has no "graphs")`);
  const stanzas = (graph.nodes ?? []).map(({ id, lbl, meta }) => {
    const values = (name: string) =>
      (meta?.basicPropertyValues ?? []).filter((v) => v.pred.endsWith(name)).map((v) => curie(v.val));
    return {
      id: curie(id),
      name: lbl,
      definition: meta?.definition?.val,
      obsolete: meta?.deprecated === true,
      synonyms: (meta?.synonyms ?? []).filter((s) => /^has(Exact|Related)Synonym$/.test(s.pred)).map((s) => s.val),
      alternatives: values("#hasAlternativeId"),
      replacedBy: values("/IAO_0100001"),
      parents: [],
    };
  });
  const ontology = collect(stanzas);
  for (const { sub, pred, obj } of graph.edges ?? []) {
    if (pred === "is_a") ontology.terms.get(curie(sub))?.parents.push(curie(obj));
  }
  return withVersion(ontology, graph.meta?.version);
}

function parseJson(path: string, text: string): GraphDocument {
  try {
    return JSON.parse(text) as GraphDocument;
  } catch (error) {
    throw new Error(`${path}: not JSON (${(error as Error).message})`, { cause: error });
  }
}

/** `http://purl.obolibrary.org/obo/HP_0000118` → `HP:0000118`; CURIEs stay as they are. */
function curie(iri: string): string {
  return iri.slice(iri.lastIndexOf("/") + 1).replace(/^([A-Za-z]+)_/, "$1:");
}

interface Stanza extends Omit<Term, "name"> {
  name: string | undefined;
  obsolete: boolean;
  replacedBy: string[];
}

function fromObo(text: string): Ontology {
  const [header = "", ...blocks] = text.split(/^\[/m);
  const stanzas = blocks.filter((block) => block.startsWith("Term]")).map(oboStanza);
  return withVersion(collect(stanzas), /^data-version:\s*(\S+)/m.exec(header)?.[1]);
}

function oboStanza(block: string): Stanza {
  const stanza: Stanza = {
    id: "",
    name: undefined,
    obsolete: false,
    synonyms: [],
    parents: [],
    alternatives: [],
    replacedBy: [],
  };
  for (const line of block.split("\n")) {
    const at = line.indexOf(": ");
    const value = line.slice(at + 2).trim();
    switch (line.slice(0, at)) {
      case "id":
        stanza.id = value;
        break;
      case "name":
        stanza.name = unescapeObo(value);
        break;
      case "def":
        stanza.definition = quoted(value)?.text;
        break;
      case "synonym": {
        const synonym = quoted(value);
        if (synonym && /^\s*(EXACT|RELATED)\b/.test(synonym.rest)) stanza.synonyms.push(synonym.text);
        break;
      }
      case "is_a":
        stanza.parents.push(firstWord(value));
        break;
      case "alt_id":
        stanza.alternatives.push(firstWord(value));
        break;
      case "replaced_by":
        stanza.replacedBy.push(firstWord(value));
        break;
      case "is_obsolete":
        stanza.obsolete = value.startsWith("true");
    }
  }
  return stanza;
}

function firstWord(value: string): string {
  return value.split(/\s/, 1)[0]!;
}

function quoted(value: string): { text: string; rest: string } | undefined {
  const match = /^"((?:[^"\\]|\\.)*)"(.*)$/s.exec(value);
  return match ? { text: unescapeObo(match[1]!), rest: match[2]! } : undefined;
}

function unescapeObo(text: string): string {
  return text.replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c === "W" ? " " : c));
}

function collect(stanzas: Stanza[]): Ontology {
  const ontology: Ontology = { terms: new Map(), replacements: new Map() };
  for (const { obsolete, replacedBy, name, ...term } of stanzas) {
    if (!TERM_ID.test(term.id)) continue;
    if (obsolete) {
      if (replacedBy.length === 1) ontology.replacements.set(term.id, replacedBy[0]!);
    } else if (name) {
      const synonyms = [...new Set(term.synonyms)].filter((synonym) => synonym !== name);
      ontology.terms.set(term.id, { ...term, name, synonyms, alternatives: [] });
      for (const old of term.alternatives) ontology.replacements.set(old, term.id);
    }
  }
  return ontology;
}

function withVersion(ontology: Ontology, release: string | undefined): Ontology {
  const version = release && (/\d{4}-\d{2}-\d{2}/.exec(release)?.[0] ?? release);
  return version ? { ...ontology, version } : ontology;
}
