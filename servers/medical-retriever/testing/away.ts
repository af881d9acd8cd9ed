/** A world in which no live source can be reached, but those that a test serves itself. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { vi } from "vitest";

/** Every source has its address in the environment. */
const SERVICES = "PUBMED ICITE IDCONV EUROPEPMC PMC PMC_OA OPENFDA DAILYMED CLINICALTRIALS RXNAV".split(" ");

/** To be undone by `vi.unstubAllEnvs`. */
export async function nothingElseAnswers(): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  // Nobody listens there any more.
  for (const name of SERVICES) vi.stubEnv(`${name}_URL`, `http://127.0.0.1:${port}`);
}
