/** Answers that no document can be read from, known by their type before anything of them is read. */
import { ToolError } from "./failure.ts";

/** What never ends. */
const STREAMS =
  /^(?:multipart\/x-mixed-replace|text\/event-stream|application\/(?:vnd\.apple\.mpegurl|x-mpegurl|dash\+xml|grpc))/;
const PROGRAMS =
  /^application\/(?:x-msdownload|x-msdos-program|x-dosexec|x-executable|x-elf|x-sharedlib|x-mach-binary|vnd\.microsoft\.portable-executable|vnd\.android\.package-archive|java-archive|java-vm|wasm|x-apple-diskimage|x-iso9660-image|x-ms-installer|x-msi)/;
const OTHERS = /^(?:font\/|application\/(?:font-|x-font|vnd\.ms-fontobject|dns-message|ocsp-response|pkix-cert))/;

/** @throws ToolError `refused` */
export function refuseUnreadable({ url, status, headers }: { url: URL; status: number; headers: Headers }): void {
  if (status < 200 || status >= 300) return;
  const type = (headers.get("content-type") ?? "").trim().toLowerCase();
  const what =
    (STREAMS.test(type) && "a stream without an end") ||
    (PROGRAMS.test(type) && "a program or a disk") ||
    (OTHERS.test(type) && "no document");
  if (!what) return;
  throw new ToolError({
    reason: "refused",
    message: `${url.host} answers with ${what} (${type.slice(0, 80)}), which is not read`,
    recovery: "give the address of a page or a document",
    retryable: false,
  });
}
