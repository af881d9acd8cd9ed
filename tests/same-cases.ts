/**
 * Properties are tried on the same cases in every run: whether a change is good never hangs on luck. Other cases, and
 * more of them, are for `npm run test:wild`.
 */
import fc from "fast-check";

fc.configureGlobal(process.env["WILD_TESTS"] ? { numRuns: 1000 } : { seed: 20_261_123 });
