/** A tool as data: schemas at module scope (building them per request costs milliseconds), and one function that runs. */
import type { z } from "zod";
import type { Picture } from "./pictures.ts";

export interface ToolContext<Engine> {
  engine: Engine;
  signal: AbortSignal;
  /** Reported to clients that asked for progress; free where none did. */
  progress: (done: number, total?: number, message?: string) => void;
}

export interface Tool<Engine, Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  /** verb_noun, ≤ 40 characters. */
  name: string;
  title: string;
  /** Three or four sentences for a model, with when NOT to use the tool. */
  description: string;
  input: Input;
  output: Output;
  annotations: { readOnlyHint: boolean; openWorldHint: boolean; idempotentHint: boolean; destructiveHint?: boolean };
  /** Lists of the result that may be shortened from their ends when it exceeds the byte budget, least needed first. */
  trim?: readonly (string & keyof z.infer<Output>)[];
  /** The result as a picture; the tool's input then has `picture: pictureArgument`. */
  picture?: Picture<z.infer<Input>, z.infer<Output>>;
  run(args: z.infer<Input>, context: ToolContext<Engine>): Promise<z.input<Output>> | z.input<Output>;
}

/** Infers the argument types of `run` from the schemas. */
export function defineTool<Engine>() {
  return <Input extends z.ZodObject, Output extends z.ZodObject>(tool: Tool<Engine, Input, Output>): Tool<Engine> =>
    tool;
}

/** Annotations of a tool that only reads what is stored here. */
export const READS_LOCAL = { readOnlyHint: true, openWorldHint: false, idempotentHint: true } as const;
/** Annotations of a tool that reads from live sources. */
export const READS_WORLD = { readOnlyHint: true, openWorldHint: true, idempotentHint: true } as const;
