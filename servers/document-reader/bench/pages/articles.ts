/** Articles as newspapers, journals and blogs publish them. */
import * as c from "./chrome.ts";
import { MainText } from "./main-text.ts";
import type { Form } from "./form.ts";

export const news: Form = (prose, variant) => {
  const t = new MainText(prose);
  const meta = `<meta property="og:title" content="${t.title}"><meta property="article:published_time" content="2024-03-0${prose.int(1, 9)}T08:00:00Z">`;
  const by = `<div class="byline"><span>By ${prose.person()}</span> <time datetime="2024-03-05">${prose.date()}</time></div>`;
  const body = [
    t.p(`class="lead"`, 1, 2),
    t.ps(2),
    c.ad(prose),
    t.ps(2),
    c.related(prose, 3, `class="inline-promo"`, "div"),
    t.h(2),
    t.ps(3),
    t.figure(),
    c.newsletter(`class="nl-box"`),
    t.ps(2),
  ];
  const story =
    variant === 0
      ? `<article class="story"><h1>${t.title}</h1>${by}${c.share()}<div class="story-body">${body.join("\n")}</div>${c.share()}</article>`
      : `<div class="l-content"><div class="hd"><h1>${t.title}</h1>${by}</div><div class="c-text">${body.join("\n")}</div></div>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "The Daily Pulse", extra: meta },
      `${c.cookieBanner(prose)}${c.nav(prose, `<header>`, "</header>")}${c.breadcrumbs()}<div class="grid">${story}${c.sidebar(prose)}</div>${c.related(prose, 8)}${c.comments(prose, 5)}${c.footer(prose)}`,
    ),
  };
};

export const journal: Form = (prose, variant) => {
  const t = new MainText(prose);
  const meta = `<meta name="citation_title" content="${t.title}"><meta name="citation_doi" content="10.1000/x.${prose.int(1, 999)}"><meta name="citation_publication_date" content="2022/5/4">`;
  const section = (label: string, inner: () => string) =>
    variant === 0
      ? `<section><h2>${t.say(label)}</h2>${inner()}</section>`
      : `<div class="sec"><div class="sec-title"><h2>${t.say(label)}</h2></div>${inner()}</div>`;
  const body = [
    section("Abstract", () => t.p()),
    section("Introduction", () => t.ps(3)),
    section("Methods", () => `${t.h(3)}${t.ps(2)}${t.h(3)}${t.ps(2)}`),
    section("Results", () => `${t.ps(2)}<div class="table-wrap">${t.table(6)}</div>${t.ps(1)}${t.figure()}${t.ps(1)}`),
    section("Discussion", () => t.ps(4)),
  ];
  const references = `<section class="ref-list"><h2>${t.say("References")}</h2><ol>${Array.from({ length: 6 }, () => `<li>${t.say(`${prose.person()} et al. ${prose.headline()}. J Ex Med ${prose.int(1990, 2023)};${prose.int(1, 90)}:${prose.int(100, 900)}.`)} <a href="/s">Google Scholar</a></li>`).join("")}</ol></section>`;
  const tools = `<div class="article-tools"><ul><li><a href="#">PDF</a></li><li><a href="#">Cite</a></li><li><a href="#">Permissions</a></li></ul></div><div class="toc-side"><h4>On this page</h4><ul><li><a href="#a">Abstract</a></li><li><a href="#m">Methods</a></li><li><a href="#r">Results</a></li></ul></div>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Journal of Examples", extra: meta },
      `${c.nav(prose)}<main><div class="article-head"><h1>${t.title}</h1><ul class="authors"><li>${prose.person()}</li><li>${prose.person()}</li></ul></div>${tools}<div class="article-body">${body.join("\n")}${references}</div></main>${c.related(prose, 5, `class="citing-articles"`)}${c.footer(prose)}${c.cookieBanner(prose, `class="onetrust" role="dialog"`)}`,
    ),
  };
};

