/** What is known of the limits of the sources: one place, since a limit belongs to the host and not to a tool. */
import type { HostLimit, Pace } from "./types.ts";

const DEFAULT: Pace = { spacingMs: 0, concurrency: 6 };

/** NCBI allows 3 requests a second without a key, 10 with one; a spacing of 334 ms still drew 429s in the field. */
const ncbi = (): HostLimit => ({ spacingMs: process.env["NCBI_API_KEY"] ? 110 : 400, concurrency: 3 });

const REGISTRY: Record<string, () => HostLimit> = {
  "eutils.ncbi.nlm.nih.gov": ncbi,
  "pmc.ncbi.nlm.nih.gov": ncbi,
  "icite.od.nih.gov": () => ({ spacingMs: 100, concurrency: 3 }),
  "pmc-oa-opendata.s3.amazonaws.com": () => ({ spacingMs: 50, concurrency: 4 }),
  "www.ebi.ac.uk": () => ({ spacingMs: 100, concurrency: 3 }),
  "api.fda.gov": () => ({ spacingMs: 260 }),
  "dailymed.nlm.nih.gov": () => ({ spacingMs: 250, concurrency: 3 }),
  "clinicaltrials.gov": () => ({ spacingMs: 1000, concurrency: 2 }),
  "rxnav.nlm.nih.gov": () => ({ spacingMs: 60 }),
  // The least that its plans allow; faster ones are not told apart.
  "api.search.brave.com": () => ({ spacingMs: 1000, concurrency: 1 }),
  "api.tavily.com": () => ({ spacingMs: 600, concurrency: 3 }),
  "google.serper.dev": () => ({ spacingMs: 200, concurrency: 3 }),
};

/** One limit over several hosts: NCBI counts requests by who asks, whichever of its interfaces is asked. */
const SHARED: Record<string, string> = { "pmc.ncbi.nlm.nih.gov": "eutils.ncbi.nlm.nih.gov" };

/** The host whose limit counts for this one. */
export function limitingHost(host: string): string {
  return SHARED[host] ?? (host.endsWith(".wikipedia.org") ? "wikipedia.org" : host);
}

/** Wikipedia's many hosts are one service. */
const wikipedia = (): HostLimit => ({ spacingMs: 100, concurrency: 2 });

export function limitOf(host: string, given: HostLimit = {}): Pace {
  const known = host.endsWith(".wikipedia.org") ? wikipedia : REGISTRY[host];
  return { ...DEFAULT, ...known?.(), ...given };
}
