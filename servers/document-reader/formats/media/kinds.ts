/** Images, audio and video by their first bytes. */
/* oxlint-disable no-control-regex -- files begin with such bytes */
import { byteString } from "../charset.ts";

export interface Media {
  bytes: Uint8Array;
  /** MIME type: `image/png`. */
  type: string;
  name: string;
}

const BEGINNINGS: readonly [type: string, pattern: RegExp][] = [
  ["image/png", /^\x89PNG/],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/gif", /^GIF8[79]a/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
  ["image/bmp", /^BM[^]{4}\0\0\0\0/],
  ["image/tiff", /^(?:II\*\0|MM\0\*)/],
  ["image/avif", /^[^]{4}ftypavi[fs]/],
  ["image/heic", /^[^]{4}ftyp(?:heic|heix|hevc|mif1|msf1)/],
  ["audio/mpeg", /^(?:ID3[\x02-\x04]|\xff[\xfb\xf3\xf2])/],
  ["audio/wav", /^RIFF[^]{4}WAVE/],
  ["audio/flac", /^fLaC/],
  ["audio/ogg", /^OggS/],
  ["audio/aac", /^\xff[\xf1\xf9]/],
  ["audio/mp4", /^[^]{4}ftypM4A/],
  ["audio/amr", /^#!AMR/],
  ["audio/aiff", /^FORM[^]{4}AIF[FC]/],
  ["audio/midi", /^MThd\0/],
  ["video/mp4", /^[^]{4}ftyp/],
  ["video/webm", /^\x1a\x45\xdf\xa3/],
  ["video/x-msvideo", /^RIFF[^]{4}AVI /],
  ["video/mpeg", /^\0\0\x01[\xb3\xba]/],
  ["video/x-flv", /^FLV\x01/],
  ["video/x-ms-asf", /^\x30\x26\xb2\x75\x8e\x66\xcf\x11/],
];

/** The MIME type; undefined for what is neither image nor audio nor video. */
export function mediaType(bytes: Uint8Array): string | undefined {
  const head = byteString(bytes, 16);
  return BEGINNINGS.find(([, pattern]) => pattern.test(head))?.[0];
}
