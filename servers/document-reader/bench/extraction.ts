/** Main text of the project's own pages: token F1 of the reader and of Readability alone, in one run. */
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { documentText } from "../../../schemas/index.ts";
import { mulberry32 } from "../../kit/mulberry.ts";
import { TEXT, type DomNode } from "../formats/dom.ts";
import { parseHtml } from "../formats/html.ts";
import { goldPages, type GoldPage } from "./pages/index.ts";
import { tokenF1 } from "./pages/score.ts";

const TARGET = 0.92;
const SEEDS = [1, 2, 3];
const DRAWS = 2_000;

interface Row {
  page: GoldPage;
  ours: number;
  readability: number;
}

/** Prints a line a form, then means with 95 % intervals over forms. @returns the reader's mean */
export function benchExtraction(seeds: readonly number[] = SEEDS): number {
  const rows = seeds.flatMap((seed) => goldPages(seed)).map(scored);
  for (const [form, of] of Map.groupBy(rows, ({ page }) => page.form)) {
    console.log(
      `  ${form.padEnd(14)} ${of[0]!.page.tuned ? "tuned   " : "held out"}  ours ${mean(of, "ours").toFixed(3)}  Readability ${mean(of, "readability").toFixed(3)}`,
    );
  }
  for (const [name, of] of [
    ["all", rows],
    ["tuned forms", rows.filter(({ page }) => page.tuned)],
    ["held-out forms", rows.filter(({ page }) => !page.tuned)],
  ] as const) {
    console.log(
      `${name}: n = ${of.length} pages, token F1 ours ${shown(of, "ours")}, Readability alone ${shown(of, "readability")} (target ≥ ${TARGET})`,
    );
  }
  const bare = seeds
    .flatMap((seed) => goldPages(seed))
    .map((page) => scored({ ...page, html: withoutNames(page.html) }));
  console.log(
    `the same pages without class, id, role and sectioning tags: ours ${shown(bare, "ours")}, Readability alone ${shown(bare, "readability")}`,
  );
  return mean(rows, "ours");
}

/** As sites are whose names are made by a build: nothing tells by its name what it is. */
function withoutNames(html: string): string {
  return html
    .replace(/ (?:class|id|role|aria-[a-z]+)="[^"]*"/g, "")
    .replace(/<(\/?)(?:nav|footer|aside|header|main|article|section)\b/g, "<$1div");
}

function scored(page: GoldPage): Row {
  const { title = "", sections } = parseHtml(page.html);
  return {
    page,
    ours: tokenF1(documentText({ title, sections }), page.gold).f1,
    readability: tokenF1(readabilityAlone(page.html), page.gold).f1,
  };
}

/** Its title and text; blocks are parted by blanks, which its own `textContent` does not do. */
function readabilityAlone(html: string): string {
  const { document } = parseHTML(html);
  const article = new Readability<DomNode>(document, { serializer: (node) => node as DomNode }).parse();
  if (!article) return "";
  const parts = [article.title ?? ""];
  const walk = (node: DomNode | null | undefined) => {
    for (let child = node?.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === TEXT) parts.push(child.textContent ?? "");
      else walk(child);
    }
  };
  walk(article.content);
  return parts.join(" ");
}

type Reader = "ours" | "readability";

function mean(rows: readonly Row[], reader: Reader): number {
  return rows.reduce((sum, row) => sum + row[reader], 0) / rows.length;
}

/** Pages of one form are alike: forms are drawn, not pages. */
function shown(rows: readonly Row[], reader: Reader): string {
  const forms = [...Map.groupBy(rows, ({ page }) => page.form).values()].map((of) => mean(of, reader));
  const random = mulberry32(7);
  const means = Array.from(
    { length: DRAWS },
    () => forms.reduce((sum) => sum + forms[Math.floor(random() * forms.length)]!, 0) / forms.length,
  ).toSorted((a, b) => a - b);
  return `${mean(rows, reader).toFixed(3)} [${means[Math.floor(0.025 * DRAWS)]!.toFixed(3)}, ${means[Math.floor(0.975 * DRAWS)]!.toFixed(3)}]`;
}

if (import.meta.main) benchExtraction();
