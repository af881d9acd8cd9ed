/** Pages that are hard to read for other reasons: old markup, no markup, little text, text in data. */
import * as c from "./chrome.ts";
import { MainText } from "./main-text.ts";
import { cap } from "./prose.ts";
import type { Form } from "./form.ts";

export const oldTables: Form = (prose, variant) => {
  const t = new MainText(prose);
  const br = () => `<font face="Arial" size="2">${t.say(prose.paragraph())}</font><br><br>`;
  const body =
    variant === 0
      ? `<font size="5"><b>${t.title}</b></font><br><br>${br()}${br()}${br()}<font size="4"><b>${t.say(prose.heading())}</b></font><br>${br()}${br()}`
      : `<h1>${t.title}</h1>${t.ps(3)}<center>${t.table(4, `border="1"`)}</center>${t.ps(2)}`;
  const menu = ["Home", "Patients", "Physicians", "Links", "Guestbook"]
    .map((m) => `<tr><td bgcolor="#ccccff"><a href="${m}.htm">${m}</a></td></tr>`)
    .join("");
  return {
    main: t,
    html: c.page(
      { title: t.title },
      `<table width="780" align="center" cellpadding="0"><tr><td colspan="3"><img src="banner.gif"></td></tr><tr><td width="120" valign="top"><table>${menu}</table></td><td width="540" valign="top">${body}</td><td width="120" valign="top"><font size="1">Sponsored links<br><a href="#">Cheap flights to ${prose.place()}</a><br><a href="#">Reading glasses</a></font></td></tr><tr><td colspan="3"><font size="1">Copyright 2001. Best viewed at 800 x 600. You are visitor number ${prose.int(1000, 90000)}.</font></td></tr></table>`,
    ),
  };
};

export const dataTables: Form = (prose, variant) => {
  const t = new MainText(prose, `Statistics: ${prose.condition()} by region`);
  const tables = `${t.p("", 1, 2)}${t.table(14)}${variant === 0 ? t.h() : ""}${t.table(10)}${t.p("", 1, 1)}`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Health statistics" },
      `${c.nav(prose)}${c.breadcrumbs()}<div class="wrapper"><h1>${t.title}</h1><div class="stats">${tables}</div><div class="export"><a href="#">CSV</a> <a href="#">XLSX</a> <a href="#">API</a></div></div>${c.sidebar(prose, `class="side"`, "div")}${c.footer(prose, `<div class="foot">`, "</div>")}`,
    ),
  };
};

export const cookieWall: Form = (prose, variant) => {
  const t = new MainText(prose);
  const vendors = Array.from(
    { length: 25 },
    (_, i) =>
      `<li><span>Vendor ${i} Ltd</span><p>Stores and accesses information on a device, creates a personalised advertising profile, and measures how content performs. Retention: ${prose.int(30, 800)} days.</p></li>`,
  ).join("");
  const wall =
    variant === 0
      ? `<div id="sp_message_container" class="consent-overlay"><h2>We value your privacy</h2><p>With your consent, we and our ${prose.int(100, 900)} partners use cookies or similar technologies to store, access and process personal data like your visit on this website. Some partners do not ask for your consent and rely on their legitimate business interest.</p><ul>${vendors}</ul><button>Agree and close</button></div>`
      : `<div class="fc-dialog-overlay"></div><div class="qc-cmp2-container" role="dialog" aria-modal="true"><h2>Before you continue</h2><p>We use cookies and data to deliver and maintain our services, to track outages, and to protect against spam, fraud and abuse.</p><ul>${vendors}</ul></div>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Pulse" },
      `${wall}${c.nav(prose)}<div class="article"><h1>${t.title}</h1>${t.ps(3)}</div>${c.footer(prose)}`,
    ),
  };
};

export const linkFarm: Form = (prose, variant) => {
  const t = new MainText(prose, "All topics from A to Z");
  const group = (letter: string) =>
    `${variant === 0 ? `<h2>${t.say(letter)}</h2>` : `<h3>${t.say(letter)}</h3>`}<ul>${Array.from({ length: 9 }, () => `<li><a href="/t/${prose.int(1, 9999)}">${t.say(`${letter}${prose.condition().slice(1)} ${prose.outcome()}`)}</a></li>`).join("")}</ul>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Health library" },
      `${c.nav(prose)}<div class="az-page"><h1>${t.title}</h1>${"ABCDE".split("").map(group).join("\n")}</div>${c.footer(prose)}`,
    ),
  };
};

