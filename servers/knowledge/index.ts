/** Knowledge folders: how to open one by name, and the stores in it. */
import { defaultKnowledge, openFolder, knowledgePath, dataHome, type Knowledge } from "./folder.ts";
import { ensureGym, gymName, parseGymName } from "./gym/index.ts";
import { ensureStarter } from "./starter/build.ts";

export { DocumentStore } from "./documents.ts";
export type { DocumentRow, StoreState } from "./document-changes.ts";
export {
  dataHome,
  defaultKnowledge,
  knowledgePath,
  openFolder,
  readManifest,
  writeManifest,
  type Knowledge,
} from "./folder.ts";
export { asideOf, type Adjacency, type GraphArrays } from "./adjacency.ts";
export { GraphStore, type Edge, type EntityBrief, type EntityRow, type NameRow, type StoredRelation } from "./graph.ts";
export { linkName, linkText, type LinkNameOptions, type LinkOptions } from "./linking.ts";
export { allowedTypos, editDistance, normaliseName, words, type Word } from "./names.ts";
export {
  briefAt,
  categoryNames,
  degreeOf,
  neighboursOf,
  predicateRows,
  relationCounts,
  relationsBetween,
  type Direction,
  type NeighbourFilter,
  type RelationCount,
} from "./neighbourhood.ts";
export { isPlainWord } from "./plain-words.ts";
export { relationId } from "./relation-identity.ts";
export { sentencesOf } from "./sentences.ts";
export { openDatabase, transaction } from "./sqlite.ts";

/** Opens `starter`, `home`, a world `gym:SEED[:SIZE]` or another folder by name; builds the starter and worlds on first use. */
export function openKnowledge(name = defaultKnowledge(), home = dataHome()): Knowledge {
  if (name === "starter") return openFolder(name, ensureStarter(home));
  const gym = parseGymName(name);
  if (gym) return openFolder(gymName(gym), ensureGym(home, name));
  return openFolder(name, knowledgePath(name, home));
}
