/** A world in which no live source can be reached, but those that a test serves itself. */
import { vi } from "vitest";
import { nobodysAddress } from "../../kit/testing/listen.ts";

/** Every source has its address in the environment. */
const SERVICES = "PUBMED ICITE IDCONV EUROPEPMC PMC PMC_OA OPENFDA DAILYMED CLINICALTRIALS RXNAV".split(" ");

/** To be undone by `vi.unstubAllEnvs`. */
export function nothingElseAnswers(): void {
  // One each, since limits are kept by host and port.
  for (const [n, name] of SERVICES.entries()) vi.stubEnv(`${name}_URL`, nobodysAddress(n));
}
