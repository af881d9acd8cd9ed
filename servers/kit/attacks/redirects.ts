/** Attacks by redirect: an address on an allowed host leads to one that is not. */

export interface RedirectAttack {
  what: string;
  status?: number;
  /** What stands in `Location`. @param inside `host:port` of a server on this machine that must not be asked */
  location: (inside: string) => string | string[];
  refused: RegExp;
}

const PRIVATE = /private network/;
const PRIVATE_OR_PORT = /private network|port \d+ is not fetched/;

const to = (what: string, location: string, refused = PRIVATE): RedirectAttack => ({
  what,
  location: () => location,
  refused,
});
const inward = (what: string, location: (inside: string) => string, status = 302): RedirectAttack => ({
  what,
  status,
  location,
  refused: PRIVATE_OR_PORT,
});

export const redirects: readonly RedirectAttack[] = [
  ...[301, 302, 303, 307, 308].map((status) =>
    inward(`status ${status} to this machine`, (i) => `http://${i}/`, status),
  ),
  inward("without a scheme", (inside) => `//${inside}/`),
  inward("by backslashes", (inside) => `\\\\${inside}\\`),
  inward("by a slash and a backslash", (inside) => `/\\${inside}/`),
  inward("with a scheme and backslashes", (inside) => `http:\\\\${inside}\\x`),
  inward("with tabs in it", (inside) => `ht\ttp://${inside}/`),
  inward("with spaces around it", (inside) => `  http://${inside}/  `),
  inward("with a decimal address", (inside) => `http://2130706433:${inside.split(":")[1]}/`),
  inward("with a mapped address", (inside) => `http://[::ffff:7f00:1]:${inside.split(":")[1]}/`),
  inward("with a name for this machine", (inside) => `http://localhost:${inside.split(":")[1]}/`),
  to("to the usual port of this machine", "http://127.0.0.1/"),
  to("to a short address", "http://127.1/"),
  to("to IPv6 loopback", "http://[::1]/"),
  to("to the metadata of a cloud", "http://169.254.169.254/latest/meta-data/iam/"),
  to("to the metadata by name", "http://metadata.google.internal/"),
  to("to the network", "http://192.168.0.1/"),
  to("to a port of a public host", "http://example.org:6379/", /port 6379/),
  to("with credentials", "http://user:secret@example.org/", /user name or password/),
  to("to a file", "file:///etc/passwd", /redirects to a file: address/),
  to("to data", "data:text/html,x", /redirects to a data: address/),
  to("to a script", "javascript:alert(1)", /redirects to a javascript: address/),
  to("to FTP", "ftp://example.org/x", /redirects to a ftp: address/),
  to("to gopher", "gopher://127.0.0.1:6379/_INFO", /redirects to a gopher: address/),
  to("to what is no address", "http://[::1", /no address/),
  to("to a name that cannot be", `http://${"a".repeat(64)}.example.org/`, /no name that a host can have/),
  to("to nowhere", "", /no address to go on to/),
  {
    what: "to two places at once",
    location: (inside) => [`http://${inside}/`, "http://127.0.0.1/"],
    refused: /no address|private network|port/,
  },
  to("to itself", "/start", /more than 5 redirects/),
  to("in a circle", "/circle", /more than 5 redirects/),
  to("on and on", "/next/0", /more than 5 redirects/),
];
