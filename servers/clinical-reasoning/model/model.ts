/** The compiled clinical model in memory: ontology, diseases, statements and profiles, looked up by identifier or integer. */
import type { Columns } from "./binary.ts";
import { Lists, Strings } from "./lists.ts";
import type { Ontology } from "./ontology.ts";
import type { Profiles } from "./profiles.ts";
import type { Rows } from "./rows.ts";

export interface Diseases {
  ids: Strings;
  names: Strings;
  synonyms: Strings;
  synonymOf: Uint32Array;
  /** The same disease in another registry: identifiers and names, and the disease that each means (see twins.ts). */
  aliasIds: Strings;
  aliasNames: Strings;
  aliasOf: Uint32Array;
  /** Share of people who have the disease; NaN where unknown. */
  prevalence: Float64Array;
  /** Bits of MODES. */
  modes: Uint8Array;
  /** Earliest and latest age of onset in years; NaN where unstated. */
  onsetFrom: Float64Array;
  onsetTo: Float64Array;
}

export interface ModelParts {
  ontology: Ontology;
  diseases: Diseases;
  rows: Rows;
  profiles: Profiles;
}

export class ClinicalModel implements ModelParts {
  readonly ontology: Ontology;
  readonly diseases: Diseases;
  readonly rows: Rows;
  readonly profiles: Profiles;
  readonly #termIndex: Map<string, number>;
  readonly #alternatives: Map<string, number>;
  readonly #diseaseIndex: Map<string, number>;

  constructor(parts: ModelParts) {
    this.ontology = parts.ontology;
    this.diseases = parts.diseases;
    this.rows = parts.rows;
    this.profiles = parts.profiles;
    this.#termIndex = parts.ontology.ids.index();
    this.#alternatives = parts.ontology.alternativeIds.index();
    this.#diseaseIndex = parts.diseases.ids.index();
    const { aliasIds, aliasOf } = parts.diseases;
    for (const [id, i] of aliasIds.index()) if (!this.#diseaseIndex.has(id)) this.#diseaseIndex.set(id, aliasOf[i]!);
  }

  /** Number of diseases. */
  get size(): number {
    return this.diseases.ids.length;
  }

  /** The term of a current, alternative or obsolete identifier. */
  term(id: string): number | undefined {
    const current = this.#termIndex.get(id);
    if (current !== undefined) return current;
    const alternative = this.#alternatives.get(id);
    return alternative === undefined ? undefined : this.ontology.alternativeOf[alternative];
  }

  termId(term: number): string {
    return this.ontology.ids.at(term);
  }

  label(term: number): string {
    return this.ontology.labels.at(term);
  }

  /** The disease of an identifier, in whichever registry. */
  disease(id: string): number | undefined {
    return this.#diseaseIndex.get(id);
  }

  diseaseId(disease: number): string {
    return this.diseases.ids.at(disease);
  }

  diseaseName(disease: number): string {
    return this.diseases.names.at(disease);
  }

  /** The disease under its other names: "Marfan syndrome (ORPHA:558)". */
  aliases(disease: number): string[] {
    const { aliasOf, aliasIds, aliasNames } = this.diseases;
    const found: string[] = [];
    for (let i = 0; i < aliasOf.length; i++) {
      if (aliasOf[i] === disease) found.push(`${aliasNames.at(i)} (${aliasIds.at(i)})`);
    }
    return found;
  }

  /** Whether `ancestor` is `term` or above it. */
  covers(ancestor: number, term: number): boolean {
    return ancestor === term || this.ontology.ancestors.at(term).includes(ancestor);
  }

  /** The profile entry through which a disease shows a term or something below it; -1 where it does not. */
  entryFor(disease: number, term: number): number {
    const { shows, via } = this.profiles;
    let low = shows.start[term]!;
    let high = shows.start[term + 1]!;
    const end = high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (shows.items[middle]! < disease) low = middle + 1;
      else high = middle;
    }
    return low < end && shows.items[low] === disease ? via[low]! : -1;
  }
}

/** The arrays of a model under the names they have in the file. */
export function columnsOf({ ontology, diseases, rows, profiles }: ModelParts): Columns {
  const columns: Columns = {};
  const parts = { ontology, diseases, rows, profiles };
  for (const [part, fields] of Object.entries(parts)) {
    for (const [field, value] of Object.entries(fields as object) as [string, unknown][]) {
      const name = `${part}.${field}`;
      if (value instanceof Strings) {
        columns[`${name}.offsets`] = value.offsets;
        columns[`${name}.bytes`] = value.bytes;
      } else if (value instanceof Lists) {
        columns[`${name}.start`] = value.start;
        columns[`${name}.items`] = value.items;
      } else {
        columns[name] = value as Columns[string];
      }
    }
  }
  return columns;
}

/** The reverse of `columnsOf`. */
export function partsOf(columns: Columns): ModelParts {
  const parts: Record<string, Record<string, unknown>> = { ontology: {}, diseases: {}, rows: {}, profiles: {} };
  for (const [name, column] of Object.entries(columns)) {
    const [part, field, piece] = name.split(".") as [string, string, string | undefined];
    if (piece === undefined) {
      parts[part]![field] = column;
    } else if (piece === "offsets") {
      parts[part]![field] = new Strings(column as Uint32Array, columns[`${part}.${field}.bytes`] as Uint8Array);
    } else if (piece === "start") {
      parts[part]![field] = new Lists(column as Uint32Array, columns[`${part}.${field}.items`] as Uint32Array);
    }
  }
  return parts as unknown as ModelParts;
}
