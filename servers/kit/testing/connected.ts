/** A real MCP client of a server in this process. */
import { Client, InMemoryTransport, type ClientOptions } from "@modelcontextprotocol/client";
import type { ServerFactory } from "../index.ts";

export async function connected(factory: ServerFactory, options?: ClientOptions): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: "test", version: "1" }, options);
  await Promise.all([factory.create().connect(far), client.connect(near)]);
  return client;
}
