/** Names of elements, looked up by the bytes that stand in a file: no string is made of them. */
import { UNREAD } from "./article.ts";

export interface Name {
  name: string;
  /** Whether nothing is taken from such an element. */
  isPassed: boolean;
  /** `</name>`, in bytes. */
  close: Uint8Array;
  /** By a byte that is not the last of `close`: how far on that can be at the nearest (Horspool). */
  shift: Uint8Array;
}

/** Elements that something is taken from, or that hold such; one that is neither here nor passed makes a record irregular. */
const READ = `PubmedArticle MedlineCitation PMID DateRevised CommentsCorrectionsList CommentsCorrections MeshHeadingList MeshHeading
  DescriptorName Article Journal JournalIssue PubDate Year Month Day MedlineDate Title ArticleTitle ELocationID Abstract
  AbstractText CopyrightInformation AuthorList Author LastName Initials CollectiveName Language DataBankList DataBank
  DataBankName AccessionNumberList AccessionNumber PublicationTypeList PublicationType VernacularTitle ArticleDate PubmedData
  ArticleIdList ArticleId`;
const PASSED = [...UNREAD, "DateCreated", "SpaceFlightMission", "GeneralNote", "ObjectList", "Note", "Season"];

/** Places; a power of two, many times the names. */
const SIZE = 1024;
const table: (Name | undefined)[] = Array.from({ length: SIZE });
for (const name of READ.split(/\s+/)) put(name, false);
for (const name of PASSED) put(name, true);

function put(name: string, isPassed: boolean): void {
  const bytes = Buffer.from(name);
  let place = bytes.reduce(mixed, 0) & (SIZE - 1);
  while (table[place]) place = (place + 1) & (SIZE - 1);
  const close = new Uint8Array(Buffer.from(`</${name}>`));
  const shift = new Uint8Array(256).fill(close.length);
  for (let i = 0; i < close.length - 1; i++) shift[close[i]!] = close.length - 1 - i;
  table[place] = { name, isPassed, close, shift };
}

/** The hash of a name, byte by byte from 0. */
export function mixed(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

/** The name that stands between two places and has this hash; undefined where it is none of PubMed's. */
export function nameIn(bytes: Uint8Array, from: number, to: number, hash: number): Name | undefined {
  for (let place = hash & (SIZE - 1); ; place = (place + 1) & (SIZE - 1)) {
    const found = table[place];
    if (found === undefined || isThere(found.close, bytes, from, to)) return found;
  }
}

function isThere(close: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (close.length - "</>".length !== to - from) return false;
  for (let i = from; i < to; i++) if (bytes[i] !== close[i - from + 2]) return false;
  return true;
}
