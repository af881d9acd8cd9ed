/**
 * What may be fetched from the open web: http and https, usual ports, public addresses. A page, a model or a redirect
 * must not be able to make a server on this machine or network answer (server-side request forgery).
 *
 * Two checks, both needed: `checkUrl` judges the address as written (each redirect again), and `checkedLookup` judges
 * what the name resolves to at the very moment of connecting, so that a name cannot change its address in between.
 */
import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { Dispatcher } from "undici";
import { refuseUnreadable } from "./content-types.ts";
import { ToolError } from "./failure.ts";
import { guardedAgent } from "./http/guarded-agent.ts";

const LOCAL_DOMAINS =
  /\.(?:localhost|localdomain|local|internal|intranet|private|home\.arpa|lan|corp|home|svc|docker|consul|onion)$/;
const MAX_LENGTH = 8000;
const USUAL_PORTS = new Set(["", "80", "443", "8080", "8443"]);

/** Not globally reachable, by the IANA special-purpose registry; and one public address that only cloud machines answer to. */
const CLOSED_IPV4 = blockList("ipv4", [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32", // Azure's platform endpoint
  "169.254.0.0/16", // link-local, and the metadata service of most clouds
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]);
/** IPv6 is judged the other way round: only global unicast is open, less what is carved out of it. */
const GLOBAL_IPV6 = blockList("ipv6", ["2000::/3"]);
const CLOSED_IPV6 = blockList("ipv6", ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

/** True where an IP address (dotted or IPv6 text) is reachable from anywhere. Anything that is no IP address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !CLOSED_IPV4.check(address, "ipv4");
  if (family !== 6 || address.includes("%")) return false;
  const embedded = embeddedIPv4(address);
  if (embedded) return !CLOSED_IPV4.check(embedded, "ipv4");
  return GLOBAL_IPV6.check(address, "ipv6") && !CLOSED_IPV6.check(address, "ipv6");
}

/**
 * What the outgoing client needs to reach the open web and nothing else: spread it into the request's options.
 * `check` refuses early and clearly; `dispatcher` makes sure at the socket; `checkHead` sees the type before the body.
 * @param lookup how names are resolved: `guarded`, in any case
 */
export async function publicWebOnly(lookup: LookupFunction = checkedLookup): Promise<PublicWebOnly> {
  const dispatcher = await (lookup === checkedLookup ? (agent ??= guardedAgent(lookup)) : guardedAgent(lookup));
  return { check: (url) => checkResolved(url, lookup), checkHead: refuseUnreadable, dispatcher };
}

interface PublicWebOnly {
  check: (url: URL) => Promise<void>;
  checkHead: (head: { url: URL; status: number; headers: Headers }) => void;
  dispatcher: Dispatcher;
}

/** One pool of guarded connections for the process; undici is loaded with the first of them. */
let agent: Promise<Dispatcher> | undefined;

/** @throws ToolError `refused`. A name that does not resolve passes: the connection will say so better. */
async function checkResolved(address: URL, lookup: LookupFunction): Promise<void> {
  const host = bareHost(checkUrl(address));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  lookup(host, { all: true }, (error) => (error instanceof ToolError ? reject(error) : resolve()));
  return promise;
}

/** Parameters that say from where a visitor came, and nothing of the page. */
const COUNTING =
  /^(?:utm_\w+|[gdy]clid|gclsrc|[gw]braid|fbclid|msclkid|twclid|ttclid|igshid|li_fat_id|srsltid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|_g[al]|cmpid|icid|ref_src)$/i;

/** A page's one address: no fragment, no parameters that only count visitors. `URL:` and this is its document id. */
export function canonicalUrl(address: string | URL): string {
  const url = new URL(address);
  url.hash = "";
  for (const name of new Set(url.searchParams.keys())) {
    if (COUNTING.test(name)) url.searchParams.delete(name);
  }
  return url.href;
}

/** `MEDRESEARCHER_ALLOW_HOSTS`: `host` or `host:port`, comma-separated; these are fetched whatever they resolve to. */
function allowedHosts(): readonly string[] {
  return (process.env["MEDRESEARCHER_ALLOW_HOSTS"] ?? "")
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .filter(Boolean);
}

/**
 * The address as a URL, if it may be fetched as written. Does not resolve names: see `checkedLookup`.
 * @throws ToolError `refused` with the reason
 */
export function checkUrl(address: string | URL, allow = allowedHosts()): URL {
  const url = parse(address);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw refused(`${url.protocol} addresses are not fetched`, "give an http or https address");
  }
  if (url.username || url.password) {
    throw refused("addresses with a user name or password are not fetched", "give the address without credentials");
  }
  if (isAllowed(url, allow)) return url;
  if (!USUAL_PORTS.has(url.port)) {
    throw refused(`port ${url.port} is not fetched from`, `use a usual web port, or ${howToAllow(url.host)}`);
  }
  const host = bareHost(url);
  if (isIP(host) && !isPublicAddress(host)) throw closed(host, url.host);
  if (!isIP(host) && !isName(host))
    throw refused(`${host.slice(0, 80)} is no name that a host can have`, "check the address");
  if (!isIP(host) && isLocalName(host)) throw closed(host, url.host);
  return url;
}

