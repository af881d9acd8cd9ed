/** PMC's public bucket of open articles: `PMC123.1/PMC123.1.xml` and, beside it, what is known of its licence and standing. */
import { at, children, parseXml, textOf } from "../../../knowledge/sources/xml.ts";
import { askJson, askText, unavailable, type Service } from "../json-answers.ts";
import type { SourceCall } from "../source.ts";

const BUCKET: Service = {
  name: "PMC's bucket of open articles",
  variable: "PMC_OA_URL",
  base: "https://pmc-oa-opendata.s3.amazonaws.com",
  limit: { spacingMs: 50, concurrency: 4 },
};
const DAY = 86_400;
const MAX_BYTES = 32 << 20;

export interface OpenArticle {
  xml: string;
  licence?: string;
  retracted: boolean;
  fetchedAt: string;
  stale: boolean;
}

/** The newest version of an article; undefined where the bucket has none. @param pmcid `PMC3040717` @throws ToolError */
export async function openArticle(pmcid: string, call: () => SourceCall): Promise<OpenArticle | undefined> {
  const version = newest(await listed(`${pmcid}.`, call()), pmcid);
  if (!version) return undefined;
  const { value } = await askJson(
    BUCKET,
    {
      path: `/${version}/${version}.json`,
      ttlSeconds: DAY,
      isAnswer: (answer) => typeof answer === "object" && answer !== null,
    },
    call(),
  );
  const { xml_url: address, license_code: licence, is_retracted: retracted } = value as Description;
  const key = keyOf(address);
  if (!key) return undefined;
  const { text, fetchedAt, stale } = await askText(
    BUCKET,
    { path: key, ttlSeconds: 7 * DAY, maxBytes: MAX_BYTES, verify: ({ text: xml }) => refuseTorn(xml) },
    call(),
  );
  return {
    xml: text,
    ...(licence ? { licence } : {}),
    retracted: retracted === true || /^(?:true|yes)$/i.test(String(retracted)),
    fetchedAt,
    stale,
  };
}

interface Description {
  /** `s3://pmc-oa-opendata/PMC123.1/PMC123.1.xml?md5=…`, or the same over https. */
  xml_url?: string;
  license_code?: string;
  is_retracted?: boolean | string;
}

/** Folders in the bucket with this beginning. */
async function listed(prefix: string, call: SourceCall): Promise<string[]> {
  const parameters = { "list-type": "2", prefix, delimiter: "/" };
  const { text } = await askText(
    BUCKET,
    { path: "/", parameters, ttlSeconds: DAY, verify: ({ text: xml }) => void prefixesIn(xml) },
    call,
  );
  return prefixesIn(text);
}

/** @throws ToolError */
function prefixesIn(xml: string): string[] {
  try {
    const root = parseXml(xml);
    if (root.name !== "ListBucketResult") throw new Error(`a ${root.name}`);
    return children(root, "CommonPrefixes").map((folder) => textOf(at(folder, "Prefix")).replace(/\/$/, ""));
  } catch (error) {
    throw unavailable(`${BUCKET.name} answered with no list (${(error as Error).message})`);
  }
}

/** `PMC123.10` is newer than `PMC123.2`. */
function newest(folders: readonly string[], pmcid: string): string | undefined {
  const versions = folders.flatMap((folder) =>
    folder.startsWith(`${pmcid}.`) ? Number(folder.slice(pmcid.length + 1)) : [],
  );
  const last = Math.max(...versions.filter(Number.isInteger));
  return Number.isFinite(last) ? `${pmcid}.${last}` : undefined;
}

/** The path within the bucket: no other host is ever asked, whatever the description says. */
function keyOf(address: string | undefined): string | undefined {
  const path = address && URL.canParse(address) ? new URL(address).pathname : undefined;
  return path && /^\/[\w.-]+\/[\w.-]+\.xml$/.test(path) ? path : undefined;
}

function refuseTorn(xml: string): void {
  if (!/<\/article>\s*(?:<\/[\w-]+>\s*)?$/.test(xml.slice(-2000)))
    throw unavailable(`a text from ${BUCKET.name} was cut off`);
}
