/** The address that a wrapped one leads to: search engines' redirects, AMP caches. */

/** Undefined where it is no web address. */
export function unwrapped(address: string): URL | undefined {
  let url = URL.canParse(address) ? new URL(address) : undefined;
  // Wrapped twice is seen in the field, more is not.
  for (let depth = 0; url && depth < 3; depth++) {
    const inner = innerAddress(url);
    if (!inner || !URL.canParse(inner)) break;
    url = new URL(inner);
  }
  return url && (url.protocol === "http:" || url.protocol === "https:") ? url : undefined;
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
