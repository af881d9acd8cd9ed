/** Training rows to look at. */
export { rowsPage } from "./page.ts";
export { rowText } from "./terminal.ts";
