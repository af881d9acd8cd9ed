/** PowerPoint files: slides in their order with titles, texts, tables, figures of charts, and speaker's notes. */
import type { Section } from "../../../../schemas/index.ts";
import { damaged } from "../failures.ts";
import type { Parsed } from "../index.ts";
import { readXml, type XmlEvents } from "../xml/reader.ts";
import { chartLines } from "./chart.ts";
import { withLinearFormulas } from "./formulas.ts";
import type { OfficePackage } from "./package.ts";
import { leftOut, propertiesOf } from "./properties.ts";
import { rowLine } from "./rows.ts";

const MAX_SLIDES = 1000;
const MAIN = "ppt/presentation.xml";

interface Slide {
  title: string;
  lines: string[];
  isHidden: boolean;
}

export async function parsePptx(parts: OfficePackage): Promise<Parsed> {
  const main = (await parts.mainPart()) ?? MAIN;
  const paths = await slidePaths(parts, main);
  const sections: Section[] = [];
  for (const [i, path] of paths.slice(0, MAX_SLIDES).entries()) sections.push(await slideSection(parts, path, i + 1));
  const properties = await propertiesOf(parts);
  const first = /^Slide 1: (.*)$/.exec(sections[0]?.label ?? "")?.[1];
  const incomplete = [
    await leftOut(parts, main),
    paths.length > MAX_SLIDES ? `only the first ${MAX_SLIDES} of ${paths.length} slides were read` : "",
  ].filter(Boolean);
  return {
    ...(first ? { title: first } : {}),
    ...properties,
    sections,
    ...(incomplete.length > 0 ? { incomplete: incomplete.join("; ") } : {}),
  };
}

/** In the order in which they are shown, which is not that of their file names. */
async function slidePaths(parts: OfficePackage, main: string): Promise<string[]> {
  const ids: string[] = [];
  await parts.read(main, {
    open(name, attributes) {
      if (name === "sldId") ids.push(Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "");
    },
  });
  const targets = new Map((await parts.relations(main)).map(({ id, target }) => [id, target]));
  return ids.map((id) => targets.get(id)).filter((path): path is string => path !== undefined && parts.has(path));
}

async function slideSection(parts: OfficePackage, path: string, number: number): Promise<Section> {
  const slide = await readSlide(parts, path);
  const relations = await parts.relations(path);
  for (const { type, target, isExternal } of relations) {
    if (type === "chart" && !isExternal) slide.lines.push(...(await chartLines(parts, target)));
    if (type === "diagramData" && !isExternal) slide.lines.push(...(await diagramLines(parts, target)));
  }
  const notes = relations.find(({ type, isExternal }) => type === "notesSlide" && !isExternal)?.target;
  const said = notes && parts.has(notes) ? (await readSlide(parts, notes, true)).lines : [];
  const hidden = slide.isHidden ? " (hidden)" : "";
  return {
    label: slide.title ? `Slide ${number}: ${slide.title}${hidden}` : `Slide ${number}${hidden}`,
    text: [slide.lines.join("\n"), said.length > 0 ? `Notes:\n${said.join("\n")}` : ""].filter(Boolean).join("\n\n"),
    page: number,
  };
}

/** The words of a diagram (SmartArt), a line for each of its shapes. */
async function diagramLines(parts: OfficePackage, path: string): Promise<string[]> {
  const diagram: Slide = { title: "", lines: [], isHidden: false };
  await parts.read(path, slideEvents(diagram, false)).catch(() => {});
  return diagram.lines;
}

async function readSlide(parts: OfficePackage, path: string, isNotes = false): Promise<Slide> {
  const slide: Slide = { title: "", lines: [], isHidden: false };
  const xml = (await parts.textOf(path)) ?? "";
  const problem = readXml(withLinearFormulas(xml, inParagraph), slideEvents(slide, isNotes), false);
  if (problem) throw damaged("document", new Error(`${path}: ${problem}`));
  return slide;
}

function inParagraph(words: string): string {
  return `<a:t>${words}</a:t>`;
}

/** @param isNotes only what the speaker wrote: not the slide's number, date and picture beside it */
function slideEvents(slide: Slide, isNotes: boolean): XmlEvents {
  let kind = "";
  let line = "";
  let indent = "";
  let inText = false;
  let row: string[] | undefined;
  let cell: string[] | undefined;
  const endParagraph = () => {
    const words = line.replace(/[^\S\n]+/g, " ").trim();
    line = "";
    if (!words) return;
    if (cell) cell.push(words);
    else if (/^(?:title|ctrTitle)$/.test(kind) && !isNotes)
      slide.title = [slide.title, words].filter(Boolean).join(" ").replaceAll("\n", " ");
    else if (!/^(?:sldNum|dt|ftr|hdr)$/.test(kind) && (!isNotes || kind === "body")) slide.lines.push(indent + words);
  };
  return {
    open(name, attributes) {
      if (name === "sld") slide.isHidden = attributes["show"] === "0";
      else if (name === "sp" || name === "graphicFrame") kind = "";
      else if (name === "ph") kind = attributes["type"] ?? "body";
      else if (name === "pPr") indent = "  ".repeat(Math.min(8, Number(attributes["lvl"] ?? 0) || 0));
      else if (name === "p") indent = "";
      else if (name === "t") inText = true;
      else if (name === "br") line += "\n";
      else if (name === "tr") row = [];
      else if (name === "tc") cell = [];
    },
    close(name) {
      if (name === "t") inText = false;
      else if (name === "p") endParagraph();
      else if (name === "tc") {
        row?.push((cell ?? []).join(" "));
        cell = undefined;
      } else if (name === "tr") {
        const words = rowLine(row ?? []);
        if (words) slide.lines.push(words);
        row = undefined;
      }
    },
    text(value) {
      if (inText) line += value;
    },
  };
}
