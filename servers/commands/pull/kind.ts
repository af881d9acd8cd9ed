/** What can be pulled: a kind is a walk over the files that its publisher offers. */
import type { HttpClient } from "../../kit/http/index.ts";

export interface RemoteFile {
  /** The name of the copy, without folders. */
  name: string;
  url: URL;
  /** What the publisher says about it. */
  bytes?: number;
  /** Asked for only where the file is fetched. */
  md5?: () => Promise<string>;
  /** Published once and never changed under this name: a copy is not asked for again. */
  fixed?: boolean;
}

export interface PullContext {
  http: HttpClient;
  signal: AbortSignal;
  /** Words to choose by, for kinds that are asked and not listed. */
  query?: string;
  /** The folder that the files go into, for kinds that read on from what was fetched. */
  folder: string;
}

export interface PullKind {
  kind: string;
  /** One line for the usage text. */
  describe: string;
  /** A folder of its own within the downloads, where one is needed. */
  subfolder?(context: Omit<PullContext, "folder">): Promise<string>;
  /** In the order in which they are imported. A walk may read the file that it gave last. @throws ToolError */
  files(context: PullContext): AsyncIterable<RemoteFile>;
}

/** The last part of an address as a file name that cannot lead out of a folder. @throws Error where there is none */
export function fileName(url: URL): string {
  const name = decodeURIComponent(url.pathname.split("/").at(-1) ?? "");
  if (!/^[\w][\w.+-]*$/.test(name)) throw new Error(`${url.href} ends in no file name`);
  return name;
}

/** A base address, from the environment or the publisher's own, that paths are added to. */
export function baseOf(variable: string, official: string): string {
  return (process.env[variable] || official).replace(/\/*$/, "/");
}
