/** The address that a wrapped one leads to: search engines' redirects, AMP caches. */

/** Longer ones are no pages that anyone would open. */
const MAX_LENGTH = 2_000;

/** Undefined where it is no web address, or one that passes for another: `https://www.who.int@example.org/`. */
export function unwrapped(address: string): URL | undefined {
  if (address.length > MAX_LENGTH) return undefined;
  let url = URL.canParse(address) ? new URL(address) : undefined;
  // Wrapped twice is seen in the field, more is not.
  for (let depth = 0; url && depth < 3; depth++) {
    const inner = innerAddress(url);
    if (!inner || !URL.canParse(inner)) break;
    url = new URL(inner);
  }
  if (!url || url.username || url.password) return undefined;
  return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
}

function innerAddress({ hostname, pathname, searchParams }: URL): string | undefined {
  const host = hostname.replace(/^(?:www|m)\./, "");
  const amp = /^\/(?:amp|c|v|i)\/(s\/)?([^/]+\.[^/]+\/?.*)$/.exec(pathname);
  const isAmpCache = hostname.endsWith(".cdn.ampproject.org") || (isGoogle(host) && pathname.startsWith("/amp/"));
  if (isAmpCache && amp) return `http${amp[1] ? "s" : ""}://${amp[2]}`;
  if (isGoogle(host) && pathname === "/url") return searchParams.get("q") ?? searchParams.get("url") ?? undefined;
  if (host === "duckduckgo.com" && pathname === "/l/") return searchParams.get("uddg") ?? undefined;
  if (/^(?:l|lm)\.facebook\.com$/.test(hostname)) return searchParams.get("u") ?? undefined;
  return undefined;
}

function isGoogle(host: string): boolean {
  return /^google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/.test(host);
}