export const jsonLd: Form = (prose, variant) => {
  const t = new MainText(prose);
  const paragraphs = Array.from({ length: 6 }, () => t.say(prose.paragraph()));
  const article = {
    "@context": "https://schema.org",
    "@type": variant === 0 ? "NewsArticle" : ["Article", "MedicalWebPage"],
    headline: t.title,
    datePublished: "2024-02-03T10:00:00Z",
    author: [{ "@type": "Person", name: prose.person() }],
    articleBody: paragraphs.join("\n\n"),
  };
  const data =
    variant === 0
      ? article
      : { "@context": "https://schema.org", "@graph": [{ "@type": "WebSite", name: "Pulse" }, article] };
  return {
    main: t,
    html: c.page(
      {
        title: t.title,
        site: "Pulse",
        extra: `<script type="application/ld+json">${JSON.stringify(data).replaceAll("</", "<\\/")}</script>`,
      },
      `<div id="root"><div class="spinner">Loading…</div></div><noscript>You need to enable JavaScript to run this app.</noscript>${variant === 0 ? "" : c.footer(prose)}`,
    ),
  };
};

export const lazyImages: Form = (prose, variant) => {
  const t = new MainText(prose, `${cap(prose.condition())} in pictures`);
  const slide = () =>
    variant === 0
      ? t.figure(`class="slide"`) + t.p("", 1, 2)
      : `<div class="gallery-item"><img class="lazyload" data-src="/x.jpg" src="data:," alt="photo"><noscript><img src="/x.jpg"></noscript><div class="caption">${t.say(prose.sentence())}</div><span class="credit">Photo: ${prose.person()}</span></div>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Pulse" },
      `${c.nav(prose)}<article><h1>${t.title}</h1>${t.p("", 1, 2)}${Array.from({ length: 8 }, slide).join("\n")}</article>${c.related(prose, 12, `class="more-galleries"`, "div")}${c.footer(prose)}`,
    ),
  };
};

export const multiPage: Form = (prose, variant) => {
  const t = new MainText(prose);
  const pager =
    variant === 0
      ? `<div class="pagination"><a href="?p=1">1</a> <span>2</span> <a href="?p=3">3</a> <a href="?p=3">Next page</a></div>`
      : `<ul class="pager"><li><a href="?page=1">‹ Part 1: Causes</a></li><li><a href="?page=3">Part 3: Treatment ›</a></li></ul>`;
  return {
    main: t,
    html: c.page(
      { title: `${t.title} - page 2`, site: "Magazine" },
      `${c.nav(prose)}<div class="content-wrap"><h1>${t.title}</h1>${pager}<div class="text">${t.ps(3)}${t.h()}${t.ps(3)}</div>${pager}</div>${c.sidebar(prose)}${c.related(prose, 20, `class="infinite-feed"`, "section")}${c.footer(prose)}`,
    ),
  };
};

export const spans: Form = (prose, variant) => {
  const t = new MainText(prose);
  const line = () =>
    variant === 0
      ? `<div class="css-1fhx"><span class="css-9a"><span>${t.say(prose.paragraph())}</span></span></div>`
      : `<div dir="auto">${t.say(prose.paragraph())}</div>`;
  const body = `<div class="css-77"><div class="css-78" role="heading" aria-level="1">${t.title}</div>${line()}${line()}<div class="css-5b" role="heading" aria-level="2">${t.say(prose.heading())}</div>${line()}${line()}${line()}</div>`;
  const side = `<div class="css-0c"><div class="css-0d"><a href="#"><span>${prose.headline()}</span></a></div><div class="css-0d"><a href="#"><span>${prose.headline()}</span></a></div><div class="css-0d"><a href="#"><span>${prose.headline()}</span></a></div></div>`;
  return {
    main: t,
    html: c.page(
      { title: t.title, site: "Reader" },
      `<div id="__next"><div class="css-a1"><div class="css-a2"><a href="#"><span>Home</span></a><a href="#"><span>Library</span></a><a href="#"><span>Sign in</span></a></div></div><div class="css-b1">${body}${side}</div><div class="css-f"><span>Help</span><span>Status</span><span>About</span><span>Careers</span><span>Privacy</span></div></div>`,
    ),
  };
};
