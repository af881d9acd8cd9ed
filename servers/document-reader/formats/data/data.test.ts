import { describe, expect, it } from "vitest";
import { readFile, told } from "../../testing/read.ts";

const json = (value: unknown) => readFile("a.json", JSON.stringify(value));

describe("JSON", () => {
  it("is printed in short lines", async () => {
    expect(told(await json({ dose: "80 mg" }))).toEqual(['{\n  "dose": "80 mg"\n}']);
  });

  it("is given in parts where it is long: short values together, arrays by hundreds", async () => {
    const { sections } = await json({
      drug: "A",
      rows: Array.from({ length: 2500 }, (_, n) => ({ n })),
      about: "x".repeat(600),
    });
    expect(sections.map(({ label }) => label).slice(0, 3)).toEqual(["", "rows 1–100 of 2500", "rows 101–200 of 2500"]);
    expect(sections.at(-1)!.label).toBe("about");
  });

  it("of lines is given by hundreds of lines", async () => {
    const lines = Array.from({ length: 150 }, (_, n) => `{"n": ${n}}`).join("\n");
    expect((await readFile("a.jsonl", lines)).sections.map(({ label }) => label)).toEqual([
      "Lines 1–100",
      "Lines 101–150",
    ]);
  });

  it("that describes an article is that article", async () => {
    const read = await json({
      "@context": "https://schema.org",
      "@graph": [
        { "@type": "WebSite", name: "Site" },
        {
          "@type": ["ScholarlyArticle"],
          "@id": "https://doi.org/10.1000/xyz",
          headline: "A trial",
          abstract: "Short.",
          articleBody: "Long.",
          author: [{ name: "Ada" }, "Bob"],
          datePublished: "2024-03-05T10:00:00Z",
          isPartOf: { name: "Heart" },
          keywords: ["a", "b"],
        },
      ],
    });
    expect(read).toMatchObject({
      title: "A trial",
      authors: ["Ada", "Bob"],
      published: "2024-03-05",
      journal: "Heart",
      identifiers: { doi: "10.1000/xyz" },
    });
    expect(told(read)).toEqual(["Abstract: Short.", "Long.", "Facts: keywords: a, b"]);
  });
});

const PDB = `HEADER    OXYGEN TRANSPORT                        07-MAR-84   4HHB
TITLE     THE CRYSTAL STRUCTURE OF HUMAN DEOXYHAEMOGLOBIN AT 1.74
TITLE    2 ANGSTROMS RESOLUTION
COMPND    MOL_ID: 1;
COMPND   2 MOLECULE: HEMOGLOBIN (DEOXY) (ALPHA CHAIN);
COMPND   3 CHAIN: A, C;
COMPND   4 MOL_ID: 2;
COMPND   5 MOLECULE: HEMOGLOBIN (DEOXY) (BETA CHAIN);
COMPND   6 CHAIN: B, D
SOURCE    MOL_ID: 1;
SOURCE   2 ORGANISM_SCIENTIFIC: HOMO SAPIENS;
EXPDTA    X-RAY DIFFRACTION
AUTHOR    G.FERMI,M.F.PERUTZ
JRNL        DOI    10.1016/0022-2836(84)90472-8
JRNL        PMID   6726807
REMARK   2 RESOLUTION.    1.74 ANGSTROMS.
SEQRES   1 A    4  VAL LEU SER PRO
SEQRES   1 B    3  VAL HIS LEU
SEQRES   1 C    4  VAL LEU SER PRO
SEQRES   1 D    3  VAL HIS LEU
HETNAM     HEM PROTOPORPHYRIN IX CONTAINING FE
ATOM      1  N   VAL A   1       6.204  16.869   4.854  1.00 49.05           N
HETATM    2 FE   HEM A 142      -9.471  -8.069  23.580  1.00 18.22          FE
END
`;

