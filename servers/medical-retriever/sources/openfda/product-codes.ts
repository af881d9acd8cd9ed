/** The label of a product or package code (NDC), in any of its spellings. */
import type { Document } from "../../../../schemas/index.ts";
import { text, texts } from "../../../knowledge/sources/json/loose.ts";
import type { SourceCall } from "../source.ts";
import { askOpenfda } from "./ask.ts";
import { labelOf } from "./labels.ts";
import { anyOf } from "./lucene.ts";

/** By the directory of codes, which leads to the set id. @throws ToolError */
export async function labelOfProduct(ndc: string, call: () => SourceCall): Promise<Document | undefined> {
  const search = anyOf(["product_ndc", "packaging.package_ndc"], spellings(ndc));
  const { results } = await askOpenfda("ndc", { search, limit: 5 }, call());
  const setid = results.flatMap((record) => texts(record, "openfda", "spl_set_id"))[0];
  if (setid) return labelOf("set_id", setid, call);
  const version = results.map((record) => text(record, "spl_id")).find(Boolean);
  return version ? labelOf("id", version, call) : undefined;
}

/**
 * Eleven digits, as RxNorm and bills have them, are 5-4-2 with a zero put before one part; the directory has the code
 * without it.
 */
export function spellings(ndc: string): string[] {
  const [, labeler, product, pack] = /^(\d{5})-?(\d{4})-?(\d{2})$/.exec(ndc.trim()) ?? [];
  if (!labeler || !product || !pack) return [ndc.trim()];
  return [
    ...short(labeler).map((part) => `${part}-${product}-${pack}`),
    ...short(product).map((part) => `${labeler}-${part}-${pack}`),
    ...short(pack).map((part) => `${labeler}-${product}-${part}`),
    `${labeler}-${product}-${pack}`,
  ];
}

function short(part: string): string[] {
  return part.startsWith("0") ? [part.slice(1)] : [];
}