/**
 * A `lookup` for sockets (`net.connect`, `http.request`, undici's `connect.lookup`): resolves a name, refuses it if ANY
 * of its addresses is private, and hands on only what was checked.
 */
export const checkedLookup: LookupFunction = guarded(dnsLookup);

/** How a name becomes addresses: `dns.lookup`, or what stands in for it in a test. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export function guarded(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    const allow = allowedHosts();
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[] | undefined) => {
      if (error) return callback(error, "", 0);
      const addresses = found ?? [];
      const name = hostname.toLowerCase();
      const listed = allow.some((entry) => hostOf(entry) === name);
      const bad = listed ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
      if (bad) return callback(closed(`${hostname} (${bad.address})`, hostname), "", 0);
      const first = addresses[0];
      if (!first) return callback(new Error(`${hostname} has no address`), "", 0);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function parse(address: string | URL): URL {
  const text = String(address);
  const why = malformed(text);
  if (!why && URL.canParse(text)) return new URL(text);
  throw new ToolError({
    reason: "invalid_arguments",
    message: `${JSON.stringify(text.slice(0, 200))} is not a web address${why ? `: ${why}` : ""}`,
    recovery: "give a full address such as https://www.example.org/page",
    retryable: false,
  });
}

/** What URL parsers pass over in silence, and readers do not see. */
function malformed(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return /[\u0000-\u001f\u007f]/.test(text.trim()) ? "it holds control characters" : undefined;
}

function isAllowed(url: URL, allow: readonly string[]): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return allow.includes(url.hostname) || allow.includes(`${url.hostname}:${port}`);
}

/** The host part of an entry of the allow list, without brackets or port. */
function hostOf(entry: string): string {
  return entry.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}

/** The host without brackets and without the dot that ends an absolute name. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}

/** By the lengths that the DNS allows. */
function isName(host: string): boolean {
  return host.length <= 253 && host.split(".").every((label) => label.length >= 1 && label.length <= 63);
}

/** Names that only a local resolver knows: judged without asking it. */
function isLocalName(host: string): boolean {
  return !host.includes(".") || LOCAL_DOMAINS.test(host);
}

/** The IPv4 address inside an IPv4-mapped (`::ffff:0:0/96`) or NAT64 (`64:ff9b::/96`) one. */
function embeddedIPv4(address: string): string | undefined {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const tail = /^(?:::ffff|64:ff9b:):(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/.exec(canonical);
  if (!tail) return undefined;
  const bits = [tail[1] ?? "0", tail[2]!].map((group) => Number.parseInt(group, 16));
  return bits.flatMap((group) => [group >> 8, group & 255]).join(".");
}

function blockList(family: "ipv4" | "ipv6", ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net, prefix] = range.split("/");
    list.addSubnet(net!, Number(prefix), family);
  }
  return list;
}

function closed(what: string, host: string): ToolError {
  return refused(
    `${what} is an address of a private network or of this machine, and is not fetched`,
    `give an address on the public web; for a server of your own ${howToAllow(host)}`,
  );
}

function howToAllow(host: string): string {
  return `the operator may set MEDRESEARCHER_ALLOW_HOSTS=${host}`;
}

function refused(message: string, recovery: string): ToolError {
  return new ToolError({ reason: "refused", message, recovery, retryable: false });
}
