/** What is similar to a long text: what is about the same thing, whatever else the text holds. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { Retriever } from "../index.ts";
import { fiction, makeFolder, open, remove } from "../testing/documents.ts";

/** Words that this text repeats and hardly any other has. */
const variants = Array.from({ length: 60 }, (_, i) => `variant${i}`);
const results = Array.from({ length: 12 }, () => variants.join(" ")).join(". ");
const full = fiction("full", "How zelpamab is absorbed", "Zelpamab was given to volunteers.", {
  sections: [
    {
      label: "Abstract",
      text: "Zelpamab was given to volunteers, and its concentration in blood was measured. ".repeat(40),
    },
    { label: "Results", text: results },
  ],
});
const others = [
  fiction("sales", "Zelpamab sales", "It was sold in forty countries, and its price fell in each of them."),
  ...variants.map((variant, i) => fiction(`v${i}`, `Leaf number ${i}`, `A green leaf of ${variant} in spring.`)),
];

let folder: string;
let retriever: Retriever;
beforeEach(() => {
  folder = makeFolder([full, ...others]);
  retriever = new Retriever(open(folder), { sources: [] });
});
afterEach(async () => {
  await retriever.close();
  remove(folder);
});

test("a full text is about what its title names, not about what it alone holds", async () => {
  const { documents } = await retriever.related({ id: "TEST:full" }, { signal: new AbortController().signal });
  expect(documents[0]?.id).toBe("TEST:sales");
});
