/** A port in front of a server that can go away and come back: while it is away, connections to it break. For tests. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";

/** Where nobody listens: no port that the system gives out, and none that `fetch` refuses to ask. */
export const NOBODY = "http://127.0.0.1:2";

export interface Gate {
  port: number;
  /** Hands connections on to this port of the machine; to nobody without one. */
  leadTo(port?: number): void;
  close(): Promise<void>;
}

export async function openGate(): Promise<Gate> {
  let behind: number | undefined;
  const open = new Set<Socket>();
  const gate = createServer((socket) => {
    if (behind === undefined) return socket.destroy();
    const beyond = connect(behind, "127.0.0.1");
    for (const [one, other] of [
      [socket, beyond],
      [beyond, socket],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy()).on("close", () => (open.delete(one), other.destroy()));
      one.pipe(other);
    }
    return undefined;
  }).listen(0, "127.0.0.1");
  await once(gate, "listening");
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (gate.address() as AddressInfo).port,
    leadTo(port) {
      behind = port;
      cut();
    },
    async close() {
      gate.close();
      cut();
      await once(gate, "close");
    },
  };
}
