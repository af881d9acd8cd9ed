/** What users import is found and read through the tools: labels, trials and papers, by their own words and by any of their identifiers. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { GetDocumentResult, SearchEvidenceResult } from "../../schemas/index.ts";
import { importSource } from "../knowledge/import.ts";
import { SOURCES } from "../knowledge/sources/index.ts";
import { medicalRetriever } from "./main.ts";
import { connected } from "../kit/testing/connected.ts";

const FILES: Record<string, [string, string]> = {
  pubmed: [
    "pubmed1.xml",
    `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>990000001</PMID><Article><ArticleTitle>Fictoline against vornitis</ArticleTitle><Abstract><AbstractText>Fictoline shortened vornitis.</AbstractText></Abstract></Article>
     <CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"/></CommentsCorrectionsList></MedlineCitation></PubmedArticle></PubmedArticleSet>`,
  ],
  labels: [
    "label.json",
    '{"results": [{"set_id": "ab-1", "openfda": {"brand_name": ["FICTOL"], "generic_name": ["FICTOLINE"], "rxcui": ["777", "778"], "product_ndc": ["0001-2"]}, "contraindications": ["Fictoline is contraindicated in vornitis with fever."]}]}',
  ],
  trials: [
    "study.json",
    '{"protocolSection": {"identificationModule": {"nctId": "NCT99999901", "briefTitle": "Fictoline in vornitis"}, "designModule": {"phases": ["PHASE3"]}}}',
  ],
};

test("imported documents are found, and read by RxCUI, NDC and NCT number", async () => {
  const home = mkdtempSync(join(tmpdir(), "imported-"));
  vi.stubEnv("MEDRESEARCHER_HOME", home);
  vi.stubEnv("MEDRESEARCHER_OFFLINE", "1");
  for (const [kind, [name, content]] of Object.entries(FILES)) {
    writeFileSync(join(home, name), content);
    await importSource({ source: SOURCES.get(kind)!, from: join(home, name), home, seed: () => [] });
  }
  const factory = medicalRetriever({ knowledge: "home" });
  const client = await connected(factory);
  const call = async (name: string, args: Record<string, unknown>) =>
    (await client.callTool({ name, arguments: args })).structuredContent;
  try {
    const { documents } = (await call("search_medical_evidence", {
      query: "fictoline vornitis",
      sources: ["local"],
    })) as SearchEvidenceResult;
    // The retracted paper comes last, and says so.
    expect(documents.map(({ id }) => id).toSorted()).toEqual(["NCT:NCT99999901", "PMID:990000001", "SPL:ab-1"]);
    expect(documents.at(-1)).toMatchObject({ id: "PMID:990000001", integrity: "retracted" });
    for (const [alias, id] of [
      ["RXCUI:778", "SPL:ab-1"],
      ["NDC:0001-2", "SPL:ab-1"],
      ["NCT:NCT99999901", "NCT:NCT99999901"],
      ["NCT99999901", "NCT:NCT99999901"],
    ]) {
      const read = (await call("get_medical_document", { id: alias! })) as GetDocumentResult;
      expect(read.documents[0]?.id).toBe(id);
    }
  } finally {
    await client.close();
    await factory.close();
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true });
  }
});
