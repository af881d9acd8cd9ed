/** A real article of PMC as a reader can follow it, heading by heading (skipped without ../shared/data). */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseJatsArticle } from "../jats.ts";

const REAL = "../shared/data/pubmed/pmc3040717.jats.xml";

describe.skipIf(!existsSync(REAL))("a real article (skipped without ../shared/data)", () => {
  const { document, hasBody } = existsSync(REAL)
    ? parseJatsArticle(readFileSync(REAL, "utf8"))
    : { document: undefined!, hasBody: false };
  const section = (label: string) => document.sections.find((one) => one.label === label)!.text;

  it("is what its front says", () => {
    const { sections, related, ...rest } = document;
    expect(rest).toEqual({
      id: "PMC:PMC3040717",
      title:
        "Comprehensive Analysis of Missense Variations in the BRCT Domain of BRCA1 by Structural and Functional Assays",
      published: "2010-06-01",
      journal: "Cancer research",
      authors: [
        "Lee MS",
        "Green R",
        "Marsillac SM",
        "Coquelle N",
        "Williams RS",
        "Yeung T",
        "Foo D",
        "Hau DD",
        "Hui B",
        "Monteiro ANA",
        "Glover JNM",
      ],
      publicationTypes: ["Journal Article"],
      identifiers: { pmcid: "PMC3040717", pmid: "20516115", doi: "10.1158/0008-5472.CAN-09-4563" },
      language: "en",
      licence: expect.stringMatching(/^This file is available for text mining\./),
    });
    expect(hasBody).toBe(true);
    expect(related!["cites"]).toHaveLength(53);
    expect(related!["cites"]!.slice(0, 2)).toEqual(["PMID:7545954", "PMID:11832208"]);
    expect(sections).toHaveLength(25);
  });

  it("has every heading of its text, in order", () => {
    expect(document.sections.map((one) => one.label)).toEqual([
      "Abstract",
      "Introduction",
      "Materials and Methods > Proteolysis assays",
      "Materials and Methods > Phosphopeptide-binding assays",
      "Materials and Methods > Transcriptional assays",
      "Materials and Methods > Align-GVGD classification of BRCA1 BRCT variants",
      "Materials and Methods > Definition of a validation set",
      "Results > Generation of a large set of BRCA1 BRCT missense variants",
      "Results > Determination of the protein folding defects associated with BRCT missense variants",
      "Results > Analysis of the phosphopeptide binding activity of BRCT missense variants",
      "Results > Analysis of the transcriptional activation activity of BRCA1 BRCT variants",
      "Results > Correlation of structural and functional data with family history and clinical data",
      "Results > Comparison of results from different assays and overall classification",
      "Results > Correlation of mutant classification with predictions from Align-GVGD",
      "Discussion",
      "Supplementary Material",
      ...["Figure 1", "Figure 2", "Figure 3", "Figure 4", "Table 1", "Table 2"].map(
        (one) => `Figures and Tables > ${one}`,
      ),
      "Acknowledgements",
      "Competing interests",
      "Footnotes",
    ]);
  });

  it("keeps numbers, citations and Greek letters as a reader sees them", () => {
    expect(section("Introduction")).toContain("early-onset breast and ovarian cancers (1). This effort");
    expect(section("Materials and Methods > Transcriptional assays")).toContain(
      "24-well tissue culture plates, 1 × 10⁵ cells per well",
    );
    expect(section("Figures and Tables > Figure 1")).toContain(
      "(PDB ID 1T15; ref. 13). Blue, α-helices; orange, β-strands.",
    );
    expect(section("Figures and Tables > Figure 2")).toContain("combined log10 likelihood ratio (LLR) score");
  });

  it("keeps a table's rows, a drawn sign for what it is, and its notes", () => {
    const lines = section("Figures and Tables > Table 1").split("\n");
    expect(lines.slice(0, 4)).toEqual([
      "Cross validation of functional assays with genetic data",
      "Variants | Genetic or integrative methods* |  | PS† | BA | BS | BA/BS | TA | References",
      "| IARC class |  |  |  |  |  |  |",
      "M1652I | 1 | ○ | ○ | ○ | ○ | ○ | ○ | Tavtigian and colleagues (34)",
    ]);
    expect(lines.filter((line) => line.includes("[picture]"))).toHaveLength(3);
    expect(lines.at(-1)).toMatch(/^† PS, protease sensitivity; BA, phosphopeptide binding activity/);
    expect(section("Figures and Tables > Table 2")).toContain(
      "T1685I | T1685A | G1656D | S1655F | V1653M | D1692Y | M1663L | D1692N | N1647K | S1651F",
    );
  });
});
