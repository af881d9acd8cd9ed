/** HTML files that need nothing else: no script, no font, no address. */

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);
}

const BASE = `:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --accent: #2a7de1; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; } .note { opacity: .7; } h2 { margin-top: 2rem; font-size: 1.1rem; }`;

/** @param body HTML that is safe · @param style further rules */
export function htmlPage(title: string, body: string, style = ""): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
${BASE}
${style}
</style>
${body}
</html>
`;
}