const CIF = `data_4HHB
#
_entry.id   4HHB
_struct.title
;THE CRYSTAL STRUCTURE OF HUMAN
DEOXYHAEMOGLOBIN
;
_struct_keywords.pdbx_keywords   'OXYGEN TRANSPORT'
_exptl.method   "X-RAY DIFFRACTION"
_refine.ls_d_res_high   1.74
_citation.id   primary
_citation.title   'Fermi''s structure'
_citation.pdbx_database_id_DOI   10.1016/x
loop_
_audit_author.name
_audit_author.pdbx_ordinal
'Fermi, G.' 1
"Perutz, M.F." 2
loop_
_entity.id
_entity.type
_entity.pdbx_description
1 polymer 'Hemoglobin subunit alpha'
2 non-polymer 'PROTOPORPHYRIN IX'
loop_
_entity_poly.entity_id
_entity_poly.type
_entity_poly.pdbx_strand_id
_entity_poly.pdbx_seq_one_letter_code_can
1 'polypeptide(L)' A,C
;VLSP
ADK
;
loop_
_pdbx_entity_nonpoly.entity_id
_pdbx_entity_nonpoly.name
_pdbx_entity_nonpoly.comp_id
2 'PROTOPORPHYRIN IX' HEM
3 water HOH
loop_
_atom_site.group_PDB
_atom_site.id
_atom_site.type_symbol
ATOM 1 N
ATOM 2 C
#
`;

describe("a molecular structure", () => {
  it("in the old form says what it is, of what, and counts its atoms", async () => {
    const read = await readFile("4hhb.pdb", PDB);
    expect(read).toMatchObject({
      title: "THE CRYSTAL STRUCTURE OF HUMAN DEOXYHAEMOGLOBIN AT 1.74 ANGSTROMS RESOLUTION (PDB 4HHB)",
      published: "1984-03-07",
      authors: ["G.FERMI", "M.F.PERUTZ"],
      identifiers: { pdb: "4HHB", doi: "10.1016/0022-2836(84)90472-8", pmid: "6726807" },
    });
    expect(told(read)).toEqual([
      "Structure: Classification: OXYGEN TRANSPORT\nMolecules: HEMOGLOBIN (DEOXY) (ALPHA CHAIN); HEMOGLOBIN (DEOXY) (BETA CHAIN)\nSource: HOMO SAPIENS\nMethod: X-RAY DIFFRACTION\nResolution: 1.74 Å\nDeposited: 1984-03-07\nAtoms: 2",
      "Chains: Chain A, C: HEMOGLOBIN (DEOXY) (ALPHA CHAIN) (4 residues)\nVLSP\n\nChain B, D: HEMOGLOBIN (DEOXY) (BETA CHAIN) (3 residues)\nVHL",
      "Ligands: HEM: PROTOPORPHYRIN IX CONTAINING FE",
    ]);
  });

  it("in the new form says the same", async () => {
    const read = await readFile("4hhb.cif", CIF);
    expect(read).toMatchObject({
      title: "THE CRYSTAL STRUCTURE OF HUMAN DEOXYHAEMOGLOBIN (PDB 4HHB)",
      authors: ["Fermi, G.", "Perutz, M.F."],
      identifiers: { pdb: "4HHB", doi: "10.1016/x" },
    });
    expect(told(read)).toEqual([
      "Structure: Classification: OXYGEN TRANSPORT\nMolecules: Hemoglobin subunit alpha\nMethod: X-RAY DIFFRACTION\nResolution: 1.74 Å\nPublication: Fermi''s structure\nAtoms: 2",
      "Chains: Chain A, C: Hemoglobin subunit alpha (protein, 7 residues)\nVLSPADK",
      "Ligands: HEM: PROTOPORPHYRIN IX",
    ]);
  });
});

describe("source code", () => {
  it("keeps its lines, says its language and which lines stand where", async () => {
    const lines = Array.from({ length: 250 }, (_, n) => `  x = ${n}`);
    const read = await readFile("run.py", `def f():\r\n${lines.join("\r\n")}\r\n`);
    expect(read.publicationTypes).toEqual(["Source Code (Python)"]);
    expect(read.sections.map(({ label }) => label)).toEqual(["Python, lines 1–200", "Python, lines 201–251"]);
    expect(read.sections[0]!.text).toMatch(/^def f\(\):\n {2}x = 0\n/);
  });
});
