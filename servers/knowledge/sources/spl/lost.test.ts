/** What readers of labels lose easily: excipients, descriptions of pictures, marks of notes. */
import { expect, it } from "vitest";
import { parseXml } from "../xml.ts";
import { labelDocument } from "./label.ts";

const label = (sections: string) =>
  labelDocument(
    parseXml(
      `<document><setId root="a-1"/><component><structuredBody>${sections}</structuredBody></component></document>`,
    ),
  ).sections.map((section) => `${section.label}: ${section.text}`);
const media = (id: string, text: string) =>
  `<component><observationMedia ID="${id}"><text>${text}</text></observationMedia></component>`;
const product = (inner: string) =>
  `<component><section><code code="48780-1"/><subject><manufacturedProduct>${inner}</manufacturedProduct></subject></section></component>`;

it.each([
  [
    "new",
    `<manufacturedProduct><name>Prog</name>
      <ingredient classCode="ACTIB"><quantity><numerator value="100" unit="mg"/><denominator value="1" unit="1"/></quantity><ingredientSubstance><name>PROGESTERONE</name></ingredientSubstance></ingredient>
      <ingredient classCode="IACT"><ingredientSubstance><name>PEANUT OIL</name></ingredientSubstance></ingredient>
      <ingredient classCode="IACT"><ingredientSubstance><name>GELATIN</name></ingredientSubstance></ingredient></manufacturedProduct>`,
    "Products: Prog. active: PROGESTERONE 100 mg. inactive: PEANUT OIL; GELATIN",
  ],
  [
    "old",
    `<manufacturedMedicine><name>Prog</name><activeIngredient><activeIngredientSubstance><name>progesterone</name></activeIngredientSubstance></activeIngredient>
      <inactiveIngredient><inactiveIngredientSubstance><name>peanut oil</name></inactiveIngredientSubstance></inactiveIngredient></manufacturedMedicine>`,
    "Products: Prog. active: progesterone. inactive: peanut oil",
  ],
])("what else is in a product is said, in the %s listing", (_, listing, line) => {
  expect(label(product(listing))).toEqual([line]);
});

it("what a picture is said to show stands in its place, the name of its file does not", () => {
  const text = `<text><paragraph>Before.</paragraph><renderMultiMedia referencedObject="A"/><renderMultiMedia referencedObject="B"/><paragraph>After.</paragraph></text>`;
  expect(
    label(
      `<component><section><title>14</title>${text}${media("A", "Survival at 12 months")}${media("B", "fig-2.jpg")}</section></component>`,
    ),
  ).toEqual(["14: Before.\n[picture: Survival at 12 months]\nAfter."]);
});

it("marks of notes run into no word", () => {
  const table = `<text><table><caption>Doses<sup>a</sup></caption><tfoot><tr><td><sup>a</sup>By weight.</td></tr></tfoot><tbody><tr><td>5<sup>a</sup></td></tr></tbody></table></text>`;
  expect(label(`<component><section><title>2</title>${table}</section></component>`)).toEqual([
    "2: Doses^a\n5^a\na By weight.",
  ]);
});
