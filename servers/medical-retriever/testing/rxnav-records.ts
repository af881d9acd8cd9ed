/** A fictional RxNorm, answered in RxNav's shapes: an ingredient, its salt, a brand of it with a second ingredient, a product. */
import type { Asked, Reply } from "./live-service.ts";

const CONCEPTS: Record<string, { name: string; tty: string }> = {
  "901": { name: "zelpamab", tty: "IN" },
  "902": { name: "Zelpa", tty: "BN" },
  "903": { name: "zelpamab 5 MG Oral Tablet [Zelpa]", tty: "SBD" },
  "904": { name: "zelpamide", tty: "IN" },
  "905": { name: "Oral Tablet", tty: "DF" },
};
const RELATED: Record<string, readonly string[]> = {
  "901": ["901", "902", "903", "905"],
  "902": ["901", "902", "903", "905"],
  "903": ["901", "902", "903", "905"],
};
/** Score of each concept for each term, as texts. */
const NEAR: Record<string, readonly (readonly [rxcui: string, score: string])[]> = {
  zelpamab: [
    ["901", "12.5"],
    ["904", "9.1"],
    ["901", "11.0"],
  ],
  zelpa: [
    ["902", "12.5"],
    ["901", "7.7"],
  ],
  zelpamib: [
    ["901", "9.9"],
    ["904", "8.0"],
  ],
  // The first number was retired.
  quellomab: [
    ["999", "12.5"],
    ["904", "9.0"],
  ],
  zelp: [
    ["904", "6.10"],
    ["901", "6.09"],
  ],
};

const concept = (rxcui: string) => ({ rxcui, ...CONCEPTS[rxcui], synonym: "", suppress: "N", language: "ENG" });

export function rxnormAnswer({ path, parameters }: Asked): Reply {
  if (path === "/approximateTerm.json") {
    const found = NEAR[parameters["term"]!.toLowerCase()] ?? [];
    // Names of other vocabularies come without the name.
    const candidate = found.map(([rxcui, score], i) => ({
      rxcui,
      rxaui: `a${i}`,
      score,
      rank: String(i + 1),
      ...(i === 1 ? {} : { name: CONCEPTS[rxcui]?.name ?? "quellomab" }),
      source: i === 1 ? "GS" : "RXNORM",
    }));
    return {
      body: { approximateGroup: { inputTerm: parameters["term"], ...(candidate.length > 0 ? { candidate } : {}) } },
    };
  }
  if (path === "/drugs.json") {
    const sold = /^zelpa(?:mab)?$/i.test(parameters["name"]!)
      ? [{ tty: "SBD", conceptProperties: [concept("903")] }]
      : [{ tty: "SBD" }];
    return { body: { drugGroup: { name: null, conceptGroup: sold } } };
  }
  if (path === "/rxclass/class/byRxcui.json") return { body: classes(parameters["rxcui"]!) };
  const [, rxcui = "", what = ""] = /^\/rxcui\/(\d+)\/(\w+)\.json$/.exec(path) ?? [];
  if (!CONCEPTS[rxcui]) return { body: {} };
  if (what === "properties") return { body: { properties: concept(rxcui) } };
  if (what === "allndcs") return { body: { ndcConcept: { ndcTime: [{ ndc: ["99999010101"], startDate: "202001" }] } } };
  const conceptGroup = (RELATED[rxcui] ?? [rxcui]).map((id) => ({
    tty: CONCEPTS[id]!.tty,
    conceptProperties: [concept(id)],
  }));
  return { body: { allRelatedGroup: { rxcui: "", conceptGroup: [...conceptGroup, { tty: "MIN" }] } } };
}

function classes(rxcui: string) {
  if (rxcui !== "901") return {};
  const entry = (classId: string, className: string, classType: string, rela: string, relaSource: string) => ({
    minConcept: concept(rxcui),
    rxclassMinConceptItem: { classId, className, classType },
    rela,
    relaSource,
  });
  return {
    rxclassDrugInfoList: {
      rxclassDrugInfo: [
        entry("L04XX", "Other immunosuppressants", "ATC1-4", "", "ATC"),
        entry("N0009", "Fictional Kinase Inhibitors", "MOA", "has_moa", "MEDRT"),
        entry("D0009", "Vornitis", "DISEASE", "may_treat", "MEDRT"),
        entry("D0009", "Vornitis", "DISEASE", "may_treat", "MEDRT"),
        entry("D0010", "Quellosis", "DISEASE", "CI_with", "MEDRT"),
      ],
    },
  };
}
