/** The pool's tools under names that models and endpoints accept, and the way back. */
import type { ToolDefinition } from "../../tools/connection.ts";
import { SUBMIT_TOOL } from "./prompt.ts";

/** A function as chat endpoints describe it. */
export interface ModelTool {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
}

export interface ToolTable {
  tools: readonly ModelTool[];
  find(name: string): { server: string; tool: string } | undefined;
  /** The name under which a tool is given; a plain one where it is none of these. */
  nameOf(call: { server: string; tool: string }): string;
}

/** Endpoints take `[A-Za-z0-9_-]{1,64}`. */
const MAX_NAME = 64;

export function toolTable(definitions: readonly ToolDefinition[]): ToolTable {
  const byName = new Map<string, ToolDefinition>();
  for (const definition of definitions) byName.set(freeName(definition, byName), definition);
  const tools = [...byName].map(([name, { description = "", inputSchema }]) => ({
    name,
    description,
    parameters: inputSchema,
  }));
  return {
    tools,
    find(name) {
      const found = byName.get(name);
      return found && { server: found.server, tool: found.tool };
    },
    nameOf({ server, tool }) {
      for (const [name, known] of byName) if (known.server === server && known.tool === tool) return name;
      return server ? `${server}__${tool}` : tool;
    },
  };
}

function freeName({ server, tool }: ToolDefinition, taken: ReadonlyMap<string, unknown>): string {
  const name = `${server}__${tool}`.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, MAX_NAME);
  for (let n = 2; ; n++) {
    const candidate = n === 2 ? name : `${name.slice(0, MAX_NAME - 3)}_${n - 1}`;
    if (!taken.has(candidate) && candidate !== SUBMIT_TOOL.name) return candidate;
  }
}
