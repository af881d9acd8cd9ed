/** Data sets of the published shapes with invented content, for tests. */
import type { QuestionRow } from "../../schemas/index.ts";

const GROUPS = ["Ingredient", "Applicant_Full_Name", "Patent_Expire_Date_Text", "Exclusivity_Date", "Open_on_Approval"];

/** 605: interleaved by trial; 82 exclusivity dates are NA, 70 companies are not listed. 50: grouped by task. */
export function medbrowsecompCsv(size: 50 | 605): string {
  const trials = size / 5;
  const rows = Array.from({ length: trials }, (_, trial) => GROUPS.map((group) => row(size, trial, group)));
  const ordered = size === 50 ? GROUPS.flatMap((_, g) => rows.map((trial) => trial[g]!)) : rows.flat();
  const header = ["prompt", "gold", size === 50 ? "Applicant_Full_Name_prompt" : "task_name"];
  return `${[header, ...ordered].map((cells) => cells.map(encode).join(",")).join("\r\n")}\r\n\n`;
}

function row(size: number, trial: number, group: string): [string, string, string] {
  const letter = String.fromCharCode(65 + (trial % 26));
  const text = `First\nline, “quoted”: for clinical trial NCT${String(90_000_000 + trial)}, an ingredient that starts with the letter ${letter}. ${group}?`;
  const golds: Record<string, string> = {
    Ingredient: `${letter}DRUG${trial % 40}`,
    Applicant_Full_Name: `COMPANY ${trial % 30} INC`,
    Patent_Expire_Date_Text: `Aug ${1 + (trial % 28)}, ${2025 + (trial % 12)}`,
    Exclusivity_Date: size === 605 && trial < 82 ? "NA" : `Nov ${1 + (trial % 28)}, 2026`,
    Open_on_Approval: size === 605 && trial < 70 ? "Not_Listed" : `${10 + trial}.989999771118164`,
  };
  const prompt = size === 50 ? `"${text.replaceAll("\n", "\\n")}"` : text;
  const task = size === 50 && group === "Patent_Expire_Date_Text" ? `${group}_prompt` : group;
  return [prompt, golds[group]!, task];
}

function encode(cell: string): string {
  return Buffer.from(Array.from(cell, (c) => String.fromCodePoint(c.codePointAt(0)! + 3)).join("")).toString("base64");
}

export function xbenchCsv(version: "2505" | "2510"): string {
  const first = version === "2505" ? 1 : 101;
  const lines = Array.from({ length: 100 }, (_, i) => {
    const id = first + i;
    const canary = `canary-${i + 1} é`;
    const cells = [`第${id}题：秘密的问题, “逗号”\n换行？`, `秘密答案${id}`, `秘密步骤${id}`].map((text) =>
      encrypt(text, canary),
    );
    return [id, ...cells, canary].join(",");
  });
  return `\ufeff${["id,prompt,answer,reference_steps,canary", ...lines].join("\r\n")}\r\n`;
}

function encrypt(text: string, canary: string): string {
  const key = Buffer.from(canary);
  return Buffer.from(Buffer.from(text).map((byte, i) => byte ^ key[i % key.length]!)).toString("base64");
}

export function gaiaRows() {
  return [1, 2, 3].map((n) => ({
    task_id: `t-${n}`,
    Question: `Secret question ${n}: which number follows ${n}?`,
    Level: String(n),
    "Final answer": String(n + 1),
    file_name: n === 2 ? "table.xlsx" : "",
  }));
}

export function questionRow(n: number): QuestionRow {
  const hop = {
    relation: "r",
    subject: "G:1",
    predicate: "biolink:treats",
    object: "G:2",
    document: "D:1",
    quote: "q",
  };
  return {
    id: `q-${n}`,
    question: `Which drug of company ${n} treats it?`,
    answer: `Answerol ${n}`,
    aliases: [`AN-${n}`],
    hops: 3,
    specialty: "cardiology",
    knowledge: "starter",
    proof: {
      revision: "1",
      seed: `G:${n % 2}`,
      chain: [hop],
      clues: [
        {
          kind: "relation",
          subject: "?0",
          predicate: "biolink:treats",
          object: "G:2",
          words: "treats it",
          blur: "none",
        },
      ],
      answer: `G:${n}`,
      withoutClue: [2],
      anchors: [],
    },
  };
}
