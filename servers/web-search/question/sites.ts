/** Which sites are wanted and which are not: as arguments, as `site:` in the query, and as every address is held against. */
import { invalidArguments } from "../../kit/failure.ts";

/** Each is a host, or a host and the beginning of a path: `who.int`, `nice.org.uk/guidance`, `gov`. */
export interface Sites {
  include: string[];
  exclude: string[];
}

/** @param sites as given: `who.int`, `-example.org`, `https://nice.org.uk/guidance/`, `*.gov` @throws ToolError */
export function readSites(query: string, sites: readonly string[] = []): Sites & { words: string } {
  const include = new Set<string>();
  const exclude = new Set<string>();
  const add = (text: string) => {
    const isExcluded = /^(?:-|not\s)/i.test(text.trim());
    (isExcluded ? exclude : include).add(plainSite(text));
  };
  for (const site of sites) add(site);
  const words = query.replace(/(^|[\s(])(-?)site:([^\s()]+)/gi, (_, before: string, sign: string, site: string) => {
    add(sign + site);
    return before;
  });
  return { words: tidy(words), include: [...include], exclude: [...exclude] };
}

/** @param address http or https; undefined where a hit has no such address, which is on no site */
export function isWanted(address: string | undefined, { include, exclude }: Sites): boolean {
  if (address === undefined) return false;
  const url = new URL(address);
  const lies = (site: string) => liesIn(url, site);
  return !exclude.some(lies) && (include.length === 0 || include.some(lies));
}

/** On the host, a host below it, and below the path where one is given. */
export function liesIn({ hostname, pathname }: URL, site: string): boolean {
  const [host, ...path] = site.split("/");
  const isHost = hostname === host || hostname.endsWith(`.${host}`);
  const beginning = path.length > 0 ? `/${path.join("/")}` : "";
  return isHost && `${pathname}/`.toLowerCase().startsWith(beginning && `${beginning}/`);
}

/** The query with the operators that most search engines know. */
export function withOperators(words: string, { include, exclude }: Sites): string {
  const wanted = include.map((site) => `site:${site}`).join(" OR ");
  const parts = [words, include.length > 1 ? `(${wanted})` : wanted, ...exclude.map((site) => `-site:${site}`)];
  return parts.filter(Boolean).join(" ");
}

function plainSite(text: string): string {
  const site = text
    .trim()
    .toLowerCase()
    .replace(/^(?:-|not\s+)/, "")
    .replace(/^site:/, "")
    .replace(/^https?:\/\//, "")
    .replace(/^(?:\*?\.|www\.)/, "")
    .replace(/[?#].*$/, "")
    .replace(/\/+$/, "");
  const [host = "", ...path] = site.split("/");
  // Some that look like a host are none: what ends in a number is an address of four, `a.5` is not.
  const isSite = /^[\p{L}\d](?:[\p{L}\d.-]*[\p{L}\d])?(?:\/[^\s"()]*)?$/u.test(site);
  if (!isSite || !URL.canParse(`http://${host}`)) {
    throw invalidArguments(
      `${JSON.stringify(text.slice(0, 60))} is no site`,
      "give hosts such as who.int, with a minus to leave one out",
    );
  }
  return [new URL(`http://${host}`).hostname, ...path].join("/");
}

/** What is left where operators stood. */
function tidy(words: string): string {
  return words
    .replace(/\((?:\s|OR|AND|NOT)*\)/g, " ")
    .replace(/^(?:\s|OR\b|AND\b)+|(?:\s|\bOR|\bAND)+$/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
