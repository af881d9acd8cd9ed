/**
 * `npm run test:formats`: every format read from a file that another program made. Prints a line for each file, what was made
 * of it and how long that took; exit 1 where words are missing. Needs Python with venv and PyPI, `zip`, `tar` and `gzip`; an
 * office suite (`soffice`) and a Chromium where the machine has them: what is left out without them is said loudly, and
 * fails where FORMATS=required.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentText } from "../schemas/index.ts";
import { parseDocument } from "../servers/document-reader/formats/index.ts";
import { asDocument } from "../servers/document-reader/readable.ts";
import { openSite } from "../servers/kit/testing/site.ts";
import { EXPECTED, type Expected } from "./formats/expected.ts";
import { makeArchives, makeByBrowser, makeByOffice, makeByPython } from "./formats/makers.ts";

const REQUIRED = process.env["FORMATS"] === "required";

interface Reading {
  text?: string;
  labels?: string[];
  missing?: string;
  failure?: string;
  ms: number;
}

async function read(folder: string, { file, member }: Expected): Promise<Reading> {
  const started = performance.now();
  const taken = () => Math.round(performance.now() - started);
  try {
    const bytes = readFileSync(join(folder, file));
    const { signal } = new AbortController();
    const parsed = await parseDocument({ bytes, name: file, ...(member ? { member } : {}), signal });
    const document = asDocument(`FILE:${file}`, file, parsed, {});
    return {
      text: documentText(document),
      labels: document.sections.map(({ label }) => label),
      missing: document.incomplete ?? "",
      ms: taken(),
    };
  } catch (error) {
    return { failure: (error as Error).message, ms: taken() };
  }
}

function complaints(expected: Expected, { text, labels = [], missing = "", failure }: Reading): string[] {
  if (text === undefined) return expected.refused?.test(failure ?? "") ? [] : [`refused: ${failure}`];
  if (expected.refused) return ["was read, though it should be refused"];
  const holds = (words: string | RegExp) => (typeof words === "string" ? text.includes(words) : words.test(text));
  const absent = (expected.reads ?? []).filter((words) => !holds(words));
  let at = -1;
  const lost = (expected.labels ?? []).filter((label) => (at = labels.indexOf(label, at + 1)) < 0);
  return [
    ...absent.map((words) => `lacks ${JSON.stringify(String(words))}`),
    ...lost.map((label) => `has no section ${JSON.stringify(label)} in its place`),
    ...(expected.never?.test(text) ? [`holds ${expected.never}`] : []),
    ...(expected.missing && !expected.missing.test(missing) ? [`says ${JSON.stringify(missing)} is missing`] : []),
  ];
}

function answer(body: object) {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** Answers as a model of that kind would; what it is asked is tested elsewhere. */
async function model() {
  const site = await openSite({
    "/v1/chat/completions": answer({ choices: [{ message: { content: "words of the model" } }] }),
    "/v1/audio/transcriptions": answer({ text: "what was said" }),
  });
  process.env["OPENAI_BASE_URL"] = `${site.url}/v1`;
  process.env["MEDRESEARCHER_MODEL"] = "test-model";
  process.env["MEDRESEARCHER_ALLOW_HOSTS"] = site.host;
  return site;
}

async function main(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "formats-"));
  const site = await model();
  try {
    makeByPython(folder);
    makeArchives(folder);
    const absent = new Set<string>();
    if (!makeByOffice(folder)) absent.add("LibreOffice");
    if (!(await makeByBrowser(folder))) absent.add("Chromium");
    for (const program of absent) console.warn(`NOT TESTED: files of ${program}, which is not on this machine`);
    let wrong = REQUIRED ? absent.size : 0;
    let tested = 0;
    for (const expected of EXPECTED) {
      if (absent.has(expected.by)) continue;
      const reading = await read(folder, expected);
      const faults = complaints(expected, reading);
      const what = expected.member ? `${expected.file}!/${expected.member}` : expected.file;
      const size = `${Math.ceil(statSync(join(folder, expected.file)).size / 1024)} KB`;
      const became = reading.text === undefined ? "refused" : `${reading.text.length} characters`;
      console.log(
        `${faults.length > 0 ? "✗" : "✓"} ${what.padEnd(34)} ${expected.by.padEnd(18)} ${size.padStart(9)} ${became.padStart(20)} ${String(reading.ms).padStart(6)} ms`,
      );
      for (const fault of faults) console.log(`    ${fault}`);
      wrong += faults.length > 0 ? 1 : 0;
      tested += 1;
    }
    console.log(`${tested} files of other programs: ${tested - Math.min(wrong, tested)} as expected, ${wrong} not`);
    return wrong === 0;
  } finally {
    await site.close();
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = (await main()) ? 0 : 1;
