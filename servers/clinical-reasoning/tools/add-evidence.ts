import { z } from "zod";
import { AddEvidenceResult, documentText } from "../../../schemas/index.ts";
import { defineTool, invalidArguments, notFound, ToolError } from "../../kit/index.ts";
import type { ClinicalEngine } from "../engine.ts";
import { statementOf, type EvidenceItem, type EvidenceSet } from "../evidence/evidence-set.ts";
import { parseFrequency } from "../model/frequency.ts";
import { resolveDisease, resolveFindings } from "../resolve.ts";

const input = z.object({
  evidenceSet: z.string().max(100).optional().describe("absent: a new set"),
  disease: z.string().optional().describe("id or name"),
  name: z.string().max(300).optional().describe("name of a disease that is new here"),
  finding: z.string().optional().describe("HPO id or name"),
  observed: z.string().optional().describe("patients with the finding: 12 of 30"),
  frequency: z.string().optional().describe("45%, frequent, HP:0040281"),
  lrPositive: z.number().positive().max(1e6).optional(),
  lrNegative: z.number().positive().max(1e6).optional(),
  document: z.string().optional().describe("document id it comes from, PMID:…"),
  quote: z.string().optional().describe("verbatim words of the document"),
  grade: z.enum(["A", "B", "C", "D"]).optional().describe("A review … D case report"),
  remove: z.string().optional().describe("id of an item to take out instead"),
});
type Arguments = z.infer<typeof input>;
/** Items of a set that an answer lists. */
const SHOWN = 100;

export const addEvidence = defineTool<ClinicalEngine>()({
  name: "add_evidence",
  title: "Add evidence",
  description:
    "Adds one published statement (n of m patients, a frequency, or likelihood ratios) about a finding in a disease to a named evidence set, or removes one; pass the returned evidenceSet to rank_diagnoses. The order of adding never matters. Only for what a document says: give its id and a verbatim quote. Not for the patient's own findings.",
  input,
  output: AddEvidenceResult,
  annotations: { readOnlyHint: false, openWorldHint: false, idempotentHint: true, destructiveHint: false },
  run(args, { engine }) {
    const notes: string[] = [];
    const set = args.remove === undefined ? add(engine, args, notes) : remove(engine, args.evidenceSet, args.remove);
    engine.changed(set);
    const { model } = engine;
    const all = set.items();
    if (all.length > SHOWN) notes.push(`${all.length} items in the set; the first ${SHOWN} by id are shown`);
    const items = all.slice(0, SHOWN).map((item) => {
      const known = model.disease(item.disease);
      const name = known === undefined ? (item.name ?? item.disease) : model.diseaseName(known);
      const { id, disease, finding, document } = item;
      return { id, disease, finding, document, statement: statementOf(item, name, model.label(model.term(finding)!)) };
    });
    return { evidenceSet: set.name, items, outcomes: [{ source: "clinical-model", outcome: "found" as const }], notes };
  },
});

function remove(engine: ClinicalEngine, name: string | undefined, id: string): EvidenceSet {
  if (!name) throw invalidArguments("remove needs evidenceSet", "send the name of the set that holds the item");
  const set = engine.evidenceSet(name);
  if (!set.remove(id)) {
    throw notFound(
      `the evidence ${id} in ${name}`,
      `it holds: ${
        set
          .items()
          .map((item) => item.id)
          .slice(0, 20)
          .join(", ") || "nothing"
      }`,
    );
  }
  return set;
}

function add(engine: ClinicalEngine, args: Arguments, notes: string[]): EvidenceSet {
  const item = readItem(engine, args, notes);
  checkDocument(engine, item, notes);
  const set = engine.openEvidenceSet(args.evidenceSet);
  set.add(item);
  return set;
}

function readItem(engine: ClinicalEngine, args: Arguments, notes: string[]): Omit<EvidenceItem, "id"> {
  const { disease, finding, document, quote } = args;
  if (!disease || !finding || !document) {
    throw invalidArguments(
      "disease, finding and document are needed",
      "send who says it about which finding of which disease",
    );
  }
  const { model } = engine;
  const resolved = resolveFindings(model, () => engine.dictionary, [finding]);
  const [term] = resolved.present;
  if (term === undefined || resolved.present.length > 1) {
    throw notFound(`one finding in "${finding.slice(0, 80)}"`, "send one HPO id or label");
  }
  notes.push(...resolved.notes);
  const known = resolveDisease(model, disease);
  const statement = readStatement(args);
  if (known === undefined && !/^[A-Za-z][\w.-]*:\S+$/u.test(disease)) {
    throw notFound(
      `the disease "${disease.slice(0, 80)}"`,
      "send an id such as OMIM:154700; a new disease needs an id",
    );
  }
  if (known === undefined) notes.push(`${disease} has no annotations here; it is a candidate from this evidence alone`);
  return {
    disease: known === undefined ? disease : model.diseaseId(known),
    ...(known === undefined && args.name ? { name: args.name } : {}),
    finding: model.termId(term),
    ...statement,
    document,
    ...(quote ? { quote } : {}),
    grade: args.grade ?? "C",
  };
}

/** Exactly one kind of statement: counts, a frequency, or likelihood ratios. */
function readStatement(args: Arguments): Pick<EvidenceItem, "n" | "m" | "frequency" | "lrPositive" | "lrNegative"> {
  const { observed, frequency, lrPositive, lrNegative } = args;
  const ratios = lrPositive !== undefined || lrNegative !== undefined;
  if ([observed !== undefined, frequency !== undefined, ratios].filter(Boolean).length !== 1) {
    throw invalidArguments(
      "give exactly one of observed, frequency, lrPositive/lrNegative",
      'for instance observed: "12 of 30"',
    );
  }
  if (ratios) {
    return { ...(lrPositive === undefined ? {} : { lrPositive }), ...(lrNegative === undefined ? {} : { lrNegative }) };
  }
  const read = parseFrequency(observed ?? frequency);
  if (observed !== undefined && read && read.m > 0) return { n: read.n, m: read.m };
  if (observed === undefined && read?.share !== undefined) return { frequency: frequency! };
  throw invalidArguments(
    `"${observed ?? frequency}" could not be read`,
    'observed: "12 of 30" with n ≤ m; frequency: "45%" or an HPO band',
  );
}

/** Retracted documents are no evidence, and a quote that is not in a stored document is none either. */
function checkDocument(
  engine: ClinicalEngine,
  { document: id, quote }: { document: string; quote?: string },
  notes: string[],
): void {
  const document = engine.knowledge.documents.get(id);
  if (!document) {
    notes.push(`${id} is not stored here: its quote was not checked`);
    return;
  }
  if (document.integrity === "retracted") throw refused(`${id} is retracted`, "use a document that stands");
  if (quote && !documentText(document).includes(quote)) {
    throw refused(`the quote is not verbatim in ${id}`, "copy the words from the passage that was returned");
  }
}

function refused(message: string, recovery: string): ToolError {
  return new ToolError({ reason: "refused", message, recovery, retryable: false });
}
