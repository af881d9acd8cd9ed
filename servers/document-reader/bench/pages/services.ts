/** Pages that offer, ask and answer: shops, forums, agencies, clinics. */
import * as c from "./chrome.ts";
import { MainText } from "./main-text.ts";
import type { Form } from "./form.ts";

export const shop: Form = (prose, variant) => {
  const t = new MainText(
    prose,
    `${prose.pick(["Upper arm", "Wrist"])} blood pressure monitor BP-${prose.int(100, 900)}`,
  );
  const bullets = t.list(5, "ul", `class="features"`);
  const specs = `<table class="specs">${["Weight", "Cuff size", "Memory", "Power", "Warranty"].map((k) => `<tr><th>${t.say(k)}</th><td>${t.say(`${prose.int(2, 400)} ${prose.pick(["g", "cm", "readings", "months"])}`)}</td></tr>`).join("")}</table>`;
  const description = `<div class="description">${variant === 0 ? `<h2>${t.say("Product description")}</h2>` : ""}${t.ps(2)}</div>`;
  const buy = `<div class="buybox"><span class="price">€ ${prose.int(20, 90)}.99</span><p>Free delivery by Thursday. Only ${prose.int(2, 9)} left in stock.</p><button>Add to basket</button><a href="#">Add to wish list</a></div>`;
  const others = `<div class="carousel"><h3>Customers also bought</h3><ul>${Array.from({ length: 8 }, () => `<li><a href="/p/${prose.int(1, 999)}">Digital thermometer T-${prose.int(1, 99)}</a> <span>€ ${prose.int(5, 60)}.00</span> <button>Add</button></li>`).join("")}</ul></div>`;
  return {
    main: t,
    html: c.page(
      { title: `${t.title} - buy online`, site: "MediShop" },
      `${c.cookieBanner(prose)}${c.nav(prose)}${c.breadcrumbs()}<div class="product"><div class="gallery"><img src="/1.jpg"><img src="/2.jpg"></div><div class="info"><h1>${t.title}</h1>${buy}${bullets}</div>${description}<div class="tech">${specs}</div></div>${others}${others}${c.newsletter()}${c.footer(prose)}`,
    ),
  };
};

export const forum: Form = (prose, variant) => {
  const t = new MainText(prose, `Anyone else on ${prose.drug()} for ${prose.condition()}?`);
  const post = (i: number) => {
    const user = `<div class="${variant === 0 ? "postprofile" : "message-user"}"><a href="#">${prose.pick(["runner_44", "mum-of-3", "kidneybean", "Oldtimer"])}</a><dl><dt>Posts</dt><dd>${prose.int(1, 4000)}</dd><dt>Joined</dt><dd>${prose.date()}</dd></dl></div>`;
    const text = `<div class="${variant === 0 ? "content" : "message-body"}">${t.say(prose.paragraph(2, 5))}</div>`;
    const sign = `<div class="signature">Diagnosed ${prose.int(1999, 2020)}. Take one day at a time.</div>`;
    const tools = `<ul class="post-buttons"><li><a href="#">Quote</a></li><li><a href="#">Report</a></li></ul>`;
    return variant === 0
      ? `<div class="post" id="p${i}">${user}<div class="postbody">${tools}<p class="author">by someone » ${prose.date()}</p>${text}${sign}</div></div>`
      : `<article class="message" id="m${i}">${user}<div class="message-main"><header>${prose.date()} <a href="#">#${i}</a></header>${text}<aside class="message-signature">${sign}</aside><footer>${tools}</footer></div></article>`;
  };
  return {
    main: t,
    html: c.page(
      { title: `${t.title} - Patients' forum` },
      `${c.nav(prose)}${c.breadcrumbs(`id="nav-breadcrumbs"`)}<h${variant === 0 ? 2 : 1} class="topic-title">${t.title}</h${variant === 0 ? 2 : 1}><div class="action-bar"><a href="#">Post reply</a> ${prose.int(3, 60)} posts • Page 1 of 3</div>${Array.from({ length: 7 }, (_, i) => post(i)).join("\n")}<div class="action-bar"><a href="#">Next</a></div><div class="stat-block"><h3>Who is online</h3><p>Users browsing this forum: no registered users and ${prose.int(1, 50)} guests</p></div>${c.footer(prose)}`,
    ),
  };
};

