/**
 * What `tools/list` says of a tool's schemas. Inputs are given in full; outputs by their fields alone (the whole
 * contract is in schemas/), since every client pays for this list in tokens. Converted once per tool.
 */
import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { Tool } from "./tool.ts";

type JsonObject = Record<string, unknown>;
const inputs = new WeakMap<object, StandardSchemaWithJSON>();
const outputs = new WeakMap<object, StandardSchemaWithJSON>();

/** Advertises the input schema; accepts anything, since `readArguments` judges with better errors. */
export function inputOutline<Engine>(tool: Tool<Engine>): StandardSchemaWithJSON {
  return memoised(inputs, tool, () => {
    const { $schema: _, ...json } = z.toJSONSchema(tool.input, { io: "input", override: withoutNoise }) as JsonObject;
    return { ...json, additionalProperties: false };
  });
}

export function outputOutline<Engine>(tool: Tool<Engine>): StandardSchemaWithJSON {
  return memoised(outputs, tool, () => {
    const json = z.toJSONSchema(tool.output, { io: "input" }) as {
      properties?: Record<string, JsonObject>;
      required?: string[];
    };
    const properties = Object.fromEntries(
      Object.entries(json.properties ?? {}).map(([key, field]) => [key, fieldOutline(field)]),
    );
    return { type: "object", properties, ...(json.required ? { required: json.required } : {}) };
  });
}

/** An integer's bounds are said only where the tool set them. */
function withoutNoise({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function fieldOutline(field: JsonObject): JsonObject {
  const { type, enum: values } = field;
  return { ...(type ? { type } : {}), ...(values ? { enum: values } : {}) };
}

function memoised(
  cache: WeakMap<object, StandardSchemaWithJSON>,
  tool: object,
  make: () => JsonObject,
): StandardSchemaWithJSON {
  let schema = cache.get(tool);
  if (!schema) {
    // Converted when a client first asks: it takes longer than the rest of the start.
    let json: JsonObject | undefined;
    const convert = () => (json ??= make());
    schema = {
      "~standard": {
        version: 1,
        vendor: "medresearcher",
        validate: (value: unknown) => ({ value }),
        jsonSchema: { input: convert, output: convert },
      },
    };
    cache.set(tool, schema);
  }
  return schema;
}
