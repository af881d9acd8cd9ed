/** Connections to hosts that nobody vouches for: their addresses are judged at the socket, what they pack is unpacked strictly. */
import type { LookupFunction } from "node:net";
import type { Dispatcher } from "undici";

/**
 * Undici is loaded with the first. Its own fetch takes a packed answer that was cut off for whole, and keeps the
 * connection of one that says to be packed many times over; its interceptor refuses both.
 */
export async function guardedAgent(lookup: LookupFunction): Promise<Dispatcher> {
  const { Agent, interceptors } = await import("undici");
  const unpacking = silently(() => interceptors.decompress({ skipErrorResponses: false }));
  return new Agent({ connect: { lookup } }).compose(unpacking);
}

/** That it is called experimental is for us to watch (attacks/answers.ts), and not for the user to read. */
function silently<T>(work: () => T): T {
  const emit = process.emitWarning.bind(process);
  process.emitWarning = () => {};
  try {
    return work();
  } finally {
    process.emitWarning = emit;
  }
}
