/** Archives that unpack to more than the world holds, or to somewhere else. */
import { gzipSync } from "node:zlib";
import { makeTar } from "../testing/tar.ts";
import { makeZip, zipOf, type ZipFile } from "../testing/zip.ts";
import { bytesOf, utf8, type Attack } from "./attack.ts";

const ZEROS = new Uint8Array(66 * 1024 * 1024);
const small: ZipFile = { path: "a.txt", data: "harmless" };
let flat: Uint8Array | undefined;
const flatBomb = () => (flat ??= makeZip([{ path: "bomb.txt", data: ZEROS }, small]));

let packed: Uint8Array | undefined;
const zipped = () => (packed ??= gzipSync(ZEROS));

/** Members that all begin at the same place, each claiming the whole rest. */
function overlapping(count: number): Uint8Array {
  const kernel = "x".repeat(20_000);
  return makeZip([
    { path: "0", data: kernel },
    ...Array.from({ length: count }, (_, i) => ({ path: `${i + 1}`, data: kernel, offset: 0 })),
  ]);
}

/** A member that reaches over the header of the next one: Fifield's quoting. */
function quoting(): Uint8Array {
  const next = "y".repeat(1000);
  return makeZip([
    { path: "a", data: "abc", method: 0, packedSize: 500, size: 500 },
    { path: "b", data: next, method: 0 },
  ]);
}

function nested(depth: number): Uint8Array {
  let bytes: Uint8Array = zipOf({ "a.txt": "inside" });
  for (let i = 0; i < depth; i++) bytes = zipOf({ "a.zip": bytes });
  return bytes;
}

function gzipped(times: number): Uint8Array {
  let bytes: Uint8Array = utf8("inside");
  for (let i = 0; i < times; i++) bytes = gzipSync(bytes);
  return bytes;
}

const listed = (what: string, file: ZipFile, problem: RegExp): Attack => ({
  what,
  name: "a.zip",
  bytes: () => makeZip([file, small]),
  reads: problem,
});

const asked = (what: string, file: ZipFile, member: string, refused: RegExp): Attack => ({
  what,
  name: "a.zip",
  bytes: () => makeZip([file, small]),
  member,
  refused,
});

