/** The providers in use. */
import type { Provider } from "./provider.ts";
import { searxng } from "./searxng.ts";
import { wikipedia } from "./wikipedia.ts";

export const PROVIDERS: readonly Provider[] = [searxng, wikipedia];
export type { Provider, WebHit } from "./provider.ts";
