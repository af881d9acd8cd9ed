/** What `cli` hands to the host's commands: the servers' factories and the knowledge's name. The host imports no server. */
import type { PolicyFactory, PolicySettings } from "../session.ts";
import type { ServerFactoryLike } from "../tools/specs.ts";

export interface HostParts {
  /** The five servers over one knowledge folder, ready to be connected in this process. */
  openServers(settings: { knowledge?: string }): Promise<ServerFactoryLike[]>;
  /** The folder that is meant where none is named. */
  knowledgeName(name?: string): string | Promise<string>;
  /** Other policies than the host's own, for tests. */
  loadPolicy?: (settings: PolicySettings) => Promise<PolicyFactory>;
  version: string;
}
