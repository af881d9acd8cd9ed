/** The last messages of one HTTP session, so that a client whose stream broke goes on where it stopped. */
import type { EventStore, JSONRPCMessage } from "@modelcontextprotocol/server";

interface Stored {
  stream: string;
  message: JSONRPCMessage;
}

/** Keeps the latest `capacity` messages in memory. */
export class RecentEvents implements EventStore {
  readonly #events = new Map<string, Stored>();
  readonly #capacity: number;
  #next = 1;

  constructor(capacity = 200) {
    this.#capacity = capacity;
  }

  async storeEvent(stream: string, message: JSONRPCMessage): Promise<string> {
    const id = String(this.#next++);
    this.#events.set(id, { stream, message });
    if (this.#events.size > this.#capacity) this.#events.delete(this.#events.keys().next().value!);
    return id;
  }

  async getStreamIdForEventId(id: string): Promise<string | undefined> {
    return this.#events.get(id)?.stream;
  }

  async replayEventsAfter(
    last: string,
    { send }: { send: (id: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const stream = this.#events.get(last)?.stream;
    if (stream === undefined) throw new Error(`event ${last} is no longer kept`);
    for (const [id, event] of this.#events) {
      const isLater = Number(id) > Number(last);
      // A priming event carries no message.
      if (isLater && event.stream === stream && "jsonrpc" in event.message) await send(id, event.message);
    }
    return stream;
  }
}
