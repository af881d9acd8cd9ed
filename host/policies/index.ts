/** The policies that can be asked for by name, each imported only when it is. */
import type { PolicyFactory, PolicySettings } from "../session.ts";

export const POLICY_NAMES = ["planner", "llm"] as const;

/** Loads the policy that the settings name. @throws Error where there is none of that name. */
export async function loadPolicy({ name }: PolicySettings): Promise<PolicyFactory> {
  switch (name) {
    case "planner": {
      const { planner } = await import("./planner/index.ts");
      return () => planner();
    }
    case "llm": {
      const { llm } = await import("./llm/index.ts");
      return (settings, tools) => llm(settings, tools);
    }
    default:
      throw new Error(`there is no policy called ${name}; known: ${POLICY_NAMES.join(", ")}`);
  }
}
