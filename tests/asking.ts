/** The five servers over one knowledge folder in this process, and the planner that asks them. */
import { inProcess, loadPolicy, openPool, runSession, type Outcome } from "../host/index.ts";
import { openServers } from "../servers/commands/registry.ts";
import type { Workplace } from "./workplace.ts";

export interface Asking {
  ask(question: string): Promise<Outcome>;
  close(): Promise<void>;
}

/** @param knowledge name of the folder, as `--knowledge` takes it */
export async function openAsking({ home }: Workplace, knowledge: string): Promise<Asking> {
  const factories = await openServers({ knowledge });
  const pool = await openPool(inProcess(factories), {});
  const settings = { name: "planner" };
  return {
    async ask(question) {
      const policy = await loadPolicy(settings);
      return runSession({ home, pool, policy, question, settings, knowledge, version: "test" });
    },
    async close() {
      await pool.close();
      await Promise.all(factories.map((f) => f.close()));
    },
  };
}
