/** Width and height of an image from its header, before anything decodes it. */
import { refusedAsBomb, unreadable } from "../failures.ts";

const MAX_SIDE = 16_384;
const MAX_PIXELS = 100_000_000;

interface Size {
  width: number;
  height: number;
}

/** @throws ToolError where the image is broken, or larger than any model or screen takes */
export function checkImage(bytes: Uint8Array, type: string): void {
  const size = imageSize(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), type);
  if (!size || size.width === 0 || size.height === 0) {
    throw unreadable("the image is damaged: it has no size", "look for another copy of it");
  }
  const { width, height } = size;
  if (Math.max(width, height) > MAX_SIDE || width * height > MAX_PIXELS) {
    throw refusedAsBomb(`the image claims ${width} × ${height} pixels`);
  }
}

function imageSize(data: Buffer, type: string): Size | undefined {
  switch (type) {
    case "image/png":
      return data.length >= 24 && data.toString("latin1", 12, 16) === "IHDR"
        ? { width: data.readUInt32BE(16), height: data.readUInt32BE(20) }
        : undefined;
    case "image/gif":
      return largestFrame(data);
    case "image/jpeg":
      return jpegSize(data);
    case "image/webp":
      return webpSize(data);
    default:
      return undefined;
  }
}

/** The canvas, or a frame that is larger than it. */
function largestFrame(data: Buffer): Size | undefined {
  if (data.length < 13) return undefined;
  const size = { width: data.readUInt16LE(6), height: data.readUInt16LE(8) };
  const flags = data[10]!;
  let at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  while (at + 10 < data.length && data[at] !== 0x3b) {
    if (data[at] === 0x2c) {
      size.width = Math.max(size.width, data.readUInt16LE(at + 5));
      size.height = Math.max(size.height, data.readUInt16LE(at + 7));
      const local = data[at + 9]!;
      at += 11 + (local & 0x80 ? 3 * 2 ** ((local & 7) + 1) : 0);
    } else if (data[at] === 0x21) at += 2;
    else return size;
    while (at < data.length && data[at] !== 0) at += 1 + data[at]!;
    at += 1;
  }
  return size;
}

function jpegSize(data: Buffer): Size | undefined {
  let at = 2;
  while (at + 9 < data.length) {
    if (data[at] !== 0xff) return undefined;
    const marker = data[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // Start of frame, in all its kinds; not the tables among them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
    }
    at += 2 + (marker >= 0xd0 && marker <= 0xd9 ? 0 : data.readUInt16BE(at + 2));
  }
  return undefined;
}

function webpSize(data: Buffer): Size | undefined {
  if (data.length < 30) return undefined;
  const kind = data.toString("latin1", 12, 16);
  if (kind === "VP8X") return { width: 1 + data.readUIntLE(24, 3), height: 1 + data.readUIntLE(27, 3) };
  if (kind === "VP8 ") return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff };
  if (kind !== "VP8L") return undefined;
  const bits = data.readUInt32LE(21);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}
