/** What the front of a JATS article says of it: dates, people, identifiers, kind, licence. */
import { all, at, children, textOf, type XmlElement } from "../xml.ts";

/** Years of a release into an archive, or of a change, are not the year of publication. */
const OTHER_DATES = /^(?:pmc|nihms|retract|correct|ecorrected|received|accepted|rev-|update)/i;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The earliest full date; where none is full, the earliest month, else the earliest year. ISO 8601. */
export function publishedOf(meta: XmlElement | undefined): string | undefined {
  const dates = children(meta, "pub-date")
    .filter(({ attributes }) => !OTHER_DATES.test(attributes["pub-type"] ?? attributes["date-type"] ?? ""))
    .flatMap((date) => isoDateOf(date) ?? []);
  const fullest = Math.max(...dates.map((date) => date.length));
  return dates.filter((date) => date.length === fullest).toSorted()[0];
}

/** The last change in PMC. */
export function revisedOf(meta: XmlElement | undefined): string | undefined {
  const change = all(meta, "pub-history", "event").find(
    ({ attributes }) => attributes["event-type"] === "pmc-last-change",
  );
  const date = at(change, "date");
  return date && isoDateOf(date);
}

function isoDateOf(date: XmlElement): string | undefined {
  const said = /^\d{4}(?:-\d{2}){0,2}/.exec(date.attributes["iso-8601-date"] ?? "")?.[0];
  const year = textOf(at(date, "year"));
  if (!/^\d{4}$/.test(year)) return said;
  const name = textOf(at(date, "month"));
  const month = /^\d{1,2}$/.test(name) ? Number(name) : MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  if (month < 1 || month > 12) return said ?? year;
  const day = textOf(at(date, "day"));
  const upToMonth = `${year}-${String(month).padStart(2, "0")}`;
  return /^(?:0?[1-9]|[12]\d|3[01])$/.test(day) ? `${upToMonth}-${day.padStart(2, "0")}` : upToMonth;
}

/** `Lee MS` as PubMed has it, and groups by their name. */
export function authorsOf(meta: XmlElement | undefined): string[] {
  const groups = children(meta, "contrib-group");
  return groups
    .flatMap((group) => children(group, "contrib"))
    .filter(({ attributes }) => (attributes["contrib-type"] ?? "author") === "author")
    .flatMap((contributor) => nameOf(contributor) || []);
}

function nameOf(contributor: XmlElement): string {
  const alternatives = at(contributor, "name-alternatives") ?? contributor;
  const name = at(alternatives, "name") ?? at(alternatives, "string-name");
  if (!name) return groupName(at(contributor, "collab") ?? at(alternatives, "collab"));
  const surname = textOf(at(name, "surname"));
  const given = at(name, "given-names");
  const initials = given?.attributes["initials"] ?? initialsOf(textOf(given));
  return surname ? [surname, initials].filter(Boolean).join(" ") : textOf(name);
}

/** Its members are not its name. */
function groupName(collab: XmlElement | undefined): string {
  if (!collab) return "";
  const own = collab.children.filter(
    (child) => typeof child === "string" || !/^(?:contrib-group|xref|aff)$/.test(child.name),
  );
  return textOf({ ...collab, children: own });
}

function initialsOf(given: string): string {
  return given
    .split(/[\s.-]+/)
    .map((part) => (/^\p{Lu}{2,3}$/u.test(part) ? part : (/\p{L}/u.exec(part)?.[0] ?? "")))
    .join("")
    .toUpperCase();
}

/** Of the article itself: `{pmcid, pmid, doi, nct}`, as far as they are what they should be. */
export function identifiersOf(meta: XmlElement | undefined): Record<string, string> {
  const found: Record<string, string> = {};
  for (const id of children(meta, "article-id")) {
    const kind = id.attributes["pub-id-type"] ?? "";
    const value = textOf(id);
    if ((kind === "pmcid" || kind === "pmc") && /^(?:PMC)?\d+$/i.test(value))
      found["pmcid"] ??= `PMC${value.replace(/^PMC/i, "")}`;
    else if (kind === "pmid" && /^\d+$/.test(value)) found["pmid"] ??= value;
    else if (kind === "doi" && /^10\.\S+$/.test(value)) found["doi"] ??= value;
  }
  const [trial] = registeredTrials(meta);
  if (trial) found["nct"] = trial;
  return found;
}

/** Trials that the front names as the registration of this study. */
function registeredTrials(meta: XmlElement | undefined): string[] {
  return children(meta, "related-object")
    .map(({ attributes }) => attributes["document-id"] ?? attributes["object-id"] ?? "")
    .filter((id) => /^NCT\d{8}$/.test(id));
}

