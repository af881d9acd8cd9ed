/** What ZIP and tar archives have in common: members by path, each read only when it is asked for, within bounds. */
import { notFound } from "../../../kit/failure.ts";
import { unreadable } from "../failures.ts";

/** One member is never unpacked beyond this. */
export const MAX_MEMBER_BYTES = 64 * 1024 * 1024;
/** Characters of a path in a message. */
const SHOWN = 200;
/** More are not listed. */
export const MAX_MEMBERS = 20_000;

export interface Member {
  path: string;
  /** As the archive claims; unpacking stops at it. */
  size: number;
  isFolder: boolean;
  /** Why it is not read; absent where it is. */
  problem?: string;
}

export interface Archive {
  /** "ZIP archive" */
  kind: string;
  members: Member[];
  /** Where the archive could not be read to its end: why. */
  incomplete?: string;
  /** @throws ToolError where it is damaged, too large, locked or made to do harm */
  read: (member: Member) => Promise<Uint8Array>;
}

/** @throws ToolError `not_found` with names that are there, or `unreadable` */
export function findMember(archive: Archive, path: string): Member {
  const wanted = path.replace(/^\/+/, "");
  const member =
    archive.members.find((one) => one.path === wanted) ??
    archive.members.find((one) => one.path.normalize("NFC").toLowerCase() === wanted.normalize("NFC").toLowerCase());
  if (!member || member.isFolder) {
    const files = archive.members.filter(({ isFolder }) => !isFolder).map((one) => one.path);
    const near = member ? files.filter((file) => file.startsWith(member.path)) : files;
    const some = near.slice(0, 20).map(named).join(", ");
    throw notFound(
      `${named(wanted)} in the ${archive.kind}`,
      `give the path of a file in it: ${some}${near.length > 20 ? ", …" : ""}`,
    );
  }
  if (member.problem) {
    throw unreadable(
      `${named(member.path)} in the ${archive.kind} is not read: ${member.problem}`,
      "choose another member, or look for the document elsewhere",
    );
  }
  return member;
}

/** Why a path must not be trusted; nothing is ever written to disk, but what lies about its place is not read. */
export function pathProblem(path: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(path))
    return "its name holds control characters";
  if (/^(?:\/|[a-z]:)/i.test(path)) return "its name is an absolute path";
  if (path.split("/").includes("..")) return "its name leads out of the archive";
  return undefined;
}

/** A path among other words. */
function named(path: string): string {
  const line = printable(path);
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

/** A path that can be printed on one line. */
export function printable(path: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is replaced
  return path.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "�").slice(0, 1000);
}
