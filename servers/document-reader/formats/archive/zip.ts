/** ZIP archives, judged before anything is unpacked: overlapping members, lying sizes, names that lead elsewhere. */
import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import { damaged, refusedAsBomb, unreadable } from "../failures.ts";
import { MAX_MEMBER_BYTES, MAX_MEMBERS, pathProblem, printable, type Archive, type Member } from "./archive.ts";

/** All members of one archive together, in one reading. */
const MAX_UNPACKED = 512 * 1024 * 1024;
/** Honest text packs 3:1 to 30:1, tables of numbers up to some 100:1; bombs 1000:1. Judged once it matters. */
const MAX_RATIO = 300;
const RATIO_FROM_BYTES = 16 * 1024 * 1024;
const LOCAL_HEADER = 30;
const [STORED, DEFLATED] = [0, 8];
const FILE_TYPE = 0xf000;
const [REGULAR, FOLDER] = [0x8000, 0x4000];

export interface ZipMember extends Member {
  entry: yauzl.Entry;
}

export interface ZipArchive extends Archive {
  members: ZipMember[];
  isEncrypted: boolean;
  /** Unpacked bytes as they come: for what is too large to be held. */
  stream: (member: Member) => AsyncGenerator<Uint8Array>;
}

/** @throws ToolError where it is damaged or overlaps itself */
export async function openZip(bytes: Uint8Array): Promise<ZipArchive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const { zip, entries, more } = await directoryOf(buffer);
  refuseOverlaps(entries, bytes.length);
  const members = membersOf(entries);
  let left = MAX_UNPACKED;

  async function* stream(member: Member): AsyncGenerator<Uint8Array> {
    const { entry } = member as ZipMember;
    const source = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
      throw damaged("ZIP archive", error);
    });
    let size = 0;
    let sum = 0;
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        size += chunk.length;
        left -= chunk.length;
        sum = crc32(chunk, sum);
        if (left < 0) throw refusedAsBomb(`the ZIP archive unpacks to more than ${MAX_UNPACKED} bytes`);
        if (size > RATIO_FROM_BYTES && size > MAX_RATIO * entry.compressedSize) {
          throw refusedAsBomb(`${printable(member.path)} unpacks to more than ${MAX_RATIO} times its size`);
        }
        yield chunk;
      }
    } catch (error) {
      throw damaged("ZIP archive", error);
    } finally {
      source.destroy();
    }
    if (sum !== entry.crc32)
      throw unreadable(
        `${printable(member.path)} is damaged: its checksum is wrong`,
        "look for another copy of the file",
      );
  }

  async function read(member: Member): Promise<Uint8Array> {
    if (member.size > MAX_MEMBER_BYTES) throw tooLarge(member);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of stream(member)) {
      parts.push(part);
      size += part.length;
      if (size > MAX_MEMBER_BYTES) throw tooLarge(member);
    }
    return Buffer.concat(parts);
  }

  return {
    kind: "ZIP archive",
    members,
    isEncrypted: entries.some((entry) => entry.isEncrypted()),
    ...(more > 0 ? { incomplete: `only the first ${MAX_MEMBERS} of ${MAX_MEMBERS + more} members are listed` } : {}),
    read,
    stream,
  };
}

async function directoryOf(buffer: Buffer) {
  try {
    const zip = await yauzl.fromBufferPromise(buffer, { lazyEntries: true, decodeStrings: false, autoClose: false });
    const entries: yauzl.Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length >= MAX_MEMBERS) break;
    }
    return { zip, entries, more: Math.max(0, zip.entryCount - entries.length) };
  } catch (error) {
    const isCut = error instanceof Error && /end of central directory/i.test(error.message);
    throw isCut
      ? unreadable(
          "the ZIP archive is cut off or damaged: its table of contents is missing",
          "download it again, or look for another copy",
        )
      : damaged("ZIP archive", error);
  }
}

/** Members that share bytes: how a small archive unpacks to more than the world holds. */
function refuseOverlaps(entries: yauzl.Entry[], length: number): void {
  const spans = entries
    .map((entry) => {
      const start = entry.relativeOffsetOfLocalHeader;
      return [start, start + LOCAL_HEADER + entry.fileNameLength + entry.compressedSize] as const;
    })
    .toSorted(([a], [b]) => a - b);
  for (const [i, [start, end]] of spans.entries()) {
    if (end > length)
      throw unreadable(
        "the ZIP archive is cut off or damaged: a member ends beyond it",
        "download it again, or look for another copy",
      );
    if (i > 0 && start < spans[i - 1]![1]) throw refusedAsBomb("the ZIP archive has members that overlap");
  }
}

function membersOf(entries: yauzl.Entry[]): ZipMember[] {
  const seen = new Set<string>();
  return entries.map((entry) => {
    const path = pathOf(entry);
    const problem = problemOf(entry, path) ?? (seen.has(path) ? "another member has the same name" : undefined);
    seen.add(path);
    return { path, size: entry.uncompressedSize, isFolder: path.endsWith("/"), entry, ...(problem ? { problem } : {}) };
  });
}

function problemOf(entry: yauzl.Entry, path: string): string | undefined {
  if (entry.isEncrypted()) return "it is protected by a password";
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  // Systems without file types write zero.
  if (type !== 0 && type !== REGULAR && type !== FOLDER) return "it is a link or a device, not a file";
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    return `it is packed by a method that is not read (${entry.compressionMethod})`;
  }
  return pathProblem(path);
}

/** Many programs write UTF-8 without saying so. */
function pathOf(entry: yauzl.Entry): string {
  const raw = entry.fileNameRaw;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(raw).replaceAll("\\", "/");
  } catch {
    return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
  }
}

function tooLarge(member: Member) {
  return unreadable(
    `${printable(member.path)} has ${member.size} bytes unpacked; the limit is ${MAX_MEMBER_BYTES}`,
    "unpack it and give the part that matters as a file of its own",
  );
}
