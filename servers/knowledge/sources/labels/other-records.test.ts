/** openFDA's other lists name the labels that they are about: none of them is taken for such a label. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { labels } from "../labels.ts";

const folder = mkdtempSync(join(tmpdir(), "openfda-"));
afterAll(() => rmSync(folder, { recursive: true }));
const openfda = { spl_set_id: ["aaaaaaaa-0000-0000-0000-000000000001"] };

it.each([
  ["enforcement", { recall_number: "D-1-2020", reason_for_recall: "NDMA", openfda }, /recall D-1-2020 is no label/],
  [
    "shortages",
    { package_ndc: "0703-5747-11", generic_name: "Cisplatin", openfda },
    /the shortage of 0703-5747-11 is no label/,
  ],
  [
    "ndc",
    { product_ndc: "0703-5747", application_number: "NDA1", generic_name: "Cisplatin", packaging: [], openfda },
    /product 0703-5747 .* is no label/,
  ],
])("%s", async (name, result, reason) => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ results: [result] }));
  const problems: string[] = [];
  const read = async () => {
    for await (const _ of labels.read(path, { problem: (one) => problems.push(one.reason), about: () => {} }));
  };
  await expect(read()).rejects.toThrow(/holds no openFDA labels or applications/);
  expect(problems).toEqual([expect.stringMatching(reason)]);
});
