/**
 * Names, at the end of a run, the tests that only passed at their second try, with what failed at the first: they start
 * real processes on a machine that has others to serve, and each of them is still a defect of its test or of the product.
 */
import { styleText } from "node:util";
import type { Reporter, TestCase, TestModule } from "vitest/node";

export class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const late = modules.flatMap((module) =>
      [...module.children.allTests()].filter((test) => test.diagnostic()?.flaky),
    );
    if (late.length === 0) return;
    console.log(styleText("yellow", `\n${late.length} passed only at the second try:`));
    for (const test of late) console.log(`- ${place(test)}\n  ${firstFailure(test)}`);
  }
}

const place = (test: TestCase) => `${test.module.relativeModuleId} > ${test.fullName}`;
const firstFailure = (test: TestCase) => test.result().errors?.[0]?.message.split("\n")[0] ?? "";
