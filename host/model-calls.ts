/** The recorded way to a model: each call is one `model.called`, also where it failed; a replay gives what was recorded. */
import { InfrastructureError } from "./policy.ts";
import type { CallModel, ModelReply } from "./policy.ts";
import type { Journal } from "./journal.ts";
import { roundMs } from "./clock.ts";

/** The call was cut off: by the user, or because the time was up. */
export class ModelInterrupted extends Error {
  override readonly name = "ModelInterrupted";
  override readonly cause: "aborted" | "time_limit";

  constructor(cause: "aborted" | "time_limit") {
    super(cause);
    this.cause = cause;
  }
}

/** `left` gives the milliseconds that a call beginning now may take. */
export function modelCaller(journal: Journal, step: number, signal: AbortSignal, left: () => number): CallModel {
  return async (request, ask) => {
    const recorded = journal.recordedModel();
    const { reply, ms } = recorded
      ? { reply: recorded as ModelReply, ms: recorded.ms }
      : await timed(ask, signal, left(), journal);
    const { message, finishReason, promptTokens, completionTokens, cost } = reply;
    journal.append({
      type: "model.called",
      step,
      request,
      message,
      ...(finishReason === undefined ? {} : { finishReason }),
      promptTokens,
      completionTokens,
      ...(cost === undefined ? {} : { cost }),
      ms,
    });
    if (finishReason === "aborted" || finishReason === "time_limit") throw new ModelInterrupted(finishReason);
    if (finishReason === "error") throw new InfrastructureError((message as { error: string }).error);
    return reply;
  };
}

async function timed(
  ask: (signal: AbortSignal) => Promise<ModelReply>,
  signal: AbortSignal,
  left: number,
  { clock }: Journal,
): Promise<{ reply: ModelReply; ms: number }> {
  const began = clock.tick();
  const deadline = AbortSignal.timeout(Math.ceil(left) + 5);
  const reply = await ask(AbortSignal.any([signal, deadline])).catch((error: unknown): ModelReply => {
    if (error instanceof Error && error.name === "CassetteMiss") throw error;
    const finishReason = signal.aborted ? "aborted" : deadline.aborted ? "time_limit" : "error";
    const text = error instanceof Error ? error.message : String(error);
    return { message: { error: text }, finishReason, promptTokens: 0, completionTokens: 0 };
  });
  // What goes on is what the log keeps, so that a replay goes on with the same.
  return { reply: JSON.parse(JSON.stringify(reply)) as ModelReply, ms: roundMs(clock.tick() - began) };
}
