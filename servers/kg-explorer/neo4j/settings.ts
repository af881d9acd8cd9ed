/** Which Neo4j is meant: `NEO4J_URL`, `NEO4J_USER`, `NEO4J_PASSWORD`. Without an address the graph is embedded. */
import { ToolError } from "../../kit/index.ts";

export interface Neo4jSettings {
  /** `bolt://host:7687`, `neo4j://…`, or these with `+s`. */
  url: string;
  user: string;
  /** Empty where the server asks for none. */
  password: string;
}

const ADDRESS = /^(?:bolt|neo4j)(?:\+s|\+ssc)?:\/\/[^/?#@\s]+\/?$/;

/** Undefined where `NEO4J_URL` is not set. */
export function neo4jSettings(env: NodeJS.ProcessEnv = process.env): Neo4jSettings | undefined {
  const url = env["NEO4J_URL"]?.trim();
  if (!url) return undefined;
  return { url, user: env["NEO4J_USER"]?.trim() || "neo4j", password: env["NEO4J_PASSWORD"] ?? "" };
}

/** @throws ToolError where it is no address; the address is not repeated, since it may hold a password */
export function checkAddress({ url }: Neo4jSettings): void {
  if (ADDRESS.test(url)) return;
  throw new ToolError({
    reason: "misconfigured",
    message: "NEO4J_URL is no address of a Neo4j server",
    recovery:
      "the operator sets NEO4J_URL to bolt://HOST:7687 or neo4j://HOST:7687, the name and password to NEO4J_USER and NEO4J_PASSWORD; or unsets it to use the embedded store",
    retryable: false,
  });
}
