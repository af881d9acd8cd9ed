import { describe, expect, it } from "vitest";
import { withoutBlocked } from "./filter.ts";

describe("results that nothing here would fetch", () => {
  it.each([
    "http://127.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost/admin",
    "http://[::ffff:10.0.0.1]/",
    "http://0x7f.1/",
    "https://wiki.internal/",
    "https://example.org:6379/",
  ])("are left out, and that is said: %s", (url) => {
    const page = { url: "https://example.org/page" };
    const { hits, notes } = withoutBlocked([{ url }, page]);
    expect(hits).toEqual([page]);
    expect(notes).toEqual([expect.stringContaining("1 result at addresses that are not fetched")]);
  });
});
