/**
 * Members of a ZIP archive, streamed: openFDA's bulk files (one JSON each) and DailyMed's (a ZIP of ZIPs, a label in each).
 * What would unpack to more than any archive of texts holds is refused before it fills memory or disk.
 */
import yauzl from "yauzl";

export interface ZipMember {
  /** Path of the archive and, behind `#`, the member's: for messages. */
  name: string;
  /** Unpacked, in pieces; throws an Error that names the member where it is damaged, or swells beyond the limits. */
  bytes(): AsyncIterable<Buffer>;
}

/** Texts shrink to a tenth, tables of numbers to a fiftieth; only what was made to swell comes near. */
const MOST_SWELLING = 250;
/** Below this nothing is a danger. */
const HARMLESS = 16 << 20;
/** Of an archive within an archive, which is held in memory. */
const MOST_INNER = 256 << 20;

/**
 * @param wanted names of members, in any folder
 * @throws Error that names the archive where it is damaged or holds no such member; members that are damaged are told by `problem`
 */
export async function* zipMembers(
  path: string,
  wanted: RegExp,
  problem: (name: string, reason: string) => void,
): AsyncGenerator<ZipMember> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: Error) => {
    throw damaged(path, error);
  });
  try {
    yield* membersIn(zip, path, wanted, problem, true);
  } catch (error) {
    throw damaged(path, error as Error);
  } finally {
    zip.close();
  }
}

/** The member whole. @throws Error where it has more than `most` bytes */
export async function wholeMember(member: ZipMember, most = MOST_INNER): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of member.bytes()) {
    length += piece.length;
    if (length > most) throw new Error(`${member.name}: more than ${most >> 20} MB unpacked; this is not read`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function* membersIn(
  zip: yauzl.ZipFile,
  path: string,
  wanted: RegExp,
  problem: (name: string, reason: string) => void,
  outermost: boolean,
): AsyncGenerator<ZipMember> {
  const unpacked: Unpacked = { length: 0, most: Math.max(HARMLESS, MOST_SWELLING * zip.fileSize) };
  for await (const entry of zip.eachEntry()) {
    const name = `${path}#${entry.fileName}`;
    const isInner = outermost && /\.zip$/i.test(entry.fileName);
    if (!isInner && !wanted.test(entry.fileName)) continue;
    const member: ZipMember = { name, bytes: () => bytesOf(zip, entry, name, unpacked) };
    if (!isInner) {
      yield member;
      continue;
    }
    let inner: yauzl.ZipFile;
    try {
      inner = await yauzl.fromBufferPromise(await wholeMember(member), { lazyEntries: true, autoClose: false });
    } catch (error) {
      problem(name, reasonOf(error as Error));
      continue;
    }
    yield* membersIn(inner, name, wanted, problem, false);
  }
}

/** Of a whole archive: its members may share their bytes. */
interface Unpacked {
  length: number;
  most: number;
}

async function* bytesOf(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  name: string,
  unpacked: Unpacked,
): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new Error(`${name}: is protected by a password`);
  const most = Math.max(HARMLESS, MOST_SWELLING * entry.compressedSize);
  let length = 0;
  try {
    // Checked against the sizes that the archive states: what is longer or shorter fails.
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      length += (piece as Buffer).length;
      unpacked.length += (piece as Buffer).length;
      if (length > most || unpacked.length > unpacked.most) {
        throw new Error(
          `unpacks to more than ${MOST_SWELLING} times its size, as only archives do that are made to fill a disk`,
        );
      }
      yield piece as Buffer;
    }
  } catch (error) {
    throw new Error(`${name}: ${reasonOf(error as Error)}`, { cause: error });
  }
}

function damaged(path: string, error: Error): Error {
  if (error.message.startsWith(path)) return error;
  return new Error(`${path}: ${reasonOf(error)}`, { cause: error });
}

function reasonOf({ message }: Error): string {
  if (/end of central directory/i.test(message)) return "the ZIP archive is cut off or damaged; download it again";
  if (
    /too (?:many|few) bytes|not enough bytes|size mismatch|crc|zlib|invalid (?:distance|block|stored|code|bit)|unexpected end/i.test(
      message,
    )
  ) {
    return `damaged (${message}); download it again`;
  }
  return message;
}
