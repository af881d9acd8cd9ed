/** Pages that are looked things up in: guidelines, labels, registries, manuals, encyclopaedias. */
import * as c from "./chrome.ts";
import { MainText } from "./main-text.ts";
import { cap } from "./prose.ts";
import type { Form } from "./form.ts";

export const guideline: Form = (prose, variant) => {
  const t = new MainText(prose, `${cap(prose.condition())}: diagnosis and management`);
  const box = () =>
    `<div class="recommendation" id="r${prose.int(1, 99)}"><p class="number">${t.say(`1.${prose.int(1, 9)}.${prose.int(1, 9)}`)}</p>${t.p("", 1, 2)}<p class="strength">${t.say(prose.pick(["Strong recommendation, moderate certainty.", "Conditional recommendation, low certainty."]))}</p></div>`;
  const chapter = () => `<div class="chapter">${t.h(2)}${box()}${box()}${t.h(3)}${box()}${t.table(4)}</div>`;
  const menu = `<nav class="stacked-nav" aria-label="Chapters"><ul><li><a href="#">Overview</a></li><li><a href="#">Recommendations</a></li><li><a href="#">Rationale and impact</a></li><li><a href="#">Context</a></li></ul></nav>`;
  const inner = `${t.ps(1)}${chapter()}${chapter()}`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Guidance" },
      `${c.cookieBanner(prose, `class="cookie-banner" role="region"`)}<header>${c.nav(prose)}</header>${c.breadcrumbs()}<div class="page-header"><h1>${t.title}</h1></div><div class="layout">${menu}${variant === 0 ? `<main id="content-start">${inner}</main>` : `<div class="content-panel">${inner}</div>`}</div><div class="next-prev"><a href="#">Previous page</a><a href="#">Next page: Rationale</a></div>${c.footer(prose)}`,
    ),
  };
};

