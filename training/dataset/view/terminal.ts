/** A row for the terminal: what is learned in green, what is masked in yellow, all else dim. Marks at the line's beginning say the same without colours. */
import pc from "picocolors";
import type { SftRow } from "../../../schemas/index.ts";
import { headline, measure, piecesOf } from "./pieces.ts";
import type { Fate } from "./pieces.ts";

type Colours = ReturnType<typeof pc.createColors>;

const MARK: Record<Fate, string> = { learned: "+", masked: "-", context: " " };

export function rowText(row: SftRow, number: number, { colours }: { colours: boolean }): string {
  const c = pc.createColors(colours);
  const pieces = piecesOf(row);
  const lines = pieces.flatMap(({ role, fate, text, calls }) => [
    "",
    `${MARK[fate]} ${c.bold(role)}${fate === "masked" ? " (no loss)" : ""}`,
    ...[
      ...text.split("\n").filter((line) => line !== ""),
      ...calls.map((call) => `→ ${call.name} ${call.arguments}`),
    ].map((line) => `${MARK[fate]} ${painted(plain(line), fate, c)}`),
  ]);
  const { learned, masked, context } = measure(pieces);
  return [
    c.bold(`row ${number}: ${plain(headline(row))}`),
    `characters: ${c.green(`${learned} learned (+)`)}, ${c.yellow(`${masked} masked (-)`)}, ${c.dim(`${context} context`)}`,
    ...lines,
  ].join("\n");
}

function painted(text: string, fate: Fate, c: Colours): string {
  if (fate === "learned") return c.green(text);
  return fate === "masked" ? c.yellow(text) : c.dim(text);
}

/** What a document says must not steer the terminal. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, "\u{FFFD}");
}
