/** Images, audio and video that claim too much. A model is configured, and never asked. */
import { bytesOf, type Attack } from "./attack.ts";

const be32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const le16 = (n: number) => [n & 255, n >>> 8];
const png = (width: number, height: number) =>
  bytesOf([0x89], "PNG\r\n\x1a\n", be32(13), "IHDR", be32(width), be32(height), [8, 6, 0, 0, 0], be32(0));
const gif = (width: number, height: number, frame: [number, number]) =>
  bytesOf(
    "GIF89a",
    le16(width),
    le16(height),
    [0, 0, 0],
    ",",
    le16(0),
    le16(0),
    le16(frame[0]),
    le16(frame[1]),
    [0, 2, 2, 0x4c, 1, 0],
    ";",
  );
const jpeg = (width: number, height: number) =>
  bytesOf(
    [
      0xff,
      0xd8,
      0xff,
      0xe0,
      0,
      4,
      0,
      0,
      0xff,
      0xc0,
      0,
      11,
      8,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      1,
      1,
      0x11,
      0,
    ],
    new Uint8Array(20),
  );
const webp = (width: number, height: number) =>
  bytesOf(
    "RIFF",
    [30, 0, 0, 0],
    "WEBPVP8X",
    [10, 0, 0, 0, 0, 0, 0, 0],
    [(width - 1) & 255, ((width - 1) >> 8) & 255, (width - 1) >> 16],
    [(height - 1) & 255, ((height - 1) >> 8) & 255, (height - 1) >> 16],
    new Uint8Array(8),
  );

const PIXELS = /claims \d+ × \d+ pixels/;

export const pictures: Attack[] = [
  { what: "a PNG of 4 thousand million pixels", name: "a.png", bytes: () => png(65_535, 65_535), refused: PIXELS },
  { what: "a PNG as long as a road", name: "a.png", bytes: () => png(1, 2_000_000_000), refused: PIXELS },
  { what: "a PNG of no size", name: "a.png", bytes: () => png(0, 0), refused: /no size/ },
  { what: "a PNG without its head", name: "a.png", bytes: () => png(10, 10).subarray(0, 14), refused: /no size/ },
  { what: "a JPEG of 4 thousand million pixels", name: "a.jpg", bytes: () => jpeg(65_535, 65_535), refused: PIXELS },
  {
    what: "a JPEG whose parts lead nowhere",
    name: "a.jpg",
    bytes: () => bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 0], new Uint8Array(50)),
    refused: /no size/,
  },
  {
    what: "a JPEG of nothing but fill",
    name: "a.jpg",
    bytes: () => bytesOf([0xff, 0xd8], new Uint8Array(1_000_000).fill(0xff)),
    refused: /no size/,
  },
  {
    what: "a GIF whose frame is larger than its canvas",
    name: "a.gif",
    bytes: () => gif(1, 1, [65_535, 65_535]),
    refused: PIXELS,
  },
  { what: "a GIF that is cut off", name: "a.gif", bytes: () => gif(1, 1, [1, 1]).subarray(0, 9), refused: /no size/ },
  {
    what: "a WebP of 280 million million pixels",
    name: "a.webp",
    bytes: () => webp(16_777_216, 16_777_216),
    refused: PIXELS,
  },
  {
    what: "a TIFF, which models do not take",
    name: "a.tif",
    bytes: () => bytesOf("II*\0", new Uint8Array(100)),
    refused: /do not take/,
  },
  {
    what: "a picture of 30 MB",
    name: "a.png",
    bytes: () => bytesOf(png(10, 10), new Uint8Array(30_000_000)),
    refused: /limit is/,
  },
  {
    what: "a recording of 40 MB",
    name: "a.mp3",
    bytes: () => bytesOf("ID3\x03", new Uint8Array(40_000_000)),
    refused: /limit is/,
  },
  {
    what: "a picture that calls itself text",
    name: "a.txt",
    bytes: () => png(65_535, 65_535),
    contentType: "text/plain",
    refused: PIXELS,
  },
];
