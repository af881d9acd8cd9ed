/** What is too long to be a name: cut or left out before it reaches a store, and told, so that one row cannot spoil the rest. */
import type { Entity } from "../../schemas/index.ts";

const LONGEST_ID = 500;
const LONGEST_NAME = 1000;
const LONGEST_DESCRIPTION = 50_000;

/** The entity within limits, or undefined where its id is too long. @param told why something was cut or left out */
export function withinLimits(entity: Entity, told: (reason: string) => void): Entity | undefined {
  const { id, name, synonyms, description } = entity;
  if (id.length > LONGEST_ID) {
    told(`id ${id.slice(0, 60)}… has ${id.length} characters: left out`);
    return undefined;
  }
  const cut: Partial<Entity> = {};
  if (name.length > LONGEST_NAME) {
    told(`${id}: a name of ${name.length} characters, cut to ${LONGEST_NAME}`);
    cut.name = cutTo(name, LONGEST_NAME);
  }
  if (synonyms?.some((synonym) => synonym.length > LONGEST_NAME)) {
    told(`${id}: a synonym of more than ${LONGEST_NAME} characters, left out`);
    cut.synonyms = synonyms.filter((synonym) => synonym.length <= LONGEST_NAME);
  }
  if (description && description.length > LONGEST_DESCRIPTION) {
    told(`${id}: a description of ${description.length} characters, cut to ${LONGEST_DESCRIPTION}`);
    cut.description = cutTo(description, LONGEST_DESCRIPTION);
  }
  return Object.keys(cut).length > 0 ? { ...entity, ...cut } : entity;
}

/** No half of a character at the end. */
function cutTo(text: string, length: number): string {
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
