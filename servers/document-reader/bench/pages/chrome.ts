/** What stands around the main text of web pages: menus, banners, teasers, footers. None of it is what a reader came for. */
import type { Prose } from "./prose.ts";

const MENU = "Home|News|Conditions|Treatments|Research|Professionals|Events|About us|Contact|Donate".split("|");

export function nav(prose: Prose, open = `<nav class="main-nav">`, close = "</nav>"): string {
  const items = MENU.slice(0, prose.int(5, MENU.length)).map(
    (label) => `<li><a href="/${label.toLowerCase()}">${label}</a></li>`,
  );
  return `${open}<a class="skip" href="#main">Skip to content</a><ul>${items.join("")}</ul><form action="/search"><input name="q" placeholder="Search"><button>Search</button></form>${close}`;
}

export function cookieBanner(prose: Prose, attributes = `id="cookie-banner" class="cookie-consent"`): string {
  const partners = prose.int(40, 900);
  return `<div ${attributes}><p>We and our ${partners} partners store and access information on your device, such as cookies, to personalise content and advertising and to analyse our traffic. You can change your choice at any time in the privacy settings.</p><button>Accept all</button><button>Reject all</button><a href="/privacy">Privacy policy</a></div>`;
}

export function footer(prose: Prose, open = `<footer class="site-footer">`, close = "</footer>"): string {
  const year = prose.int(2019, 2025);
  return `${open}<div class="cols"><ul><li><a href="/terms">Terms of use</a></li><li><a href="/privacy">Privacy</a></li><li><a href="/imprint">Imprint</a></li><li><a href="/jobs">Jobs</a></li></ul><ul><li><a href="https://social.example/a">Follow us</a></li><li><a href="/rss">RSS</a></li></ul></div><p>© ${year} Example Media Group. All rights reserved. Registered in ${prose.place()}.</p><p>The information on this site does not replace the advice of a doctor.</p>${close}`;
}

export function related(prose: Prose, n = 6, attributes = `class="related-articles"`, tag = "aside"): string {
  const cards = Array.from(
    { length: n },
    () =>
      `<li><a href="/a/${prose.int(1, 99999)}"><img src="/t.jpg" alt=""><h4>${prose.headline()}</h4><p>${prose.sentence().slice(0, 90)}…</p></a><span class="date">${prose.date()}</span></li>`,
  );
  return `<${tag} ${attributes}><h3>You may also like</h3><ul>${cards.join("")}</ul></${tag}>`;
}

export function ad(prose: Prose, attributes = `class="ad-slot" data-ad="mid"`): string {
  return `<div ${attributes}><span>Advertisement</span><a href="https://ads.example/${prose.int(1, 9999)}"><p>Sleep better tonight with the new ${prose.pick(["CloudRest", "DreamFoam", "NightEase"])} mattress. ${prose.int(20, 60)} % off this week only.</p></a></div>`;
}

export function share(attributes = `class="share-bar"`): string {
  return `<div ${attributes}><span>Share this</span><ul><li><a href="#">Facebook</a></li><li><a href="#">Email</a></li><li><a href="#">Print</a></li><li><a href="#">Copy link</a></li></ul></div>`;
}

export function newsletter(attributes = `class="newsletter-signup"`): string {
  return `<div ${attributes}><h3>Get our weekly briefing</h3><p>Join 80,000 readers who receive the most important health stories in their inbox every Thursday. No spam, unsubscribe at any time.</p><form><input type="email" placeholder="Your email"><button>Sign up</button></form></div>`;
}

export function comments(prose: Prose, n: number, attributes = `id="comments" class="comments-area"`): string {
  const names = ["sunny77", "Dr. Who", "maria_k", "old_nurse", "guest", "tomtom"];
  const posts = Array.from(
    { length: n },
    () =>
      `<li class="comment"><div class="comment-author">${prose.pick(names)}</div><div class="comment-meta">${prose.date()} at ${prose.int(0, 23)}:${prose.int(10, 59)}</div><div class="comment-body"><p>${prose.pick(["My aunt had this and it did nothing for her.", "Thank you for writing about it at last!", "I would not trust a study that was paid for by the maker.", "Does anybody know whether this is available in my country? I asked three pharmacies and nobody had ever heard of it.", "First."])} ${prose.random() < 0.4 ? prose.sentence() : ""}</p></div><a class="reply" href="#">Reply</a></li>`,
  );
  return `<section ${attributes}><h3>${n} comments</h3><ol class="comment-list">${posts.join("")}</ol><form class="comment-form"><label>Leave a comment</label><textarea></textarea><button>Post comment</button></form></section>`;
}

export function sidebar(prose: Prose, attributes = `class="sidebar widget-area"`, tag = "aside"): string {
  const most = Array.from({ length: 8 }, () => `<li><a href="/a/${prose.int(1, 9999)}">${prose.headline()}</a></li>`);
  return `<${tag} ${attributes}><div class="widget"><h3>Most read</h3><ol>${most.join("")}</ol></div><div class="widget"><h3>Topics</h3><ul><li><a href="/t/heart">Heart (112)</a></li><li><a href="/t/lung">Lung (87)</a></li><li><a href="/t/kidney">Kidney (64)</a></li></ul></div>${newsletter(`class="widget"`)}</${tag}>`;
}

export function breadcrumbs(attributes = `class="breadcrumb"`): string {
  return `<div ${attributes}><a href="/">Home</a> › <a href="/c">Conditions</a> › <a href="/c/heart">Heart</a></div>`;
}

export interface Head {
  title: string;
  site?: string;
  extra?: string;
}

export function page(head: Head, body: string, attributes = ""): string {
  const title = head.site ? `${head.title} | ${head.site}` : head.title;
  return `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/s.css"><style>.x{color:red}</style>${head.extra ?? ""}<script>window.dataLayer=[];var a="<p>not text</p>";</script></head>\n<body${attributes ? ` ${attributes}` : ""}>\n${body}\n<script src="/app.js"></script></body></html>`;
}
