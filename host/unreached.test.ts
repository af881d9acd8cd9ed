import { expect, it } from "vitest";
import type { State } from "./state.ts";
import { unreachedSources } from "./unreached.ts";

const returned = (...outcomes: unknown[]) => ({ returned: [{ result: { outcomes } }] });
const state = (...steps: ReturnType<typeof returned>[]) => ({ steps }) as unknown as Pick<State, "steps">;

it("names sources that never answered, once, with the first reason", () => {
  const pubmed = { source: "pubmed", outcome: "unavailable", message: "no connection" };
  const steps = state(
    returned({ source: "local", outcome: "found" }, pubmed, { source: "rxnav", outcome: "inapplicable" }),
    returned({ ...pubmed, message: "was not asked again" }, { source: "dailymed", outcome: "unavailable" }),
    returned({ source: "dailymed", outcome: "empty" }, "junk"),
    returned({ source: "searxng", outcome: "unavailable", message: "SEARXNG_URL is not set" }),
  );
  expect(unreachedSources(steps)).toEqual([{ source: "pubmed", message: "no connection" }]);
});

it("says nothing where all answered, or results cannot be read", () => {
  expect(unreachedSources(state(returned({ source: "local", outcome: "found" })))).toEqual([]);
  const broken = { steps: [{ returned: [{ result: null }, { result: { outcomes: "none" } }] }] };
  expect(unreachedSources(broken as unknown as Pick<State, "steps">)).toEqual([]);
});
