/** Of each test of a file that imports this: providers of its own on loopback, and an engine that asks them. */
import { afterEach, beforeEach } from "vitest";
import type { WebSearch } from "../search.ts";
import { FakeWeb, patientSearch } from "./web.ts";

export let web: FakeWeb;
export let engine: WebSearch;

beforeEach(() => {
  web = new FakeWeb();
  engine = patientSearch();
});
afterEach(async () => {
  engine.close();
  await web.close();
});
