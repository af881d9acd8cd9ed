import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { documentText } from "../../../schemas/index.ts";
import { ToolError } from "../../kit/failure.ts";
import { parseDocument } from "../formats/index.ts";
import { asDocument } from "../readable.ts";
import { archives } from "./archives.ts";
import { parsersCpuMs } from "../testing/parsers.ts";
import type { Attack } from "./attack.ts";
import { hidden } from "./hidden.ts";
import { officeFiles } from "./office.ts";
import { pages } from "./pages.ts";
import { parts } from "./parts.ts";
import { pdfs } from "./pdfs.ts";
import { pictures } from "./pictures.ts";
import { sheets } from "./sheets.ts";
import { tars } from "./tars.ts";
import { texts } from "./texts.ts";
import { xmlFiles } from "./xml.ts";

const CORPUS: [kind: string, attacks: Attack[]][] = [
  ["ZIP and gzip archives", archives],
  ["XML", xmlFiles],
  ["tar archives", tars],
  ["Office files", officeFiles],
  ["sheets", sheets],
  ["PDF", pdfs],
  ["web pages", pages],
  ["pictures and recordings", pictures],
  ["texts and tables", texts],
  ["what is not seen", hidden],
  ["parts of tables, and formulas", parts],
];
/** Of the parser, on a processor: a server has other things to do. The costliest takes a second or two. */
const MOST_CPU_MS = 15_000;
const MOST_BYTES = 1_200_000_000;

/** What is said about a document, or why it is not read: a few lines. */
const MOST_SAID = 20_000;
// oxlint-disable-next-line no-control-regex -- they are what must not be there
const COMMANDS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;

/** What became of it: the text, what is said about it and what is missing of it, or why there is none. */
type Met = { text: string; facts: string[]; missing: string } | { failure: unknown };

async function meet({ bytes, name, contentType, member }: Attack): Promise<Met> {
  try {
    const { signal } = new AbortController();
    const optional = { ...(contentType ? { contentType } : {}), ...(member ? { member } : {}) };
    const document = asDocument("FILE:x", name, await parseDocument({ bytes: bytes(), name, ...optional, signal }), {});
    const { sections: _, identifiers, authors, publicationTypes, ...facts } = document;
    const lists = [...Object.values(identifiers ?? {}), ...(authors ?? []), ...(publicationTypes ?? [])];
    const said = [...Object.values(facts).filter((fact) => typeof fact === "string"), ...lists];
    return { text: documentText(document), facts: said, missing: document.incomplete ?? "" };
  } catch (failure) {
    return { failure };
  }
}

/** What is wrong with how it was met: nothing, if all is well. */
function complaints(attack: Attack, met: Met): string[] {
  if ("text" in met) {
    return [
      attack.never && met.facts.some((fact) => attack.never!.test(fact)) ? `its facts hold ${attack.never}` : "",
      ...said(...met.facts),
      attack.reads ? (attack.reads.test(met.text) ? "" : `the text lacks ${attack.reads}`) : "it was not refused",
      attack.never?.test(met.text) ? `the text holds ${attack.never}` : "",
      attack.missing && !attack.missing.test(met.missing) ? `${JSON.stringify(met.missing)} is said to be missing` : "",
    ].filter(Boolean);
  }
  // Never a fault of this program, always with a reason and a way on.
  if (!(met.failure instanceof ToolError)) return [`it was thrown: ${String(met.failure)}`];
  const { reason, message, recovery } = met.failure;
  return [
    attack.refused?.test(message) ? "" : `it was refused: ${message}`,
    reason === "internal" ? "the reason is internal" : "",
    recovery ? "" : "there is no way on",
    ...said(message, recovery),
  ].filter(Boolean);
}

/** What a model is told outside of the text is short, and nothing in it is a command. */
function said(...words: string[]): string[] {
  const length = words.join("").length;
  return [
    words.some((one) => COMMANDS.test(one) || one.includes("\n")) ? "what is said holds commands" : "",
    length > MOST_SAID * 10 || (words.length < 20 && length > MOST_SAID) ? `${length} characters are said` : "",
  ];
}

describe("files that are made to do harm", () => {
  // A model that would be asked about pictures: nobody listens there.
  beforeAll(() => {
    vi.stubEnv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1");
    vi.stubEnv("MEDRESEARCHER_MODEL", "none");
  });
  afterAll(() => vi.unstubAllEnvs());

  it("are at least 150", () => {
    expect(CORPUS.flatMap(([, attacks]) => attacks).length).toBeGreaterThanOrEqual(150);
  });

  describe.each(CORPUS)("%s", (_, attacks) => {
    // One at a time: so it is known whose work the parser did.
    it.each(attacks.map((attack) => [attack.what, attack] as const))("%s", async (_, attack) => {
      const before = parsersCpuMs();
      expect(complaints(attack, await meet(attack))).toEqual([]);
      expect(parsersCpuMs() - before).toBeLessThan(MOST_CPU_MS);
    });
  });

  it("left this program within its memory", () => {
    expect(process.memoryUsage().rss).toBeLessThan(MOST_BYTES);
  });
});
