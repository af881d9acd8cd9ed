/** Which embedder is in use, by the environment; none is as good an answer as any. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { dataHome } from "../../kit/home.ts";
import type { HttpClient } from "../../kit/http/index.ts";
import type { Embedder } from "./embedder.ts";
import { EndpointEmbedder } from "./endpoint.ts";
import { LocalEmbedder } from "./local.ts";
import { isModelFolder } from "./model-folder.ts";

const OPENAI = "https://api.openai.com/v1";

/**
 * `MEDRESEARCHER_EMBEDDER` is the folder of a model, or the name of one that `MEDRESEARCHER_EMBEDDER_URL` (else
 * `OPENAI_BASE_URL`) serves, with `OPENAI_API_KEY`; `none` is none. Without it, what `npm run embedder` made is used.
 * @throws Error where what is configured cannot be
 */
export function configuredEmbedder(client: HttpClient): Embedder | undefined {
  const { MEDRESEARCHER_EMBEDDER: wanted, OPENAI_API_KEY: key } = process.env;
  if (wanted === "none") return undefined;
  if (!wanted) return isModelFolder(ownModelFolder()) ? new LocalEmbedder(ownModelFolder()) : undefined;
  if (existsSync(wanted)) return new LocalEmbedder(wanted);
  const url = process.env["MEDRESEARCHER_EMBEDDER_URL"] || process.env["OPENAI_BASE_URL"] || (key ? OPENAI : "");
  if (!URL.canParse(url)) {
    throw new Error(
      `MEDRESEARCHER_EMBEDDER=${wanted} is no folder, and MEDRESEARCHER_EMBEDDER_URL says no address that serves such a model`,
    );
  }
  return new EndpointEmbedder({ url, model: wanted, key, client });
}

/** Where `npm run embedder` puts its model. */
export function ownModelFolder(home = dataHome()): string {
  return join(home, "embedder", "all-MiniLM-L6-v2");
}
