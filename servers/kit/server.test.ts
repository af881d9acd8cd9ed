import { afterEach, describe, expect, it } from "vitest";
import { toyEngine, toyServer } from "./testing/toy.ts";
import { connected } from "./testing/connected.ts";

let close: () => Promise<void> = async () => {};
afterEach(() => close());

async function connect(engine = toyEngine()) {
  const factory = toyServer(engine);
  const client = await connected(factory);
  close = async () => {
    await client.close();
    await factory.close();
  };
  return { client, engine, factory };
}

interface Content {
  text: string;
}
const failureOf = (result: { content: unknown }) =>
  (JSON.parse((result.content as Content[])[0]!.text) as { error: Record<string, unknown> }).error;

describe("a server of the kit", () => {
  it("says who it is and what it is for", async () => {
    const { client } = await connect();
    expect(client.getServerVersion()).toMatchObject({ name: "toy", title: "Toy" });
    expect(client.getInstructions()).toContain("echo_text");
  });

  it("lists tools with input and output schemas", async () => {
    const { client } = await connect();
    const { tools } = await client.listTools();
    const echo = tools.find((tool) => tool.name === "echo_text")!;
    expect(echo).toMatchObject({ title: "Echo", annotations: { readOnlyHint: true } });
    expect(echo.inputSchema).toMatchObject({
      required: ["text"],
      additionalProperties: false,
      properties: { times: { type: "integer", minimum: 1, maximum: 1000 } },
    });
    expect(echo.inputSchema.properties!["maxLength"]).not.toHaveProperty("maximum");
    expect(echo.outputSchema).toMatchObject({ type: "object", required: ["echoed", "tags"] });
  });

  it("answers with structured content and the same as text", async () => {
    const { client } = await connect();
    const result = await client.callTool({
      name: "echo_text",
      arguments: { text: "hello", times: "2", colour: "red" },
    });
    expect(result.structuredContent).toMatchObject({
      echoed: ["hello", "hello"],
      documents: [],
      notes: [expect.stringContaining("colour")],
    });
    expect(JSON.parse((result.content as unknown as Content[])[0]!.text)).toEqual(result.structuredContent);
  });

  it("fails with reason, message, recovery and retryable", async () => {
    const { client } = await connect();
    const missing = await client.callTool({ name: "fail_always", arguments: { how: "not_found" } });
    expect(missing.isError).toBe(true);
    expect(failureOf(missing)).toEqual({
      reason: "not_found",
      message: "the toy was not found",
      recovery: "look elsewhere",
      retryable: false,
    });
    const crashed = await client.callTool({ name: "fail_always", arguments: { how: "crash" } });
    expect(failureOf(crashed)).toMatchObject({ reason: "internal", message: "a bug" });
    const wrong = await client.callTool({ name: "echo_text", arguments: { times: 3 } });
    expect(failureOf(wrong)).toMatchObject({
      reason: "invalid_arguments",
      message: "echo_text: text: is required and was not given",
      recovery: 'send {text: string, times?: integer, tags?: [string], mode?: "plain" | "loud", maxLength?: integer}',
    });
  });

  it("rejects an unknown tool as a protocol error", async () => {
    const { client } = await connect();
    for (const name of ["no_such_tool", "__proto__", "constructor", ""]) {
      await expect(client.callTool({ name, arguments: {} })).rejects.toMatchObject({ code: -32602 });
    }
  });

  it("reports progress and stops when the caller does", async () => {
    const { client, engine } = await connect();
    const seen: number[] = [];
    const onprogress = ({ progress }: { progress: number }) => void seen.push(progress);
    await client.callTool({ name: "wait_long", arguments: { steps: 3, ms: 5 } }, { onprogress });
    expect(seen).toEqual([1, 2, 3]);
    const abort = new AbortController();
    const call = client.callTool(
      { name: "wait_long", arguments: { steps: 100_000, ms: 5 } },
      { signal: abort.signal, onprogress: () => abort.abort() },
    );
    await expect(call).rejects.toThrow(/abort/i);
    await expect.poll(() => engine.cancelled).toBe(1);
  });

  it("stays within the byte budget and says what it left out", async () => {
    const { client } = await connect();
    const text = "x".repeat(1000);
    const result = await client.callTool({ name: "echo_text", arguments: { text, times: 100 } });
    const { echoed, truncated } = result.structuredContent as { echoed: string[]; truncated: { echoed: number } };
    expect(JSON.stringify(result.structuredContent).length).toBeLessThanOrEqual(32 * 1024);
    expect(echoed.length + truncated.echoed).toBe(100);
  });

  it("sends text that every client can decode", async () => {
    const { client } = await connect();
    const result = await client.callTool({ name: "echo_text", arguments: { text: "heart 💊", maxLength: 7 } });
    expect(result.structuredContent).toMatchObject({ echoed: ["heart \uFFFD"] });
  });

  it("opens its engine on the first call and closes it once", async () => {
    const { client, engine, factory } = await connect();
    await factory.close();
    expect(engine.closed).toBe(false);
    await client.callTool({ name: "echo_text", arguments: { text: "x" } });
    await factory.close();
    expect(engine.closed).toBe(true);
  });
});
