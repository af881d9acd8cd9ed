/**
 * Everyday words for findings that the ontology's synonyms lack, by label. Each must hold without context: "fits" does, "attack"
 * does not. Other forms and orders of the words need no entry.
 */
import { BLOOD_AND_CHEMISTRY } from "./blood-and-chemistry.ts";
import { BONES_AND_MUSCLES } from "./bones-and-muscles.ts";
import { DIGESTION_AND_URINE } from "./digestion-and-urine.ts";
import { HEART_AND_BREATH } from "./heart-and-breath.ts";
import { NERVOUS_SYSTEM } from "./nervous-system.ts";
import { SENSES } from "./senses.ts";
import { SKIN } from "./skin.ts";
import { WHOLE_BODY } from "./whole-body.ts";

export const LAY_TERMS: readonly (readonly [label: string, names: readonly string[]])[] = [
  NERVOUS_SYSTEM,
  SENSES,
  HEART_AND_BREATH,
  BLOOD_AND_CHEMISTRY,
  DIGESTION_AND_URINE,
  BONES_AND_MUSCLES,
  SKIN,
  WHOLE_BODY,
].flatMap(parse);

/** "Label: name | name", one finding a line; a line goes on where the next is indented. */
function parse(table: string): [label: string, names: string[]][] {
  return table
    .trim()
    .split(/\n(?! )/u)
    .map((line) => {
      const colon = line.indexOf(":");
      return [
        line.slice(0, colon),
        line
          .slice(colon + 1)
          .split("|")
          .map((name) => name.trim()),
      ];
    });
}
