/** Plain text and Markdown as titles and sections. */
import type { Section } from "../../../schemas/index.ts";
import type { Parsed } from "./index.ts";

const MAX_HEADING = 500;

export function parsePlain(text: string): Parsed {
  return { sections: sectionsOf([{ label: "", lines: [tidy(text)] }]) };
}

/** Headings open sections; those in fenced code do not. A level-one heading at the start is the title. */
export function parseMarkdown(text: string): Parsed {
  const parts: { label: string; lines: string[] }[] = [{ label: "", lines: [] }];
  let title: string | undefined;
  let fence: string | undefined;
  for (const line of tidy(text).split("\n")) {
    const mark = /^\s{0,3}(```|~~~)/.exec(line)?.[1];
    if (mark) fence = fence === mark ? undefined : (fence ?? mark);
    const level = (!fence && line.length < MAX_HEADING && /^#{1,6}(?=\s)/.exec(line)?.[0]) || "";
    const heading = line.slice(level.length).trim().replace(/\s#+$/, "").trim();
    const atStart = parts.length === 1 && parts[0]!.lines.every((l) => !l.trim());
    if (level === "#" && title === undefined && atStart && heading) title = heading;
    else if (level && heading) parts.push({ label: heading, lines: [] });
    else parts.at(-1)!.lines.push(line);
  }
  return { ...(title ? { title } : {}), sections: sectionsOf(parts) };
}

function sectionsOf(parts: { label: string; lines: string[] }[]): Section[] {
  return parts
    .map(({ label, lines }) => ({ label, text: lines.join("\n").trim() }))
    .filter(({ label, text }) => label || text);
}

/** One kind of line end, no control characters. */
export function tidy(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is removed
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, " ");
}
