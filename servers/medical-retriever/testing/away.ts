/** A world in which no live source can be reached, but those that a test serves itself. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { vi } from "vitest";

/** Every source has its address in the environment. */
const SERVICES = "PUBMED ICITE IDCONV EUROPEPMC PMC PMC_OA OPENFDA DAILYMED CLINICALTRIALS RXNAV".split(" ");

/** To be undone by `vi.unstubAllEnvs`. */
export async function nothingElseAnswers(): Promise<void> {
  const servers = await Promise.all(SERVICES.map(listening));
  for (const [i, name] of SERVICES.entries()) {
    vi.stubEnv(`${name}_URL`, `http://127.0.0.1:${(servers[i]!.address() as AddressInfo).port}`);
  }
  // Nobody listens there any more; each had a port of its own, since limits are kept by host and port.
  for (const server of servers) server.close();
}

async function listening(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return server;
}
