import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ToolError } from "../kit/failure.ts";
import { readSource } from "./source.ts";

describe("what a source names", () => {
  it.each([
    ["NOTE:entresto-components", { kind: "record", id: "NOTE:entresto-components" }],
    ["pmid: 123", { kind: "record", id: "PMID:123" }],
    ["https://example.org/a", { kind: "web", url: "https://example.org/a" }],
    [" <https://example.org/a> ", { kind: "web", url: "https://example.org/a" }],
    ["URL:https://example.org/a", { kind: "web", url: "https://example.org/a" }],
    ["www.example.org/a", { kind: "web", url: "https://www.example.org/a" }],
    ["ftp://example.org/a", { kind: "web", url: "ftp://example.org/a" }],
    ["/data/a.pdf", { kind: "file", path: "/data/a.pdf" }],
    ["./a.pdf", { kind: "file", path: "./a.pdf" }],
    ["~/a.pdf", { kind: "file", path: "~/a.pdf" }],
    ["C:\\a.pdf", { kind: "file", path: "C:\\a.pdf" }],
    ["file:///data/a%20b.pdf", { kind: "file", path: "/data/a b.pdf" }],
    ["file://localhost/data/a.pdf", { kind: "file", path: "/data/a.pdf" }],
    ["/data/all.zip!/2024/report.pdf", { kind: "file", path: "/data/all.zip", member: "2024/report.pdf" }],
    ["FILE:/data/a.tar.gz!/in.zip!/b.txt", { kind: "file", path: "/data/a.tar.gz", member: "in.zip!/b.txt" }],
    ["/data/a.csv!/rows 5-9", { kind: "file", path: "/data/a.csv", member: "rows 5-9" }],
    ["/data/Yahoo!/report.pdf", { kind: "file", path: "/data/Yahoo!/report.pdf" }],
    ["https://example.org/d?id=3!/a.pdf", { kind: "web", url: "https://example.org/d?id=3", member: "a.pdf" }],
    ["https://example.org/#!/page", { kind: "web", url: "https://example.org/#!/page" }],
    ["FILE:/data/a.pdf", { kind: "file", path: "/data/a.pdf" }],
  ])("%s", (source, expected) => expect(readSource(source)).toEqual(expected));

  it.each([
    ["file://server/share/a.pdf"],
    ["file:///data/%00.pdf"],
    ["file:///data/%E0%A4%A"],
    ["a\0b"],
    ["  "],
    ["x".repeat(10_001)],
  ])("%j is refused with what to give instead", (source) => {
    expect(() => readSource(source)).toThrow(expect.objectContaining({ reason: "invalid_arguments" }));
  });

  it("answers any text with a source or a clear error", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(kindOf(text)).toMatch(/^(?:web|file|record|ToolError)$/);
      }),
    );
  });
});

function kindOf(text: string): string {
  try {
    return readSource(text).kind;
  } catch (error) {
    return error instanceof ToolError ? "ToolError" : String(error);
  }
}
