/** The programs that make the files: a Python environment of its own, an office suite, a browser, and the system's packers. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { hasChromium, launchChromium } from "../../servers/kit/testing/chromium.ts";
import { pythonEnvironment } from "../python-environment.ts";

const HERE = fileURLToPath(new URL("./", import.meta.url));
/** What the office suite makes from which file of another program. */
const CONVERSIONS: readonly [from: string, to: string][] = [
  ["python-docx.docx", "odt"],
  ["python-docx.docx", "rtf"],
  ["python-docx.docx", "pdf"],
  ["python-docx.docx", "doc"],
  ["odfpy.odt", "docx"],
  ["openpyxl.xlsx", "ods"],
  ["openpyxl.xlsx", "xls"],
  ["odfpy.ods", "xlsx"],
  ["python-pptx.pptx", "odp"],
  ["python-pptx.pptx", "ppt"],
];

/** The files of Python's libraries and of pandoc. */
export function makeByPython(folder: string): void {
  run(pythonEnvironment("formats", join(HERE, "requirements.txt")), [join(HERE, "make.py"), folder]);
}

/** @returns whether there is an office suite: `office-…` files beside the others */
export function makeByOffice(folder: string): boolean {
  const program = ["soffice", "libreoffice"].find((name) => spawnSync(name, ["--version"]).status === 0);
  if (!program) return false;
  const home = mkdtempSync(join(tmpdir(), "office-"));
  try {
    for (const [from, to] of CONVERSIONS) {
      const out = join(home, "out");
      mkdirSync(out, { recursive: true });
      const profile = `-env:UserInstallation=${pathToFileURL(join(home, "profile")).href}`;
      run(program, [profile, "--headless", "--convert-to", to, "--outdir", out, join(folder, from)], folder);
      run("mv", [join(out, from.replace(/\w+$/, to)), join(folder, `office-${to}.${to}`)]);
    }
  } finally {
    rmSync(home, { recursive: true });
  }
  return true;
}

/** @returns whether there is a browser: `chromium.pdf` beside the others */
export async function makeByBrowser(folder: string): Promise<boolean> {
  if (!hasChromium()) return false;
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, "pandoc.html")).href);
    await page.pdf({ path: join(folder, "chromium.pdf"), format: "A4" });
  } finally {
    await browser.close();
  }
  return true;
}

/** Archives of the files that are there. */
export function makeArchives(folder: string): void {
  run("zip", ["-q", "-r", "zip.zip", "python-docx.docx", "reportlab.pdf", "latin1.txt", "odfpy.odt"], folder);
  run("zip", ["-q", "outer.zip", "zip.zip"], folder);
  run("zip", ["-q", "-P", "secret", "zipcrypto.zip", "latin1.txt"], folder);
  run("tar", ["-czf", "tar.tar.gz", "python-docx.docx", "csv.csv", "article.jsonld"], folder);
  run("tar", ["--format=pax", "-cf", "pax.tar", "csv.csv"], folder);
  run("sh", ["-c", "gzip -k -c pandoc.nxml > gzip.nxml.gz && gzip -k -c code.py > code.py.gz"], folder);
}

function run(program: string, args: string[], cwd?: string): void {
  const { status, error, stderr } = spawnSync(program, args, { encoding: "utf8", ...(cwd ? { cwd } : {}) });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${program} ${args.slice(0, 3).join(" ")} ended with ${status}: ${stderr.slice(-500)}`);
}
