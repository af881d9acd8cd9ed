import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aliasesOf, canonicalId } from "./document-ids.ts";

describe("an id as people write it", () => {
  test.each([
    ["22663011", "PMID:22663011"],
    ["pmid 22663011", "PMID:22663011"],
    ["https://pubmed.ncbi.nlm.nih.gov/22663011/", "PMID:22663011"],
    ["https://europepmc.org/article/MED/22663011", "PMID:22663011"],
    ["PMC3040717", "PMC:PMC3040717"],
    ["pmcid: PMC3040717", "PMC:PMC3040717"],
    ["PMC:PMC3040717", "PMC:PMC3040717"],
    ["https://pmc.ncbi.nlm.nih.gov/articles/PMC3040717/", "PMC:PMC3040717"],
    ["https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3040717", "PMC:PMC3040717"],
    ["doi:10.1056/NEJMoa1203421", "DOI:10.1056/NEJMoa1203421"],
    ["https://doi.org/10.1056/NEJMoa1203421", "DOI:10.1056/NEJMoa1203421"],
    ["nct01245062", "NCT:NCT01245062"],
    ["NCT:NCT01245062", "NCT:NCT01245062"],
    ["https://clinicaltrials.gov/study/NCT01245062", "NCT:NCT01245062"],
    ["7C3F9A2E-1111-2222-3333-444455556666", "SPL:7c3f9a2e-1111-2222-3333-444455556666"],
    [
      "https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=7c3f9a2e-1111-2222-3333-444455556666",
      "SPL:7c3f9a2e-1111-2222-3333-444455556666",
    ],
    ["NDA021588", "NDA:NDA021588"],
    ["nda:21588", "NDA:NDA021588"],
    ["BLA 125514", "NDA:BLA125514"],
    ["NDA 21-588", "NDA:NDA021588"],
    ["nct:01245062", "NCT:NCT01245062"],
    ["NDC 0071-0155", "NDC:0071-0155"],
    ["0071-0155-23", "NDC:0071-0155"],
    ["rxnorm: 282388", "RXCUI:282388"],
    ["D-0123-2024", "RECALL:D-0123-2024"],
    ["note:entresto-label", "NOTE:entresto-label"],
    ["URL:https://example.org/", "URL:https://example.org/"],
  ])("%s is %s", (written, canonical) => {
    expect(canonicalId(written)).toBe(canonical);
  });

  test("is canonical at once, whatever was written", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(canonicalId(canonicalId(text))).toBe(canonicalId(text));
      }),
    );
  });

  test("may be known to a store by its kind of identifier", () => {
    expect(aliasesOf("PMC:PMC1")).toEqual(["PMC:PMC1", "PMCID:PMC1"]);
    expect(aliasesOf("DOI:10.9/Ab")).toContain("DOI:10.9/ab");
    expect(aliasesOf("PMID:1")).toEqual(["PMID:1"]);
  });
});
