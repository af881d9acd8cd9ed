/** JSON-LD in the words of schema.org: articles, data sets, medical pages and drugs as documents. */
import type { Section } from "../../../../schemas/index.ts";
import type { Parsed } from "../index.ts";

type Thing = Readonly<Record<string, unknown>>;

const READABLE =
  /(?:Article|Posting|Report|Thesis|Book|Chapter|WebPage|Dataset|DataCatalog|Drug|MedicalCondition|MedicalStudy|MedicalTrial|MedicalGuideline|CreativeWork|FAQPage|Recipe|Product|Event|Review)$/;
/** Said elsewhere, or of the machinery. */
const TOLD = new Set(
  "@context @id @type name headline title abstract description articleBody text author creator datePublished publisher identifier isPartOf inLanguage image logo thumbnailUrl potentialAction breadcrumb mainEntityOfPage".split(
    " ",
  ),
);

/** @returns undefined where the value is no such thing */
export function describedThing(value: unknown): Parsed | undefined {
  const thing = thingsIn(value).find((one) => typesOf(one).some((type) => READABLE.test(type)));
  if (!thing) return undefined;
  const title = wordsOf(thing["headline"] ?? thing["name"] ?? thing["title"]);
  const body: Section[] = [
    { label: "Abstract", text: wordsOf(thing["abstract"]) },
    { label: "Description", text: wordsOf(thing["description"]) },
    { label: "", text: wordsOf(thing["articleBody"] ?? thing["text"]) },
    { label: "Facts", text: factsOf(thing) },
  ].filter(({ text }) => text);
  if (body.length === 0 || !title) return undefined;
  const published = /^\d{4}(?:-\d\d){0,2}/.exec(wordsOf(thing["datePublished"]))?.[0];
  const authors = listOf(thing["author"] ?? thing["creator"])
    .map(wordsOf)
    .filter(Boolean);
  const publisher = wordsOf(thing["publisher"]);
  const journal = wordsOf(thing["isPartOf"]);
  const doi = /\b10\.\d{4,}\/[^\s"<>]+/.exec(
    listOf(thing["identifier"]).concat(thing["@id"]).map(wordsOf).join(" "),
  )?.[0];
  return {
    title,
    sections: body,
    ...(published ? { published } : {}),
    ...(authors.length > 0 ? { authors } : {}),
    ...(publisher ? { publisher } : {}),
    ...(journal ? { journal } : {}),
    ...(doi ? { identifiers: { doi } } : {}),
  };
}

function thingsIn(value: unknown): Thing[] {
  const top = Array.isArray(value) ? value : [value];
  return top.flatMap((one) => {
    if (typeof one !== "object" || one === null) return [];
    const graph = (one as Thing)["@graph"];
    const context = JSON.stringify((one as Thing)["@context"] ?? "");
    if (!context.includes("schema.org")) return [];
    return (Array.isArray(graph) ? graph : [one]).filter(
      (item): item is Thing => typeof item === "object" && item !== null,
    );
  });
}

function typesOf(thing: Thing): string[] {
  return listOf(thing["@type"]).map(String);
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** A text, or the name of a thing. */
function wordsOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join(", ");
  if (typeof value !== "object" || value === null) return "";
  const { name, value: inner, ["@value"]: literal, headline, text, ["@id"]: id } = value as Thing;
  return wordsOf(name ?? headline ?? text ?? literal ?? inner ?? id);
}

function factsOf(thing: Thing): string {
  return Object.entries(thing)
    .filter(([key]) => !TOLD.has(key))
    .map(([key, value]) => [key, wordsOf(value)] as const)
    .filter(([, words]) => words)
    .map(([key, words]) => `${key}: ${words}`)
    .join("\n");
}
