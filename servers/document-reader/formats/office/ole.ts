/** Files in Microsoft's old container: locked Office files and formats from before 2007, told apart and refused with what to do. */
import { unreadable, unsupported } from "../failures.ts";

const STREAMS: readonly [stream: string, what: string, as: string][] = [
  ["WordDocument", "a Word file of before 2007 (DOC)", "DOCX or PDF"],
  ["Workbook", "an Excel file of before 2007 (XLS)", "XLSX or CSV"],
  ["Book", "an Excel file of before 1997 (XLS)", "XLSX or CSV"],
  ["PowerPoint Document", "a PowerPoint file of before 2007 (PPT)", "PPTX or PDF"],
  ["__properties_version1.0", "an Outlook message (MSG)", "text or PDF"],
];

/** @throws ToolError always */
export function refuseOle(bytes: Uint8Array): never {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const holds = (name: string) => data.includes(Buffer.from(name, "utf16le"));
  if (holds("EncryptedPackage")) {
    throw unreadable(
      "the Office file is protected by a password",
      "save it without the password, or look for an open copy",
    );
  }
  const found = STREAMS.find(([stream]) => holds(stream));
  throw unsupported(
    found?.[1] ?? "a file in Microsoft's old container format",
    `save it as ${found?.[2] ?? "DOCX, XLSX or PDF"}`,
  );
}
