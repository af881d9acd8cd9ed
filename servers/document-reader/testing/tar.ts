/** tar archives, honest and hostile. */

export interface TarFile {
  path: string;
  data?: string;
  /** `0` file, `2` link, `5` folder, `L` long name, `x` PAX header. */
  type?: string;
  /** What the header claims instead of the truth. */
  size?: string;
  link?: string;
}

export function makeTar(files: readonly TarFile[]): Uint8Array {
  const blocks: Buffer[] = [];
  for (const { path, data = "", type = "0", size, link = "" } of files) {
    const body = Buffer.from(data);
    const header = Buffer.alloc(512);
    header.write(path, 0, 100);
    header.write("0000644\0", 100);
    header.write(size ?? `${body.length.toString(8).padStart(11, "0")}\0`, 124, 12, "latin1");
    header.write("        ", 148);
    header.write(type, 156);
    header.write(link, 157, 100);
    header.write("ustar\x0000", 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    blocks.push(header, body, Buffer.alloc((512 - (body.length % 512)) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
