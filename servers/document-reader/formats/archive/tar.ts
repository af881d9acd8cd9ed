/** tar archives (ustar, PAX and GNU long names): members by path, as views of the bytes. */
import { unreadable } from "../failures.ts";
import { MAX_MEMBER_BYTES, MAX_MEMBERS, pathProblem, type Archive, type Member } from "./archive.ts";

const BLOCK = 512;
/** Long names are shorter than this, whatever their headers say. */
const MAX_NAME = 4096;

interface TarMember extends Member {
  start: number;
}

/** @throws ToolError where not even one member can be read */
export function openTar(bytes: Uint8Array): Archive {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const members: TarMember[] = [];
  const seen = new Set<string>();
  let incomplete: string | undefined;
  let longName: string | undefined;
  let at = 0;
  while (at + BLOCK <= data.length && data[at] !== 0) {
    if (!isHeader(data, at)) {
      incomplete = `the tar archive is damaged after ${members.length} members`;
      break;
    }
    const size = numberAt(data, at + 124, 12);
    const type = String.fromCharCode(data[at + 156]! || 0x30);
    const start = at + BLOCK;
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    if (type === "L" || type === "x") {
      const text = data.toString("utf8", start, Math.min(start + size, start + MAX_NAME, data.length));
      longName = type === "L" ? text.replace(/\0.*$/s, "") : (/^\d+ path=(.*)$/m.exec(text)?.[1] ?? longName);
      continue;
    }
    if (type === "g" || type === "K") continue;
    const path = longName ?? nameAt(data, start - BLOCK);
    longName = undefined;
    const problem = problemOf(type, path, start + size > data.length, seen);
    seen.add(path);
    members.push({ path, size, isFolder: type === "5", start, ...(problem ? { problem } : {}) });
    if (at > data.length) incomplete = "the tar archive is cut off";
    if (members.length >= MAX_MEMBERS) {
      incomplete = `only the first ${MAX_MEMBERS} members are listed`;
      break;
    }
  }
  if (members.length === 0)
    throw unreadable("the tar archive is damaged or holds nothing", "look for another copy of it");
  return {
    kind: "tar archive",
    members,
    ...(incomplete ? { incomplete } : {}),
    async read(member) {
      if (member.size > MAX_MEMBER_BYTES) {
        throw unreadable(
          `${member.path} has ${member.size} bytes; the limit is ${MAX_MEMBER_BYTES}`,
          "give the part of it that matters as a file of its own",
        );
      }
      const { start } = member as TarMember;
      return bytes.subarray(start, start + member.size);
    },
  };
}

function problemOf(type: string, path: string, isCut: boolean, seen: ReadonlySet<string>): string | undefined {
  if (!/[057]/.test(type)) return "it is a link or a device, not a file";
  if (isCut) return "the archive is cut off within it";
  if (type !== "5" && seen.has(path)) return "another member has the same name";
  return pathProblem(path);
}

/** The checksum holds: the sum of the header's bytes with blanks in its own place. */
function isHeader(data: Buffer, at: number): boolean {
  let sum = 8 * 0x20;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += data[at + i]!;
  return sum === numberAt(data, at + 148, 8);
}

/** Octal, or binary where the first bit is set. Never negative. */
function numberAt(data: Buffer, at: number, length: number): number {
  if (data[at]! & 0x80) {
    const number = Number(data.readBigUInt64BE(at + length - 8));
    return Number.isSafeInteger(number) ? number : Number.MAX_SAFE_INTEGER - BLOCK;
  }
  const digits = /[0-7]+/.exec(data.toString("latin1", at, at + length))?.[0] ?? "0";
  return Number.parseInt(digits, 8);
}

function nameAt(data: Buffer, at: number): string {
  const field = (from: number, length: number) =>
    data.toString("utf8", at + from, at + from + length).replace(/\0.*$/s, "");
  const prefix = field(257, 5) === "ustar" && field(263, 2) === "00" ? field(345, 155) : "";
  return prefix ? `${prefix}/${field(0, 100)}` : field(0, 100);
}
