/** Five diseases small enough to compute by hand, with a hierarchy, counts, bands, an exclusion and an obsolete identifier. */
import type { ModelInput } from "../model/input.ts";

/**
 * HP:1 Abnormality › HP:2 Heart (› HP:4 Murmur, HP:5 Aneurysm), HP:3 Eye (› HP:6 Myopia › HP:7 High myopia); HP:8 Fever.
 * D:A shows aneurysm in 9 of 10 and myopia very frequently; D:B high myopia, never murmur; D:C murmur; D:D fever in 1 of 2;
 * D:E heart abnormality and fever.
 */
export function fiveDiseases(): ModelInput {
  return {
    terms: [
      term(1, "Abnormality"),
      term(2, "Abnormality of the heart"),
      term(3, "Abnormality of the eye"),
      term(4, "Heart murmur", { synonyms: ["Cardiac murmur"] }),
      term(5, "Aortic aneurysm", { synonyms: ["Aneurysm of the aorta"] }),
      term(6, "Myopia", { synonyms: ["Nearsightedness"], alternatives: ["HP:0000099"] }),
      term(7, "High myopia"),
      term(8, "Fever"),
    ],
    isA: (
      [
        [2, 1],
        [3, 1],
        [8, 1],
        [4, 2],
        [5, 2],
        [6, 3],
        [7, 6],
      ] as const
    ).map(([child, parent]) => ({ child: `HP:900000${child}`, parent: `HP:900000${parent}` })),
    diseases: ["A", "B", "C", "D", "E"].map((name) => ({ id: `D:${name}`, name: `Disease ${name}` })),
    annotations: [
      show("A", 5, { frequency: "9/10" }),
      show("A", 6, { frequency: "HP:0040281" }),
      show("B", 7),
      show("B", 4, { negated: true }),
      show("C", 4),
      show("D", 8, { frequency: "1/2" }),
      show("E", 2),
      show("E", 8),
    ],
    inheritance: [{ disease: "D:C", mode: "HP:0001419" }],
    onsets: [{ disease: "D:D", onset: "HP:0003581" }],
  };
}

function term(n: number, label: string, more: object = {}) {
  return { id: `HP:900000${n}`, label, ...more };
}

function show(disease: string, n: number, more: object = {}) {
  return { disease: `D:${disease}`, term: `HP:900000${n}`, references: ["PMID:1"], ...more };
}
