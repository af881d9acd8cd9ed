/** How `npm run test:python` tells the tests that it runs to run what needs Python. */
const MARKER = "MEDRESEARCHER_TEST_PYTHON";

export const withPython = (): boolean => process.env[MARKER] === "1";
export const MARKED = { [MARKER]: "1" };
