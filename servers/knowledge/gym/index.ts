/**
 * The gym: fictional, consistent medical worlds, made from (version, seed, size) and nothing else. A world is a graph and
 * documents about it, some of them wrong, many of them idle; it is served like any other knowledge.
 */
export { ensureGym } from "./build.ts";
export { gymName, parseGymName } from "./gym-name.ts";
export { GYM_VERSION } from "./make-world.ts";
export { readGym } from "./read.ts";
