/** One progress of several parts that go on at the same time: it only rises, as clients expect, and each part says how far it is. */
import type { CallContext } from "./retriever.ts";

/** The context with a progress that counts reports; what a part counts itself stands in the message. */
export function risingProgress(context: CallContext): CallContext {
  const { progress } = context;
  if (!progress) return context;
  let reports = 0;
  return {
    ...context,
    progress(done, total, message = "") {
      reports += 1;
      progress(reports, undefined, total === undefined ? message : `${message} (${done} of ${total})`);
    },
  };
}
