/** Orphanet's epidemiology beside a small release: the widest statement is kept and stands with the disease. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Entity } from "../../../../schemas/index.ts";
import { readHpo } from "../hpo.ts";
import { readPrevalences } from "./orphanet.ts";

const folder = mkdtempSync(join(tmpdir(), "orphanet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const RELEASE = join(import.meta.dirname, "../testing/hpo-2023");
const context = { problem: () => undefined, about: () => undefined };

interface Stated {
  type?: string;
  class?: string;
  value?: string;
  place?: string;
  status?: string;
}
const prevalence = (p: Stated) => `<Prevalence id="1"><Source>1[PMID]</Source>
  <PrevalenceType id="1"><Name lang="en">${p.type ?? "Point prevalence"}</Name></PrevalenceType>
  <PrevalenceQualification id="1"><Name lang="en">${p.value ? "Value and class" : "Class only"}</Name></PrevalenceQualification>
  <PrevalenceClass id="1"><Name lang="en">${p.class ?? "1-9 / 100 000"}</Name></PrevalenceClass>
  <ValMoy>${p.value ?? "0.0"}</ValMoy>
  <PrevalenceGeographic id="1"><Name lang="en">${p.place ?? "Worldwide"}</Name></PrevalenceGeographic>
  <PrevalenceValidationStatus id="1"><Name lang="en">${p.status ?? "Validated"}</Name></PrevalenceValidationStatus></Prevalence>`;
function write(name: string, disorders: Record<string, Stated[]>): string {
  const list = Object.entries(disorders).map(
    ([code, all]) =>
      `<Disorder id="9"><OrphaCode>${code}</OrphaCode><Name lang="en">A &lt;disease&gt;</Name><PrevalenceList count="1">${all.map(prevalence).join("")}</PrevalenceList></Disorder>`,
  );
  const path = join(folder, name);
  writeFileSync(
    path,
    `<?xml version="1.0" encoding="UTF-8"?><JDBOR><DisorderList>${list.join("")}</DisorderList></JDBOR>`,
  );
  return path;
}

describe("Orphanet's epidemiology", () => {
  it("takes the class's middle, or the value where one is given", async () => {
    const read = await readPrevalences(
      write("a.xml", {
        1: [{}],
        2: [{ value: "12.5" }],
        3: [{ class: "&lt;1 / 1 000 000" }],
        4: [{ class: "Unknown" }],
      }),
      context,
    );
    expect(read.get("ORPHA:1")).toMatchObject({ share: Math.sqrt(1e-5 * 9e-5) });
    expect(read.get("ORPHA:1")!.statement).toBe("1-9 / 100 000, Worldwide, point prevalence");
    expect(read.get("ORPHA:2")!.share).toBeCloseTo(1.25e-4, 12);
    expect(read.get("ORPHA:3")!.share).toBe(3e-7);
    expect(read.has("ORPHA:4")).toBe(false);
  });

  it("keeps the statement that holds most widely, and no counts of cases", async () => {
    const read = await readPrevalences(
      write("b.xml", {
        1: [
          { place: "Finland", class: "1-5 / 10 000" },
          { place: "Worldwide", class: "1-9 / 1 000 000" },
        ],
        2: [{ type: "Prevalence at birth", class: "1-5 / 10 000" }, { place: "Europe" }],
        3: [{ status: "Not yet validated", class: "1-5 / 10 000" }, { place: "Japan" }],
        4: [{ type: "Cases/families" }],
      }),
      context,
    );
    expect(read.get("ORPHA:1")!.share).toBe(Math.sqrt(1e-6 * 9e-6));
    expect(read.get("ORPHA:2")!.statement).toContain("Europe, point prevalence");
    expect(read.get("ORPHA:3")!.statement).toContain("Japan");
    expect(read.has("ORPHA:4")).toBe(false);
  });

  it("names a file that is cut off or something else", async () => {
    const path = write("c.xml", { 1: [{}] });
    writeFileSync(path, readFileSync(path, "utf8").slice(0, -30));
    await expect(readPrevalences(path, context)).rejects.toThrow(/c\.xml: no whole XML file/);
    writeFileSync(path, "<html></html>");
    await expect(readPrevalences(path, context)).rejects.toThrow(/holds no Disorder/);
  });

  it("stands with the disease when it lies in the release's folder", async () => {
    cpSync(RELEASE, join(folder, "release"), { recursive: true });
    const entitiesOf = async () => {
      const entities: Entity[] = [];
      for await (const record of readHpo(join(folder, "release"), context)) {
        if (record.type === "entity" && record.entity.id.startsWith("ORPHA:")) entities.push(record.entity);
      }
      return entities;
    };
    const [first] = await entitiesOf();
    expect(first!.attributes).toBeUndefined();
    write("release/en_product9_prev.xml", { [first!.id.slice(6)]: [{ value: "2" }] });
    const [again] = await entitiesOf();
    expect(again!.attributes!["prevalence"]).toBeCloseTo(2e-5, 12);
    expect(again!.attributes!["prevalenceStatement"]).toContain("Worldwide");
  });
});
