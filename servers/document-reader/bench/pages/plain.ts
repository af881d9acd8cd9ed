/** Pages of plain talk: leaflets, regulations, interviews, programmes. */
import * as c from "./chrome.ts";
import type { Form } from "./form.ts";
import { MainText } from "./main-text.ts";
import { cap } from "./prose.ts";

export const leaflet: Form = (prose, variant) => {
  const t = new MainText(prose, `${cap(prose.drug())}: information for patients`);
  const step = () =>
    `<div class="${variant === 0 ? "step" : "card-body"}"><strong>${t.say(prose.heading())}</strong><div>${t.say(prose.paragraph(2, 3))}</div></div>`;
  const aside = `<aside class="key-points"><h2>${t.say("Key points")}</h2>${t.list(4)}</aside>`;
  const html = c.page(
    { title: t.title, site: "Patients first" },
    `${c.nav(prose, `<div id="topnav">`, "</div>")}<div class="hero-text"><h1>${t.title}</h1>${t.p("", 1, 1)}</div>${aside}${[1, 2, 3, 4, 5].map(step).join("\n")}<div class="rating">Was this page helpful? <button>Yes</button> <button>No</button></div>${c.related(prose, 4, `class="see-also"`, "div")}${c.footer(prose)}`,
  );
  return { main: t, html };
};

export const regulation: Form = (prose, variant) => {
  const t = new MainText(prose, `Regulation on ${prose.outcome()} in clinical research`);
  const article = (n: number) =>
    `<div class="eli-subdivision"><p class="oj-ti-art">${t.say(`Article ${n}`)}</p><p class="oj-sti-art">${t.say(prose.heading())}</p>${[1, 2, 3].map((i) => (variant === 0 ? `<table><tbody><tr><td>${t.say(`(${i})`)}</td><td>${t.say(prose.sentence())}</td></tr></tbody></table>` : `<p>${t.say(`${i}. ${prose.sentence()}`)}</p>`)).join("")}</div>`;
  const languages = `<div class="langs">${"BG ES CS DA DE ET EL EN FR HR IT LV LT HU"
    .split(" ")
    .map((l) => `<a href="?l=${l}">${l}</a>`)
    .join(" ")}</div>`;
  const html = c.page(
    { title: t.title },
    `${c.nav(prose)}${languages}<div id="document1"><p class="doc-ti">${t.title}</p>${t.ps(2)}${[1, 2, 3, 4, 5, 6].map(article).join("\n")}</div>${c.footer(prose)}`,
  );
  return { main: t, html };
};

export const interview: Form = (prose, variant) => {
  const t = new MainText(prose, `${prose.person()} on ${prose.condition()}`);
  const turn = () => {
    const [question, answer] = [t.say(`${prose.heading().replace(/\?$/, "")}?`), t.say(prose.paragraph(2, 4))];
    return variant === 0
      ? `<p><em>${question}</em></p><p>${answer}</p>`
      : `<div class="speaker">Interviewer</div><div class="speech">${question}</div><div class="speaker">Guest</div><div class="speech">${answer}</div>`;
  };
  const player = `<div class="audio-player"><span>Listen to this episode</span><span>38:12</span><a href="#">Apple Podcasts</a><a href="#">Spotify</a></div>`;
  const html = c.page(
    { title: t.title, site: "The health hour" },
    `${c.cookieBanner(prose, `class="cc-window"`)}${c.nav(prose)}<div class="episode"><h1>${t.title}</h1>${player}${t.p()}${Array.from({ length: 7 }, turn).join("\n")}</div>${c.newsletter(`class="cta-email"`)}${c.related(prose, 5, `class="episodes"`, "div")}${c.footer(prose)}`,
  );
  return { main: t, html };
};

export const schedule: Form = (prose, variant) => {
  const t = new MainText(prose, `Congress on ${prose.condition()}, ${prose.place()} ${prose.int(2023, 2026)}`);
  const session = (i: number) => {
    const [time, name, who] = [t.say(`${8 + i}:30`), t.say(prose.headline()), t.say(prose.person())];
    return variant === 0
      ? `<li class="session"><span class="time">${time}</span> <span class="name">${name}</span> <span class="who">${who}</span></li>`
      : `<tr><td>${time}</td><td>${name}</td><td>${who}</td></tr>`;
  };
  const sessions = Array.from({ length: 9 }, (_, i) => session(i)).join("\n");
  const tickets = `<div class="ticket-box"><h3>Tickets</h3><p>Early bird € ${prose.int(200, 400)}</p><a class="btn" href="/buy">Register now</a></div>`;
  const sponsors = `<div class="sponsors"><h3>Our sponsors</h3><ul><li><a href="#">Gold: Novagen</a></li><li><a href="#">Silver: Orion</a></li></ul></div>`;
  const html = c.page(
    { title: t.title },
    `${c.nav(prose)}<main><h1>${t.title}</h1>${t.ps(2)}<h2>${t.say("Programme")}</h2>${variant === 0 ? `<ul class="programme">${sessions}</ul>` : `<table class="programme">${sessions}</table>`}${t.p()}</main>${tickets}${sponsors}${c.footer(prose)}`,
  );
  return { main: t, html };
};

export const notice: Form = (prose, variant) => {
  const t = new MainText(prose, `The clinic in ${prose.place()} is closed on ${prose.date()}`);
  const text =
    variant === 0
      ? `<p>${t.say(prose.sentence())}</p>`
      : `<div>${t.say(prose.sentence())}</div><div>${t.say("Please call 112 in an emergency.")}</div>`;
  const html = c.page(
    { title: t.title, site: "Clinic" },
    `${c.cookieBanner(prose)}${c.nav(prose)}<div class="notice"><h1>${t.title}</h1>${text}</div>${c.footer(prose)}`,
  );
  return { main: t, html };
};

export const german: Form = (prose, variant) => {
  const t = new MainText(prose, "Blutdruck richtig messen");
  const sentences = [
    "Vor der Messung sollte man fünf Minuten ruhig sitzen und den Arm auf Herzhöhe lagern.",
    "Werte über 135/85 mmHg gelten bei der Selbstmessung als erhöht.",
    "Die Manschette muss zum Umfang des Oberarms passen, sonst sind die Werte zu hoch oder zu niedrig.",
    "Bei Vorhofflimmern sind mehrere Messungen nötig, weil einzelne Werte stark schwanken.",
  ];
  const p = () => `<p>${t.say([0, 1, 2].map(() => prose.pick(sentences)).join(" "))}</p>`;
  const teasers = Array.from({ length: 6 }, () => `<li><a href="/x">${prose.headline()}</a></li>`).join("");
  const html = c.page(
    { title: t.title, site: "Gesundheit heute" },
    `${c.nav(prose)}<div class="${variant === 0 ? "artikel" : "inhalt"}"><h1>${t.title}</h1>${[1, 2, 3, 4, 5].map(p).join("")}<div class="box"><h3>Das könnte Sie auch interessieren</h3><ul>${teasers}</ul></div>${p()}</div><div class="fuss"><p>Impressum Datenschutz Kontakt</p></div>`,
  );
  return { main: t, html };
};
