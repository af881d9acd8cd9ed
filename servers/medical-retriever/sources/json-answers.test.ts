/** What stands before a service sometimes answers in its place: that is never an empty answer. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { liveService, type LiveService } from "../testing/live-service.ts";
import { askJson, type Service } from "./json-answers.ts";

const SERVICE: Service = {
  name: "Fiction",
  variable: "FICTION_URL",
  base: "https://fiction.invalid",
  limit: { spacingMs: 10, concurrency: 1 },
};

let service: LiveService;
beforeEach(async () => {
  service = await liveService(SERVICE);
});
afterEach(() => service.close());

test.each([
  [202, ""],
  [202, "{}"],
  [204, ""],
])("status %i with %j is a failure", async (status, body) => {
  service.answer = () => ({ status, body });
  const asked = askJson(SERVICE, { path: "/x", ttlSeconds: 60, isAnswer: () => true }, service.call());
  await expect(asked).rejects.toThrow(`Fiction answered with status ${status} and no data`);
});