export const wordpress: Form = (prose, variant) => {
  const t = new MainText(prose);
  const body = [
    t.ps(2),
    t.h(2),
    t.ps(2),
    t.list(4),
    t.quote(`class="wp-block-quote"`),
    t.h(variant === 0 ? 2 : 3),
    t.ps(2),
    t.table(4, `class="wp-block-table"`, false),
  ].join("\n");
  const widgets = `<div id="secondary" class="widget-area">${c.related(prose, 5, `class="widget widget_recent_entries"`)}<section class="widget widget_tag_cloud"><h2>Tags</h2><div class="tagcloud"><a href="#">heart</a> <a href="#">kidney</a> <a href="#">diet</a></div></section></div>`;
  const after = `<footer class="entry-footer"><span class="cat-links">Posted in <a href="#">Health</a></span></footer><div class="sharedaddy sd-sharing"><h3>Share this:</h3><ul><li><a href="#">Twitter</a></li></ul></div><div class="jp-relatedposts"><h3>Related</h3><p>${prose.headline()}</p><p>${prose.headline()}</p></div><nav class="post-navigation"><a href="#">Previous: ${prose.headline()}</a><a href="#">Next: ${prose.headline()}</a></nav>`;
  const author = `<div class="author-box"><h4>About ${prose.person()}</h4><p>${prose.person()} writes about medicine and lives in ${prose.place()} with two dogs and a bicycle.</p></div>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "A doctor's blog" },
      `<div id="page" class="site"><header id="masthead"><p class="site-title">A doctor's blog</p>${c.nav(prose)}</header><div id="content"><div id="primary"><article class="post hentry"><header class="entry-header"><h1 class="entry-title">${t.title}</h1><div class="entry-meta">Posted on <a href="#">${prose.date()}</a> by <a href="#">admin</a></div></header><div class="entry-content">${body}</div>${after}</article>${author}${c.comments(prose, variant === 0 ? 3 : 14)}</div>${widgets}</div>${c.footer(prose, `<footer id="colophon">`)}</div>`,
      `class="single single-post"`,
    ),
  };
};

export const comments: Form = (prose, variant) => {
  const t = new MainText(prose);
  const post =
    variant === 0
      ? `<div class="post"><h1>${t.title}</h1>${t.ps(4)}</div>`
      : `<article><h1>${t.title}</h1><div itemprop="articleBody">${t.ps(3)}${t.list(3)}</div></article>`;
  return {
    main: t,
    html: c.page(
      { title: t.title },
      `${c.nav(prose)}${post}${c.comments(prose, 25, variant === 0 ? `id="disqus_thread"` : `class="discussion"`)}${c.footer(prose)}`,
    ),
  };
};

export const amp: Form = (prose, variant) => {
  const t = new MainText(prose);
  const figure = `<amp-img src="/a.jpg" width="600" height="400" layout="responsive"></amp-img><p class="caption">${t.say(prose.sentence())}</p>`;
  const body = [
    t.ps(3),
    `<amp-ad width="300" height="250" type="x"><div placeholder>Ad</div></amp-ad>`,
    figure,
    t.h(2),
    t.ps(3),
    t.list(3),
  ].join("\n");
  const related = `<amp-list class="more"><div role="list"><a href="/1">${prose.headline()}</a><a href="/2">${prose.headline()}</a></div></amp-list>`;
  const shell =
    variant === 0
      ? `<article class="amp-wp-article"><header><h1>${t.title}</h1></header><div class="amp-wp-article-content">${body}</div></article>`
      : `<div class="wrap"><h1>${t.title}</h1><div class="txt">${body}</div></div>`;
  return {
    main: t,
    html: c
      .page(
        { title: t.title, site: "Pulse" },
        `<amp-sidebar id="sb" layout="nodisplay"><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></amp-sidebar><amp-consent id="consent"><div id="ui"><p>This site uses cookies to measure its audience and to show advertising that fits your interests.</p><button>Agree</button></div></amp-consent>${shell}${related}${c.footer(prose)}`,
        `class="amp"`,
      )
      .replace("<html", "<html amp"),
  };
};

export const paywall: Form = (prose, variant) => {
  const t = new MainText(prose);
  const offer = `<div class="${variant === 0 ? "paywall-offer" : "tp-modal-box"}"><h3>Read on with Pulse Plus</h3><p>You have read your three free articles this month. Subscribe now for 1 euro in the first month, cancel whenever you like, and read every story, our archive since 1921 and the crossword.</p><ul><li>All articles on all devices</li><li>Newsletters by our editors</li><li>Fewer advertisements</li></ul><a class="button" href="/subscribe">Subscribe</a><p>Already a subscriber? <a href="/login">Log in</a></p></div>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "The Daily Pulse", extra: `<meta property="og:type" content="article">` },
      `${c.nav(prose)}<article><h1>${t.title}</h1><div class="standfirst">${t.p("", 1, 2)}</div><div class="teaser-text">${t.ps(2)}</div>${offer}</article>${c.sidebar(prose)}${c.footer(prose)}`,
    ),
  };
};