/** Trials of ClinicalTrials.gov that the front and the abstract name. */
export function trialsOf(meta: XmlElement | undefined): string[] {
  const told = [...children(meta, "abstract"), ...children(meta, "funding-group")].map(textOf).join(" ");
  const named = told.match(/\bNCT\d{8}\b/g) ?? [];
  return [...new Set([...registeredTrials(meta), ...named])].map((trial) => `NCT:${trial}`);
}

/** In PubMed's words. */
const TYPES: Record<string, string> = {
  "research-article": "Journal Article",
  "brief-report": "Journal Article",
  "rapid-communication": "Journal Article",
  "case-report": "Case Reports",
  "review-article": "Review",
  "systematic-review": "Systematic Review",
  "meta-analysis": "Meta-Analysis",
  guideline: "Guideline",
  "practice-guideline": "Practice Guideline",
  "clinical-trial": "Clinical Trial",
  "randomized-controlled-trial": "Randomized Controlled Trial",
  "observational-study": "Observational Study",
  editorial: "Editorial",
  letter: "Letter",
  reply: "Letter",
  "article-commentary": "Comment",
  news: "News",
  preprint: "Preprint",
  correction: "Published Erratum",
  retraction: "Retraction of Publication",
  "partial-retraction": "Retraction of Publication",
  "expression-of-concern": "Expression of Concern",
};

/** Headings under which journals print an article that are its kind, and nothing else. */
const HEADINGS: readonly [RegExp, readonly string[]][] = [
  [/^systematic reviews? (?:and|&) meta-?analys[ie]s$/, ["Systematic Review", "Meta-Analysis"]],
  [/^systematic reviews?$/, ["Systematic Review"]],
  [/^meta-?analys[ie]s$/, ["Meta-Analysis"]],
  [/^(?:clinical )?practice guidelines?$/, ["Practice Guideline"]],
  [/^guidelines?$/, ["Guideline"]],
  [/^randomi[sz]ed (?:controlled|clinical) trials?$/, ["Randomized Controlled Trial"]],
  [/^clinical trials?$/, ["Clinical Trial"]],
  [/^case (?:reports?|series)$/, ["Case Reports"]],
  [/^reviews?(?: articles?)?$/, ["Review"]],
];

/** By the article's declared type, and the heading it is printed under where that is a kind of publication. */
export function publicationTypesOf(article: XmlElement, meta: XmlElement | undefined): string[] {
  const declared = TYPES[article.attributes["article-type"] ?? ""];
  const groups = all(meta, "article-categories", "subj-group").filter(
    ({ attributes }) => (attributes["subj-group-type"] ?? "heading") === "heading",
  );
  const headings = groups
    .flatMap((group) => children(group, "subject"))
    .map((subject) => textOf(subject).toLowerCase());
  const printed = headings.flatMap((heading) => HEADINGS.find(([pattern]) => pattern.test(heading))?.[1] ?? []);
  return [...new Set([...(declared ? [declared] : []), ...printed])];
}

/** `CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)`, or what the licence says, or who holds the copyright. */
export function licenceOf(meta: XmlElement | undefined): string | undefined {
  const permissions = at(meta, "permissions");
  const licences = children(permissions, "license");
  const addresses = [
    ...licences.flatMap((licence) => [textOf(at(licence, "ali:license_ref")), licence.attributes["xlink:href"] ?? ""]),
    textOf(at(permissions, "ali:license_ref")),
    ...licences.flatMap((licence) =>
      all(licence, "license-p", "ext-link").map((link) => link.attributes["xlink:href"] ?? ""),
    ),
  ];
  const common = addresses.find((address) => /creativecommons\.org\//.test(address));
  const said = licences.map((licence) => all(licence, "license-p").map(textOf).join(" ")).find(Boolean);
  return (
    (common && `${commonsName(common)} (${common})`) ||
    said ||
    addresses.find(Boolean) ||
    textOf(at(permissions, "copyright-statement")) ||
    undefined
  );
}

function commonsName(address: string): string {
  const [, kind, version] = /(?:licenses|publicdomain)\/([a-z-]+)\/?([\d.]*)/.exec(address) ?? [];
  if (!kind) return "Creative Commons";
  const name = kind === "zero" ? "CC0" : kind === "mark" ? "Public Domain Mark" : `CC ${kind.toUpperCase()}`;
  return [name, version].filter(Boolean).join(" ");
}
