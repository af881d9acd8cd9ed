/** Names of elements, looked up by the bytes that stand in a file: no string is made of them. */
import { UNREAD } from "./article.ts";

export interface Name {
  name: string;
  /** Whether nothing is taken from such an element. */
  isPassed: boolean;
  /** `</name>`, in bytes. */
  close: Uint8Array;
  /** By the byte that is looked at: how far on `close`, or another article, can end at the nearest (Horspool). */
  shift: Uint8Array;
}

/** What every article begins with. */
export const ARTICLE = new Uint8Array(Buffer.from("<PubmedArticle>"));

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
  let place = placeOf(Buffer.from(name), 0, name.length);
  while (table[place]) place = (place + 1) & (SIZE - 1);
  const close = new Uint8Array(Buffer.from(`</${name}>`));
  const shift = new Uint8Array(256).fill(Math.min(close.length, ARTICLE.length));
  for (const text of [close, ARTICLE]) {
    for (const [i, code] of text.subarray(0, -1).entries()) shift[code] = Math.min(shift[code]!, text.length - 1 - i);
  }
  table[place] = { name, isPassed, close, shift };
}

/** Where to look first: by these factors no two names share a place. */
function placeOf(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  return (bytes[from]! * 59 + bytes[to - 1]! * 175 + bytes[from + (length >> 1)]! * 63 + length * 73) & (SIZE - 1);
}

/** The name that stands between two places; undefined where it is none of PubMed's. */
export function nameIn(bytes: Uint8Array, from: number, to: number): Name | undefined {
  for (let place = placeOf(bytes, from, to); ; place = (place + 1) & (SIZE - 1)) {
    const found = table[place];
    if (found === undefined || isThere(found.close, bytes, from, to)) return found;
  }
}

/** Whether this text stands there. */
export function standsAt(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

function isThere(close: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (close.length - "</>".length !== to - from) return false;
  for (let i = from; i < to; i++) if (bytes[i] !== close[i - from + 2]) return false;
  return true;
}
