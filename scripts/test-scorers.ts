/**
 * `npm run test:scorers`: GAIA's scorer, Python's float and xBench's parsers against Python itself, on random pairs.
 * Prints the number of differences; exit 1 where there is one, or where there is no Python to compare with.
 */
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gaiaOfficial } from "../evals/scorers/gaia/official.ts";
import { pyFloat } from "../evals/scorers/gaia/py-float.ts";
import { officialAnswer, officialVerdict } from "../evals/scorers/xbench/official.ts";
import { floats, judgeReplies, pairs } from "./scorers/wild.ts";

const PAIRS = Number(process.env["SCORER_PAIRS"] ?? 100_000);
const REFERENCE = fileURLToPath(new URL("../evals/scorers/reference/", import.meta.url));

interface Comparison {
  what: string;
  script: string;
  rows: object[];
  /** What the scorer of this project says of each row, as the Python script prints it. */
  ours: string[];
}

function comparisons(): Comparison[] {
  const scored = pairs(PAIRS);
  const numbers = floats(PAIRS);
  const replies = judgeReplies(PAIRS);
  return [
    {
      what: "GAIA pairs",
      script: "gaia.py",
      rows: scored,
      ours: scored.map((p) => String(Number(gaiaOfficial(p.answer, p.gold)))),
    },
    {
      what: "texts read as a float",
      script: "gaia.py",
      rows: numbers.map((float) => ({ float })),
      ours: numbers.map(bits),
    },
    {
      what: "xBench replies",
      script: "xbench.py",
      rows: replies.map((reply) => ({ reply })),
      ours: replies.map((reply) => ascii([Number(officialVerdict(reply)), officialAnswer(reply) ?? null])),
    },
  ];
}

/** JSON as Python writes it where nothing but ASCII is wanted. */
function ascii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The double as 16 hex digits; every NaN as Python writes it. */
function bits(text: string): string {
  const value = pyFloat(text);
  if (value === undefined) return "error";
  if (Number.isNaN(value)) return "nan";
  const buffer = Buffer.alloc(8);
  buffer.writeDoubleBE(value);
  return buffer.toString("hex");
}

function python(script: string, rows: readonly object[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn("python3", ["-X", "utf8", REFERENCE + script], { stdio: ["pipe", "pipe", "inherit"] });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(Buffer.concat(parts).toString().trimEnd().split("\n"));
      else reject(new Error(`${script} ended with ${code}`));
    });
    child.stdin.end(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  });
}

const version = spawnSync("python3", ["--version"], { encoding: "utf8" });
if (version.status !== 0) {
  console.error("NOT TESTED: the scorers are compared with Python, and there is no python3 on the PATH.");
  process.exit(1);
}
let failed = false;
for (const { what, script, rows, ours } of comparisons()) {
  const theirs = await python(script, rows);
  const differing = rows.flatMap((row, i) =>
    ours[i] === theirs[i] ? [] : [{ row, ours: ours[i], theirs: theirs[i] }],
  );
  const positive = ours.filter(
    (said) => said === "1" || said.startsWith("[1") || (said !== "0" && said !== "error" && !said.startsWith("[")),
  ).length;
  console.log(
    `${what}: ${rows.length} compared with ${version.stdout.trim()} (${positive} positive), ${differing.length} differences`,
  );
  for (const difference of differing.slice(0, 5)) console.log(JSON.stringify(difference));
  failed ||= differing.length > 0 || theirs.length !== rows.length;
}
process.exit(failed ? 1 : 0);
