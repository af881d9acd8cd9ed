/** Addresses for the servers of tests. What is known of a host is kept by its address: none is given twice. */
import type { AddressInfo, Server } from "node:net";

const given = new Set<number>();

/** Listens on loopback, at a port that no server of this process had before. @returns `http://127.0.0.1:PORT` */
export async function listen(server: Server): Promise<string> {
  for (;;) {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    if (!given.has(port)) {
      given.add(port);
      return `http://127.0.0.1:${port}`;
    }
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Ports below those that are given out, of no service, and not refused by `fetch` itself: nobody listens there, now or later. */
const NOBODYS = [4, 6, 8, 10, 12, 14, 16, 26, 28, 30, 32, 34];

/** An address at which nobody listens: one that was served and is closed may be another's the next moment. @param n from 0, another one each */
export function nobodysAddress(n = 0): string {
  return `http://127.0.0.1:${NOBODYS[n]!}`;
}