export const answers: Form = (prose, variant) => {
  const t = new MainText(prose, `Can ${prose.drug()} be taken with ${prose.drug()}?`);
  const votes = () =>
    `<div class="votecell"><button>▲</button><span>${prose.int(0, 200)}</span><button>▼</button></div>`;
  const answer = () =>
    `<div class="answer"><div class="post-layout">${votes()}<div class="answercell"><div class="${variant === 0 ? "s-prose js-post-body" : "rich-text"}">${t.ps(2)}${prose.random() < 0.5 ? t.list(3) : ""}</div><div class="user-info">answered ${prose.date()} <a href="#">${prose.person()}</a> <span>${prose.int(100, 90000)} reputation</span></div></div></div><div class="post-menu"><a href="#">Share</a> <a href="#">Improve this answer</a> <a href="#">Follow</a></div></div>`;
  const linked = `<div class="module"><h4>Linked</h4><ul>${Array.from({ length: 7 }, () => `<li><a href="#">${prose.headline()}</a></li>`).join("")}</ul></div><div class="module"><h4>Hot network questions</h4><ul>${Array.from({ length: 9 }, () => `<li><a href="#">${prose.headline()}</a></li>`).join("")}</ul></div>`;
  return {
    main: t,
    html: c.page(
      { title: `${t.title} - Health questions` },
      `${c.nav(prose)}<div id="content"><div id="question-header"><h1>${t.title}</h1><a href="#">Ask question</a></div><div id="mainbar"><div class="question"><div class="post-layout">${votes()}<div class="postcell"><div class="s-prose">${t.ps(2)}</div><div class="tags"><a href="#">interactions</a> <a href="#">dose</a></div></div></div></div><h2>3 answers</h2>${answer()}${answer()}${answer()}</div><div id="sidebar">${linked}</div></div>${c.footer(prose)}`,
    ),
  };
};

export const drupal: Form = (prose, variant) => {
  const t = new MainText(prose, `Facts about ${prose.condition()}`);
  const body = `${t.ps(1)}${t.h()}${t.ps(1)}${t.list(5)}${t.h()}${t.ps(2)}${t.h()}${t.table(4)}`;
  const gov = `<section class="usa-banner"><p>An official website of the government. Secure websites use HTTPS. Share sensitive information only on official, secure websites.</p></section>`;
  const side = `<aside class="layout-sidebar-first"><nav><h2>In this section</h2><ul><li><a href="#">Overview</a></li><li><a href="#">Symptoms</a></li><li><a href="#">Data</a></li></ul></nav></aside>`;
  const field =
    variant === 0
      ? `<div class="field field--name-body field--type-text-with-summary">${body}</div>`
      : `<div class="region region-content"><div class="block block-system-main"><div class="content">${body}</div></div></div>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Agency" },
      `<a class="visually-hidden" href="#main-content">Skip to main content</a>${gov}<div class="dialog-off-canvas-main-canvas">${c.nav(prose, `<header role="banner">`, "</header>")}${c.breadcrumbs(`class="block-system-breadcrumb-block"`)}<div role="${variant === 0 ? "main" : "presentation"}"><h1 class="page-title">${t.title}</h1>${field}<div class="field--name-field-reviewed">Page last reviewed: ${prose.date()}</div></div>${side}${c.footer(prose, `<footer role="contentinfo">`)}</div>`,
    ),
  };
};

export const faq: Form = (prose, variant) => {
  const t = new MainText(prose, `Questions about ${prose.drug()}`);
  const item = (i: number) => {
    const question = t.say(`${prose.heading().replace(/\?$/, "")}?`);
    const reply = () => t.p("", 2, 3);
    return variant === 0
      ? `<details${i === 0 ? " open" : ""}><summary>${question}</summary>${reply()}</details>`
      : `<div class="accordion-item"><h3 class="accordion-header"><button aria-expanded="false" aria-controls="c${i}">${question}</button></h3><div id="c${i}" class="accordion-collapse collapse" aria-hidden="true">${reply()}</div></div>`;
  };
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Clinic" },
      `${c.nav(prose)}<main><h1>${t.title}</h1>${t.p("", 1, 2)}<div class="accordion">${[0, 1, 2, 3, 4, 5].map(item).join("\n")}</div></main><div class="cta"><h3>Still have questions?</h3><a href="/contact">Call us</a></div>${c.footer(prose)}${c.cookieBanner(prose)}`,
    ),
  };
};

export const pressRelease: Form = (prose, variant) => {
  const company = prose.pick(["Novagen Pharma", "Helvetic Biotech", "Orion Therapeutics"]);
  const t = new MainText(prose, `${company} reports results of ${prose.drug()} in ${prose.condition()}`);
  const lead = `<p><b>${t.say(`${prose.place()}, ${prose.date()} –`)}</b> ${t.say(prose.paragraph(2, 3))}</p>`;
  const about = `<p><strong>${t.say(`About ${company}`)}</strong><br>${t.say(prose.paragraph(2, 2))}</p><p>${t.say("This release contains forward-looking statements that involve risks and uncertainties.")}</p>`;
  const body = `${lead}${t.list(3)}${t.ps(3)}${t.quote()}${t.table(3)}${about}`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: company },
      `${c.nav(prose)}<div class="hero"><h1>${t.title}</h1></div>${variant === 0 ? `<div class="module_body">${body}</div>` : `<section><div class="container"><div class="rte">${body}</div></div></section>`}<div class="downloads"><h4>Downloads</h4><a href="#">Media release (PDF)</a> <a href="#">Deutsch</a></div>${c.related(prose, 4, `class="latest-news"`, "section")}${c.footer(prose)}`,
    ),
  };
};
