import { z } from "zod";
import { documentText, GetDocumentResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import { authorityOf, kindOf } from "../authority.ts";
import { abridged } from "../page.ts";
import { pickSections, type Retriever } from "../retriever.ts";
import { integrityNotes } from "../search.ts";

export const getMedicalDocument = defineTool<Retriever>()({
  name: "get_medical_document",
  title: "Get medical document",
  description:
    "One document in full by its id: a local one, or a PubMed record by PMID or DOI, with authors, subject headings, integrity and authority. `sections` picks sections by label. Not for web addresses or files, nor for looking something up in a long text: use read_document.",
  input: z.object({
    id: z.string().trim().min(1).describe("PMID:22663011, DOI:10.…, or an id from a search"),
    sections: z.array(z.string()).optional().describe("labels, e.g. RESULTS"),
  }),
  output: GetDocumentResult,
  annotations: READS_WORLD,
  trim: ["sections"],
  async run({ id, sections }, { engine, ...context }) {
    const { document, outcomes } = await engine.document(id, context);
    const { sections: all, authors, ...head } = document;
    const picked = pickSections(document, sections);
    const authority = authorityOf({ ...document, kind: kindOf(document) }, await engine.newest(context));
    const labels = all.map(({ label }) => label).filter(Boolean);
    return {
      documents: [{ ...head, ...(authors ? { authors: abridged(authors) } : {}), authority }],
      sections: picked.sections,
      outcomes,
      notes: [
        ...integrityNotes([document]),
        ...(picked.unknown.length > 0
          ? [
              `no section is called ${picked.unknown.join(", ")}; there are: ${labels.join(", ") || "none with a label"}`,
            ]
          : []),
        ...(all.length === 0 ? ["the source has no abstract for this document"] : []),
        ...(documentText(document).length > 30_000
          ? [`a long text; sections: ${labels.join(", ").slice(0, 1000)}`]
          : []),
      ],
    };
  },
});
