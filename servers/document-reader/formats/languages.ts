/** Names of programming and markup languages by a file's extension. */

const BY_EXTENSION: Readonly<Record<string, string>> = {
  c: "C",
  h: "C",
  cc: "C++",
  cpp: "C++",
  cxx: "C++",
  hpp: "C++",
  cs: "C#",
  clj: "Clojure",
  css: "CSS",
  dart: "Dart",
  do: "Stata",
  ex: "Elixir",
  exs: "Elixir",
  erl: "Erlang",
  f90: "Fortran",
  f: "Fortran",
  go: "Go",
  groovy: "Groovy",
  hs: "Haskell",
  java: "Java",
  jl: "Julia",
  js: "JavaScript",
  mjs: "JavaScript",
  cjs: "JavaScript",
  jsx: "JavaScript",
  kt: "Kotlin",
  lua: "Lua",
  m: "MATLAB",
  mm: "Objective-C",
  ml: "OCaml",
  nf: "Nextflow",
  pas: "Pascal",
  php: "PHP",
  pl: "Perl",
  pm: "Perl",
  ps1: "PowerShell",
  py: "Python",
  r: "R",
  rmd: "R Markdown",
  rb: "Ruby",
  rs: "Rust",
  sas: "SAS",
  scala: "Scala",
  sh: "Shell",
  bash: "Shell",
  smk: "Snakemake",
  sparql: "SPARQL",
  rq: "SPARQL",
  sql: "SQL",
  stan: "Stan",
  swift: "Swift",
  tex: "LaTeX",
  toml: "TOML",
  ts: "TypeScript",
  tsx: "TypeScript",
  ttl: "Turtle",
  vb: "Visual Basic",
  wdl: "WDL",
  yaml: "YAML",
  yml: "YAML",
  cypher: "Cypher",
};
const BY_NAME: Readonly<Record<string, string>> = {
  dockerfile: "Dockerfile",
  makefile: "Makefile",
  snakefile: "Snakemake",
};

/** @param name the last part of the path */
export function languageOf(name: string): string | undefined {
  const lower = name.toLowerCase();
  const extension = /\.([a-z\d]+)$/.exec(lower)?.[1] ?? "";
  return Object.hasOwn(BY_NAME, lower)
    ? BY_NAME[lower]
    : Object.hasOwn(BY_EXTENSION, extension)
      ? BY_EXTENSION[extension]
      : undefined;
}
