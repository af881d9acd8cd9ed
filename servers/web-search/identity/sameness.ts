/** When two addresses are of one page: scheme, `www.`, mobile and AMP pages, a final slash and the order of parameters do not count. */

const MOBILE = /^(?:m|mobile|touch|amp|wap)\./;

/** What pages have in common that are one. */
export function sameness(url: URL): string {
  const parameters = new URLSearchParams([...url.searchParams].filter(([name, value]) => !isAmpParameter(name, value)));
  parameters.sort();
  const query = parameters.size > 0 ? `?${parameters.toString()}` : "";
  return `${plainHost(url)}${plainPath(url)}${query}`;
}

/** How much is in the way between this address and the page as its publisher would name it: 0 is best. */
export function detours(url: URL): number {
  const host = url.hostname.replace(/^www\./, "");
  const isMobile = MOBILE.test(host) || /\.m\.[a-z]+\.org$/.test(host);
  const isAmp = [...url.searchParams].some(([name, value]) => isAmpParameter(name, value));
  const isLong = plainPath(url) !== trimmed(url.pathname);
  return Number(url.protocol === "http:") + Number(isMobile) + Number(isAmp) + Number(isLong);
}

function plainHost({ host }: URL): string {
  const bare = host.replace(/^www\./, "");
  const fixed = bare.replace(/\.m\.((?:wikipedia|wiktionary|wikidata|wikimedia)\.org)$/, ".$1").replace(/^www\./, "");
  return fixed.split(".").length > 2 ? fixed.replace(MOBILE, "") : fixed;
}

function plainPath({ pathname }: URL): string {
  return trimmed(pathname)
    .replace(/\/(?:index|default)\.(?:html?|php|aspx?)$/i, "")
    .replace(/\/amp$/i, "")
    .replace(/\.amp(\.html)?$/i, "$1")
    .replace(/^\/amp(?=\/)/i, "");
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, "");
}

function isAmpParameter(name: string, value: string): boolean {
  return name === "amp" || (name === "outputType" && value === "amp");
}
