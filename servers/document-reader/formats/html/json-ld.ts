/** What a page says of its article in JSON-LD (schema.org): some pages draw their text by script from elsewhere and say it only here. */
import type { DomDocument } from "../dom.ts";
import { collapse } from "../html-text.ts";

export interface LinkedArticle {
  title?: string;
  body?: string;
  published?: string;
  authors?: string[];
  publisher?: string;
}

const ARTICLE = /(?:Article|BlogPosting|WebPage|Report|NewsPosting|MedicalCondition|Drug|QAPage|FAQPage|Question)$/;
const MAX_NODES = 2_000;
const MAX_SCRIPT = 2_000_000;

/** The article with the longest body; undefined where the page describes none. Broken JSON is left aside. */
export function linkedArticle(document: DomDocument): LinkedArticle | undefined {
  const found = document
    .querySelectorAll('script[type="application/ld+json"]')
    .flatMap((script) => nodesIn(script.textContent ?? ""))
    .filter((node) => typesOf(node).some((type) => ARTICLE.test(type)))
    .map(articleOf);
  return found.reduce<LinkedArticle | undefined>(
    (a, b) => ((b.body?.length ?? 0) > (a?.body?.length ?? -1) ? b : a),
    undefined,
  );
}

type Node = Record<string, unknown>;

function nodesIn(json: string): Node[] {
  if (json.length > MAX_SCRIPT) return [];
  const nodes: Node[] = [];
  const waiting: unknown[] = [];
  try {
    waiting.push(JSON.parse(json.trim()));
  } catch {
    return [];
  }
  for (let n = 0; waiting.length > 0 && n < MAX_NODES; n++) {
    const value = waiting.pop();
    if (Array.isArray(value)) waiting.push(...(value as unknown[]).slice(0, MAX_NODES));
    else if (typeof value === "object" && value !== null) {
      nodes.push(value as Node);
      const { "@graph": graph, mainEntity, mainEntityOfPage } = value as Node;
      waiting.push(graph, mainEntity, mainEntityOfPage);
    }
  }
  return nodes;
}

function articleOf(node: Node): LinkedArticle {
  const title = textOf(node["headline"]) || textOf(node["name"]);
  const body = textOf(node["articleBody"]) || textOf(node["text"]) || contentOf(node) || answersOf(node);
  const published = textOf(node["datePublished"]);
  const authors = listOf(node["author"]).flatMap(
    (author) => textOf(author) || textOf((author as Node | null)?.["name"]) || [],
  );
  const publisher = textOf((node["publisher"] as Node | undefined)?.["name"]);
  return {
    ...(title ? { title } : {}),
    ...(body ? { body } : {}),
    ...(published ? { published } : {}),
    ...(authors.length > 0 ? { authors } : {}),
    ...(publisher ? { publisher } : {}),
  };
}

/** The parts that a page calls its main content. */
function contentOf(node: Node): string {
  return listOf(node["mainContentOfPage"])
    .map((part) => textOf((part as Node | null)?.["text"]))
    .filter(Boolean)
    .join("\n\n");
}

/** Questions with their answers, each on lines of its own. */
function answersOf(node: Node): string {
  const questions = typesOf(node).some((type) => /^(?:FAQ|QA)Page$/.test(type)) ? listOf(node["mainEntity"]) : [];
  return questions
    .map((question) => {
      const { name, text, acceptedAnswer, suggestedAnswer } = (question ?? {}) as Node;
      const answers = [...listOf(acceptedAnswer), ...listOf(suggestedAnswer)];
      return [textOf(name), textOf(text), ...answers.map((answer) => textOf((answer as Node | null)?.["text"]))]
        .filter(Boolean)
        .join("\n");
    })
    .filter(Boolean)
    .join("\n\n");
}

/** Words without tags: some publishers put markup in. */
function textOf(value: unknown): string {
  if (typeof value !== "string") return "";
  const plain = /<\/?[a-z][^>]*>/i.test(value)
    ? value.replace(/<(?:br|\/p|\/div|\/li|\/h\d)[^>]*>/gi, "\n").replace(/<[^>]*>/g, "")
    : value;
  return collapse(plain.replace(/\r\n?/g, "\n"));
}

function typesOf(node: Node): string[] {
  return listOf(node["@type"]).filter((type) => typeof type === "string");
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
}