export const archives: Attack[] = [
  {
    what: "a member of 66 MB of zeros",
    name: "a.zip",
    bytes: flatBomb,
    member: "bomb.txt",
    refused: /limit is|times its size/,
  },
  { what: "the same beside an honest member", name: "a.zip", bytes: flatBomb, member: "a.txt", reads: /harmless/ },
  {
    what: "a bomb that claims to be small",
    name: "a.zip",
    bytes: () => makeZip([{ path: "b.txt", data: ZEROS, size: 10 }]),
    member: "b.txt",
    refused: /cannot be read|damaged/,
  },
  {
    what: "a bomb that claims to be huge",
    name: "a.zip",
    bytes: () => makeZip([{ path: "b.txt", data: "x", size: 0xfffffff0 }]),
    member: "b.txt",
    refused: /limit is/,
  },
  { what: "members that share all their bytes", name: "a.zip", bytes: () => overlapping(500), refused: /overlap/ },
  {
    what: "members that share bytes, asked for by name",
    name: "a.zip",
    bytes: () => overlapping(5),
    member: "3",
    refused: /overlap/,
  },
  { what: "a member that quotes the header of the next", name: "a.zip", bytes: quoting, refused: /overlap/ },
  {
    what: "archives nested ten deep",
    name: "a.zip",
    bytes: () => nested(10),
    member: `${"a.zip!/".repeat(10)}a.txt`,
    refused: /3 deep/,
  },
  {
    what: "archives nested two deep, which is honest",
    name: "a.zip",
    bytes: () => nested(2),
    member: "a.zip!/a.zip!/a.txt",
    reads: /inside/,
  },
  {
    what: "a nested bomb",
    name: "a.zip",
    bytes: () => zipOf({ "in.zip": flatBomb() }),
    member: "in.zip!/bomb.txt",
    refused: /limit is|times its size/,
  },
  { what: "gzip in gzip, fifty deep", name: "a.txt.gz", bytes: () => gzipped(50), refused: /times over/ },
  { what: "a gzip bomb", name: "a.txt.gz", bytes: zipped, refused: /times its size/ },
  {
    what: "a gzip bomb in a gzip",
    name: "a.txt.gz.gz",
    bytes: () => gzipSync(zipped()),
    refused: /times its size/,
  },
  {
    what: "a tar bomb in a gzip",
    name: "a.tgz",
    bytes: () => gzipSync(bytesOf(makeTar([{ path: "a", data: "x" }]), ZEROS)),
    refused: /times its size/,
  },
  {
    what: "gzip that is cut off",
    name: "a.txt.gz",
    bytes: () =>
      gzipSync(utf8(Array.from({ length: 30_000 }, (_, i) => `word ${i * 7919} `).join(""))).subarray(0, 40_000),
    reads: /word 7919/,
    missing: /cut off/,
  },
  {
    what: "gzip that holds nothing but its head",
    name: "a.gz",
    bytes: () => gzipSync(utf8("x")).subarray(0, 10),
    refused: /gzip/,
  },
  listed(
    "names that climb out of the archive",
    { path: "../../etc/cron.d/x", data: "x" },
    /etc\/cron\.d\/x \| 1 bytes \| not read: its name leads out/,
  ),
  listed("names that climb out by backslashes", { path: "..\\..\\x", data: "x" }, /not read: its name leads out/),
  listed("absolute names", { path: "/etc/passwd", data: "x" }, /not read: its name is an absolute path/),
  listed("names of a drive", { path: "C:\\windows\\x", data: "x" }, /not read: its name is an absolute path/),
  listed("names with line ends", { path: "a\nb", data: "x" }, /a�b .* not read: its name holds control characters/),
  listed(
    "names that are read backwards",
    { path: "cod\u202efdp.exe", data: "x" },
    /not read: its name holds control characters/,
  ),
  listed("names with a null byte", { path: "a.txt\0.exe", data: "x" }, /not read: its name holds control characters/),
  listed("symbolic links", { path: "link", data: "/etc/passwd", mode: 0o120777 }, /not read: it is a link/),
  listed("devices", { path: "dev", data: "", mode: 0o020666 }, /not read: it is a link or a device/),
  listed("two members of one name", { path: "a.txt", data: "first" }, /not read: another member has the same name/),
  asked("a member that climbs out, asked for", { path: "../x", data: "x" }, "../x", /leads out/),
  asked("a link, asked for", { path: "l", data: "/etc/passwd", mode: 0o120777 }, "l", /is a link/),
  asked("a locked member", { path: "s.txt", data: "x", flags: 1 }, "s.txt", /password/),
  asked(
    "a member of an unknown packing",
    { path: "s.txt", data: "x", method: 99 },
    "s.txt",
    /method that is not read \(99\)/,
  ),
  asked("a member with a wrong checksum", { path: "s.txt", data: "x", checksum: 1 }, "s.txt", /checksum/),
  asked("a member that is not there", { path: "s.txt", data: "x" }, "t.txt", /not found/),
  asked("a folder as a file", { path: "f/", data: "" }, "f/", /not found/),
  {
    what: "an archive that is cut off",
    name: "a.zip",
    bytes: () => zipOf({ "a.txt": "x".repeat(500) }).subarray(0, 60),
    refused: /cut off/,
  },
  {
    what: "a table of contents that leads beyond the file",
    name: "a.zip",
    bytes: () => makeZip([{ ...small, offset: 1_000_000 }]),
    refused: /cut off|damaged/,
  },
  {
    what: "65,000 members that are not there",
    name: "a.zip",
    bytes: () => makeZip([small], { entries: 65_000 }),
    refused: /cannot be read|damaged/,
  },
  {
    what: "15,000 members",
    name: "a.zip",
    bytes: () => makeZip(Array.from({ length: 15_000 }, (_, i) => ({ path: `${i}.txt`, data: "", method: 0 }))),
    reads: /14999\.txt/,
  },
  {
    what: "an archive within a picture",
    name: "a.png",
    bytes: () => bytesOf([0x89], "PNG\r\n\x1a\n", zipOf({ "a.txt": "x" })),
    refused: /image/,
  },
];
