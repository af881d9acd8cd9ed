/** Which Neo4j is meant: `NEO4J_URL`, `NEO4J_USER`, `NEO4J_PASSWORD`. Without an address the graph is embedded. */
import { ToolError } from "../../kit/index.ts";

export interface Neo4jSettings {
  /** `bolt://host:7687`, `neo4j://…`, or these with `+s`. */
  url: string;
  user: string;
  /** Empty where the server asks for none. */
  password: string;
}

const SCHEMES = /^(?:bolt|neo4j)(?:\+s|\+ssc)?:\/\/[^/?#]+\/?$/;

/** @returns undefined where `NEO4J_URL` is not set. @throws ToolError where it is no address */
export function neo4jSettings(env: NodeJS.ProcessEnv = process.env): Neo4jSettings | undefined {
  const url = env["NEO4J_URL"]?.trim();
  if (!url) return undefined;
  if (!SCHEMES.test(url) || url.includes("@")) {
    throw new ToolError({
      reason: "misconfigured",
      message: "NEO4J_URL is no address of a Neo4j server",
      recovery:
        "set NEO4J_URL to bolt://HOST:7687 or neo4j://HOST:7687, the name and password to NEO4J_USER and NEO4J_PASSWORD; or unset it to use the embedded store",
      retryable: false,
    });
  }
  return { url, user: env["NEO4J_USER"]?.trim() || "neo4j", password: env["NEO4J_PASSWORD"] ?? "" };
}
