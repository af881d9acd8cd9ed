import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { makeDocx, paragraph } from "../../testing/office.ts";
import { readFile, told } from "../../testing/read.ts";
import { makeTar } from "../../testing/tar.ts";
import { makeZip, zipOf } from "../../testing/zip.ts";

const REPORT = zipOf({
  "2024/report.docx": makeDocx(paragraph("97 mg")),
  "Übersicht.txt": "alles",
  "in.zip": zipOf({ "deep.txt": "inside" }),
});

describe("an archive", () => {
  it("is listed, with how its files are read and which are not", async () => {
    const read = await readFile(
      "a.zip",
      makeZip([
        { path: "a.txt", data: "x" },
        { path: "f/", data: "" },
        { path: "../b", data: "xy" },
      ]),
    );
    expect(told(read)).toEqual([
      expect.stringMatching(/^ZIP archive with 2 files\. To read one, put !\/ and its path after/),
      "Files: a.txt | 1 bytes\n../b | 2 bytes | not read: its name leads out of the archive",
    ]);
  });

  it.each([
    ["2024/report.docx", "97 mg"],
    ["/2024/report.docx", "97 mg"],
    ["2024/REPORT.docx", "97 mg"],
    ["Übersicht.txt", "alles"],
    ["in.zip!/deep.txt", "inside"],
  ])("gives its member %s", async (member, text) => {
    expect(told(await readFile("a.zip", REPORT, member))).toEqual([text]);
  });

  it.each([
    ["gone.txt", "not_found", /2024\/report\.docx, Übersicht\.txt/],
    ["2024", "not_found", /2024\/report\.docx/],
    ["Übersicht.txt!/x", "invalid_arguments", /without `!\/`/],
    ["a!/b!/c!/d", "unreadable", /unpack the outer/],
  ])("has no %s, and says what it has", async (member, reason, recovery) => {
    await expect(readFile("a.zip", REPORT, member)).rejects.toMatchObject({
      reason,
      recovery: expect.stringMatching(recovery),
    });
  });

  it("is a Word file, read by its parts, where these are asked for", async () => {
    expect(told(await readFile("a.docx", makeDocx(paragraph("97 mg")), "word/document.xml")).join()).toContain("97 mg");
  });

  it("of the kind tar has long names, packed or not", async () => {
    const long = `${"folder/".repeat(30)}a.txt`;
    const tar = makeTar([
      { path: "x", type: "L", data: `${long}\0` },
      { path: "cut", data: "GNU" },
      { path: "x", type: "x", data: "22 path=über/name.txt\n" },
      { path: "cut2", data: "PAX" },
    ]);
    expect(told(await readFile("a.tgz", gzipSync(tar), long))).toEqual(["GNU"]);
    expect(told(await readFile("a.tar", tar, "über/name.txt"))).toEqual(["PAX"]);
  });

  it("that is one gzipped file is that file", async () => {
    expect((await readFile("doses.csv.gz", gzipSync("Drug,Dose\nA,1"))).sections[0]!.text).toBe("Drug | Dose\nA | 1");
  });
});
