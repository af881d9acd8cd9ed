/** The report's look: one column, readable on paper and in the dark. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --dim: #667085; --paper: #fff; --line: #e3e7ee; --soft: #f5f7fa; --band: #9db8e8; --mark: #1d4ed8; --right: #137a4b; --wrong: #b3261e; --none: #8a6100; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --dim: #98a2b3; --paper: #12161d; --line: #2a313d; --soft: #1a2029; --band: #35548f; --mark: #8fb3ff; --right: #5dd39e; --wrong: #ff8f86; --none: #e5b94e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 26px; margin: 0; line-height: 1.2; }
h2 { font-size: 15px; margin: 32px 0 8px; }
.sub { color: var(--dim); margin: 4px 0 12px; }
.note { margin: 6px 0; padding: 6px 12px; background: var(--soft); border-left: 3px solid var(--band); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 12px; margin: 20px 0 12px; }
.card { border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; }
.card h2 { margin: 0; font-weight: 600; }
.card p { margin: 2px 0; }
.big { font-size: 32px; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.big small { font-size: 18px; color: var(--dim); font-weight: 400; }
.dim { color: var(--dim); }
.bar { display: block; width: 100%; height: 8px; margin: 8px 0; }
.rail { fill: var(--line); } .band { fill: var(--band); } .mark { fill: var(--mark); }
.facts { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 0; }
.facts div { display: flex; gap: 8px; } .facts dt { color: var(--dim); } .facts dd { margin: 0; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { text-align: left; padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
thead th { color: var(--dim); font-size: 12px; white-space: nowrap; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td:last-child:not(.n), th:last-child:not(.n) { padding-left: 12px; }
.wide { width: 26%; padding-left: 12px; }
.wide .bar { margin: 6px 0 0; }
.tag { font-size: 12px; padding: 1px 8px; border-radius: 9px; border: 1px solid currentColor; white-space: nowrap; }
.right { color: var(--right); } .wrong, .error { color: var(--wrong); } .none, .unscored { color: var(--none); } .missing { color: var(--dim); }
code { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
a { color: var(--mark); }
summary { cursor: pointer; } details p { margin: 4px 0; max-width: 60ch; }
@media print { details { display: none; } }
`;
