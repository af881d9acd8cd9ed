/** Notes and comments that people left on cells. */
import type { OfficePackage } from "../package.ts";

/** Lines of `B2: text`; empty where there are none. */
export async function cellNotes(parts: OfficePackage, sheet: string): Promise<string> {
  const relations = await parts.relations(sheet).catch(() => []);
  const lines: string[] = [];
  for (const { type, target, isExternal } of relations) {
    if (type !== "comments" || isExternal || !parts.has(target)) continue;
    let text = "";
    let place = "";
    let inText = false;
    await parts
      .read(target, {
        open(name, attributes) {
          if (name === "comment") {
            place = attributes["ref"] ?? "";
            text = "";
          } else inText = name === "t";
        },
        close(name) {
          if (name === "t") inText = false;
          else if (name === "comment" && text.trim()) lines.push(`${place}: ${text.replace(/\s+/g, " ").trim()}`);
        },
        text(value) {
          if (inText) text += value;
        },
      })
      .catch(() => {});
  }
  return lines.join("\n");
}
