/** The providers in use, in the order in which they are asked: `MEDRESEARCHER_WEB_PROVIDERS` names others, or fewer. */
import { ToolError } from "../../kit/failure.ts";
import { brave } from "./brave.ts";
import type { Provider } from "./provider.ts";
import { searxng } from "./searxng.ts";
import { serper } from "./serper.ts";
import { tavily } from "./tavily.ts";
import { wikipedia } from "./wikipedia.ts";

const ALL: readonly Provider[] = [searxng, brave, tavily, serper, wikipedia];

/** @throws ToolError where the setting names what is no provider */
export function providersInOrder(): readonly Provider[] {
  const names = (process.env["MEDRESEARCHER_WEB_PROVIDERS"] ?? "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (names.length === 0) return ALL;
  return [...new Set(names)].map((name) => {
    const provider = ALL.find((p) => p.name === name);
    if (provider) return provider;
    throw new ToolError({
      reason: "unavailable",
      message: `MEDRESEARCHER_WEB_PROVIDERS names ${JSON.stringify(name)}, which is no provider`,
      recovery: `the operator should name some of ${ALL.map((p) => p.name).join(", ")}, or unset it`,
      retryable: false,
    });
  });
}

export type { Provider, WebHit } from "./provider.ts";