export const label: Form = (prose, variant) => {
  const t = new MainText(prose, `${cap(prose.drug())} tablets: prescribing information`);
  const boxed = `<div class="boxed-warning"><p><b>${t.say("WARNING: FETAL TOXICITY")}</b></p><ul>${[1, 2].map(() => `<li>${t.say(prose.sentence())}</li>`).join("")}</ul></div>`;
  const section = (n: number, name: string) =>
    `<div class="Section" data-n="${n}"><h1>${t.say(`${n} ${name}`)}</h1><h2>${t.say(`${n}.1 ${prose.heading()}`)}</h2>${t.ps(2)}${n % 2 === 0 ? t.table(4, `width="100%"`) : t.list(4)}</div>`;
  const names = [
    "INDICATIONS AND USAGE",
    "DOSAGE AND ADMINISTRATION",
    "CONTRAINDICATIONS",
    "WARNINGS AND PRECAUTIONS",
    "ADVERSE REACTIONS",
  ];
  const text = `${boxed}${names.map((name, i) => section(i + 1, name)).join("\n")}`;
  const side = `<div id="toc"><h3>Sections</h3><ul>${names.map((n, i) => `<li><a href="#s${i}">${n}</a></li>`).join("")}</ul><p>View full label | Report adverse event | Find lot numbers</p></div>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Label archive" },
      `<div class="usa-banner"><p>An official archive of drug labels. Here is how you know.</p></div>${c.nav(prose)}${side}<div class="${variant === 0 ? "drug-label" : "col-9"}"><p class="Title"><b>${t.title}</b></p>${text}</div>${c.footer(prose)}`,
    ),
  };
};

export const mediawiki: Form = (prose, variant) => {
  const t = new MainText(prose, cap(prose.condition()));
  const info = `<table class="infobox"><tbody><tr><th colspan="2">${t.say(t.title)}</th></tr><tr><th>${t.say("Specialty")}</th><td>${t.say("Internal medicine")}</td></tr><tr><th>${t.say("Medication")}</th><td>${t.say(prose.drug())}</td></tr><tr><th>${t.say("Frequency")}</th><td>${t.say(`${prose.int(1, 90)} per 100,000`)}</td></tr></tbody></table>`;
  const toc =
    variant === 0
      ? `<div id="toc" class="toc" role="navigation"><h2>Contents</h2><ul><li><a href="#1">1 Signs</a></li><li><a href="#2">2 Causes</a></li><li><a href="#3">3 References</a></li></ul></div>`
      : "";
  const h = (text = prose.heading()) =>
    `<h2><span class="mw-headline">${t.say(text)}</span><span class="mw-editsection"><span>[</span><a href="#">edit</a><span>]</span></span></h2>`;
  const notes = `<div class="reflist"><ol class="references">${[1, 2, 3].map(() => `<li><span class="mw-cite-backlink">^</span> <span class="reference-text">${t.say(`${prose.person()}. "${prose.headline()}". ${prose.int(1990, 2024)}.`)}</span></li>`).join("")}</ol></div>`;
  const box = `<div class="navbox" role="navigation"><table><tr><th>Diseases of the heart</th></tr><tr><td><a href="#">Angina</a> · <a href="#">Cardiomyopathy</a> · <a href="#">Endocarditis</a> · <a href="#">Myocarditis</a></td></tr></table></div><div id="catlinks"><a href="#">Categories</a>: <ul><li><a href="#">Heart diseases</a></li><li><a href="#">Articles with unsourced statements</a></li></ul></div>`;
  return {
    main: t,
    html: c.page(
      { title: `${t.title} - Encyclopaedia` },
      `<div id="mw-page-base"></div><div id="content" class="mw-body" role="main"><h1 id="firstHeading">${t.title}</h1><div id="bodyContent"><div id="siteSub" class="noprint">From the encyclopaedia</div><div id="mw-content-text"><div class="mw-parser-output">${info}${t.ps(2)}${toc}${h()}${t.ps(2)}${h()}${t.list(4)}${t.ps(1)}${h()}${t.table(4, `class="wikitable"`)}${h("References")}${notes}${box}</div></div></div></div><div id="mw-navigation"><div id="p-search"><h3>Search</h3></div><div class="portal"><h3>Tools</h3><ul><li><a href="#">What links here</a></li><li><a href="#">Cite this page</a></li></ul></div></div><div id="footer"><p>This page was last edited on ${prose.date()}. Text is available under a free licence; additional terms may apply.</p></div>`,
    ),
  };
};

export const registry: Form = (prose, variant) => {
  const t = new MainText(prose, `A trial of ${prose.drug()} in ${prose.condition()}`);
  const rows: [string, string][] = [
    ["Identifier", `NCT0${prose.int(1_000_000, 9_999_999)}`],
    ["Status", "Completed"],
    ["Phase", "Phase 3"],
    ["Enrolment", `${prose.int(50, 5000)} participants`],
    ["Sponsor", `University of ${prose.place()}`],
    ["Primary outcome", cap(prose.outcome())],
    ["Brief summary", prose.paragraph()],
    ["Eligibility", prose.paragraph()],
    ["Arms", prose.paragraph(2, 3)],
    ["Locations", `${prose.place()}; ${prose.place()}`],
  ];
  const shown = rows
    .map(([k, v]) =>
      variant === 0
        ? `<div class="row"><div class="key">${t.say(k)}</div><div class="value">${t.say(v)}</div></div>`
        : `<dt>${t.say(k)}</dt><dd>${t.say(v)}</dd>`,
    )
    .join("\n");
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Trial register" },
      `${c.nav(prose)}<div class="toolbar"><a href="#">Save this study</a> <a href="#">Download</a></div><h1>${t.title}</h1>${variant === 0 ? `<div class="record">${shown}</div>` : `<dl>${shown}</dl>`}<div class="help"><p>A study being listed here does not mean that it has been evaluated by the government.</p></div>${c.footer(prose)}`,
    ),
  };
};

export const docs: Form = (prose, variant) => {
  const t = new MainText(
    prose,
    `Installing the ${prose.pick(["registry client", "dose calculator", "imaging viewer"])}`,
  );
  const code = (text: string) => `<pre><code>${t.say(text)}</code></pre>`;
  const body = `<h1>${t.title}</h1>${t.ps(1)}${t.h(2, "", "Prerequisites")}${t.list(3)}${t.h(2, "", "Installation")}${t.ps(1)}${code("npm install dose-tools --save\nnpx dose-tools init")}${t.ps(1)}${t.h(2, "", "Configuration")}${t.table(4, "", false)}${code("timeout: 30\nretries: 2")}${t.ps(1)}`;
  const tree = `<ul class="menu__list">${Array.from({ length: 14 }, (_, i) => `<li><a href="/d/${i}">${prose.pick(["Getting started", "Reference", "Guides", "Plugins", "Deployment", "Changelog"])} ${i}</a></li>`).join("")}</ul>`;
  const html =
    variant === 0
      ? `<nav class="navbar"><a href="/">Docs</a><a href="/b">Blog</a></nav><div class="main-wrapper"><aside class="theme-doc-sidebar-container">${tree}</aside><main class="docMainContainer"><div class="row"><div class="col"><article><div class="theme-doc-markdown markdown">${body}</div><footer class="theme-doc-footer"><a href="#">Edit this page</a></footer></article><nav class="pagination-nav"><a href="#">Previous Introduction</a><a href="#">Next Usage</a></nav></div><div class="col--3"><div class="table-of-contents"><ul><li><a href="#p">Prerequisites</a></li><li><a href="#i">Installation</a></li></ul></div></div></div></main></div>`
      : `<div class="gitbook-root"><div class="css-1x side">${tree}</div><div class="css-2y main"><div data-testid="page.contentEditor">${body}</div><div class="css-3z"><span>Last updated 3 months ago</span><div>Was this helpful?</div></div></div><div class="css-4w outline"><p>On this page</p><a href="#p">Prerequisites</a><a href="#i">Installation</a></div></div>`;
  return { main: t, html: c.page({ title: t.title, site: "Docs" }, `${html}${c.footer(prose)}`) };
};

export const glossary: Form = (prose, variant) => {
  const t = new MainText(prose, "Words used in clinical trials");
  const entry = () => {
    const term = cap(
      `${prose.pick(["adverse", "primary", "secondary", "open", "blinded", "random"])} ${prose.pick(["event", "outcome", "arm", "label", "sample", "risk"])} ${prose.int(1, 99)}`,
    );
    return variant === 0
      ? `<dt>${t.say(term)}</dt><dd>${t.say(prose.paragraph(1, 2))}</dd>`
      : `<div class="term"><strong>${t.say(term)}</strong><span> ${t.say(prose.sentence())}</span></div>`;
  };
  const entries = Array.from({ length: 18 }, entry).join("\n");
  const letters = `<div class="az">${"ABCDEFGHIJKLMNOP"
    .split("")
    .map((l) => `<a href="#${l}">${l}</a>`)
    .join(" ")}</div>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Trials explained" },
      `${c.nav(prose)}<h1>${t.title}</h1>${letters}${variant === 0 ? `<dl class="glossary">${entries}</dl>` : `<div class="glossary">${entries}</div>`}${c.sidebar(prose)}${c.footer(prose)}`,
    ),
  };
};
