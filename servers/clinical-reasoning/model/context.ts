/** What the annotations say of who is affected and when: sex through the mode of inheritance, and the age at onset. */

/** Bits of a disease's modes of inheritance that bear on the patient's sex. */
export const MODES = { xRecessive: 1, xOther: 2, yLinked: 4, maleLimited: 8, femaleLimited: 16, other: 32 } as const;

const MODE_OF: Record<string, number> = {
  "HP:0001419": MODES.xRecessive,
  "HP:0001417": MODES.xOther,
  "HP:0001423": MODES.xOther,
  "HP:0001450": MODES.yLinked,
  "HP:0001475": MODES.maleLimited,
  "HP:0034344": MODES.femaleLimited,
};

/** Sex-limited expression and similar qualify a mode; only a real other mode weakens what X-linkage says. */
const QUALIFIERS = new Set([
  "HP:0001466",
  "HP:0003743",
  "HP:0003744",
  "HP:0003745",
  "HP:0003829",
  "HP:0003831",
  "HP:0025352",
]);

export function modeBits(mode: string): number {
  return MODE_OF[mode] ?? (QUALIFIERS.has(mode) ? 0 : MODES.other);
}

/** Ages in years at which an HPO onset class begins and ends. */
const ONSETS: Record<string, readonly [number, number]> = {
  "HP:0030674": [-0.75, 0],
  "HP:0011460": [-0.75, -0.6],
  "HP:0011461": [-0.6, 0],
  "HP:0034199": [-0.6, -0.5],
  "HP:0034198": [-0.5, -0.25],
  "HP:0034197": [-0.25, 0],
  "HP:0003577": [0, 0],
  "HP:0003623": [0, 28 / 365],
  "HP:0003593": [28 / 365, 1],
  "HP:0011463": [1, 5],
  "HP:0003621": [5, 16],
  "HP:0410280": [0, 16],
  "HP:0003581": [16, 100],
  "HP:0011462": [16, 40],
  "HP:0025708": [16, 19],
  "HP:0025709": [19, 25],
  "HP:0025710": [25, 40],
  "HP:0003596": [40, 60],
  "HP:0003584": [60, 100],
};

/** The years that an onset term spans, or undefined where the term is no onset class. */
export function onsetYears(term: string): readonly [number, number] | undefined {
  return ONSETS[term];
}

export type Sex = "male" | "female";

/** "male", "M", "boy", "FEMALE" …; undefined where it is neither or unknown. */
export function parseSex(text: string | undefined): Sex | undefined {
  const word = text?.trim().toLowerCase() ?? "";
  if (/^(?:m|male|man|boy)$/u.test(word)) return "male";
  return /^(?:f|female|woman|girl)$/u.test(word) ? "female" : undefined;
}
