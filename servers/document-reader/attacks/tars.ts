/** tar archives whose headers lie. */
import { makeTar } from "../testing/tar.ts";
import type { Attack } from "./attack.ts";

export const tars: Attack[] = [
  {
    what: "tar names that climb out",
    name: "a.tar",
    bytes: () => makeTar([{ path: "../../x", data: "x" }]),
    reads: /not read: its name leads out/,
  },
  {
    what: "tar links to the system",
    name: "a.tar",
    bytes: () => makeTar([{ path: "l", type: "2", link: "/etc/passwd" }]),
    member: "l",
    refused: /is a link/,
  },
  {
    what: "tar hard links",
    name: "a.tar",
    bytes: () => makeTar([{ path: "l", type: "1", link: "/etc/passwd" }]),
    reads: /not read: it is a link/,
  },
  {
    what: "tar sizes below zero",
    name: "a.tar",
    bytes: () => makeTar([{ path: "a", data: "x", size: "-0000000777\0" }]),
    reads: /a \| /,
  },
  {
    what: "tar sizes beyond all numbers",
    name: "a.tar",
    bytes: () => makeTar([{ path: "a", data: "x", size: "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff" }]),
    member: "a",
    refused: /cut off|limit/,
  },
  {
    what: "tar sizes of 8 GB",
    name: "a.tar",
    bytes: () => makeTar([{ path: "a", data: "x", size: "77777777777\0" }]),
    reads: /not read: the archive is cut off within it/,
  },
  {
    what: "a tar name of 100 MB",
    name: "a.tar",
    bytes: () =>
      makeTar([
        { path: "n", type: "L", data: "n".repeat(10_000_000) },
        { path: "a", data: "x" },
      ]),
    reads: /1 file/,
  },
  {
    what: "tar with a wrong checksum",
    name: "a.tar",
    bytes: () => {
      const tar = Buffer.from(makeTar([{ path: "a", data: "x" }]));
      tar[0] = 0x62;
      return tar;
    },
    refused: /damaged/,
  },
];
