/**
 * Takes out of a page what is plainly not its text, before the article is looked for: consent walls, menus, teasers of
 * other pages, sign-up boxes, comments. Told by names (`class`, `id`, `role`), by headings ("You may also like") and by
 * the share of links; what holds much of the page's own prose, its title or a table of data is never taken out.
 */
import { type DomElement, type DomNode } from "../dom.ts";
import { consentWalls } from "./consent.ts";
import { measure, type Measure } from "./measure.ts";

const words = (list: string) => new Set(list.split(" "));

/** Laid over or before a page: taken out even where it is longer than the page. */
const WALLS = words(
  "cookie cookies cookiebar cookiebanner consent gdpr ccpa cmp cmp2 onetrust truste didomi usercentrics cookiebot cookielaw privacywall",
);
const DISCUSSION = words("comments comment commentlist disqus respond replies");
const FURNITURE = words(
  "nav navbar navigation menu breadcrumb breadcrumbs pagination pager paging sidebar footer share sharing sharebar sharethis sharedaddy social socials newsletter newsletters signup subscribe subscription paywall promo promoted promotion related relatedposts relatedarticles recommended trending popular mostread mostpopular advert adverts advertisement advertising ad ads adslot adbox dfp sponsor sponsored outbrain taboola skip skiplink toolbar toc tagcloud taglist catlinks modal popup overlay lightbox interstitial signature postprofile buybox upsell crosssell widgetarea navbox teasers infinite readmore readnext morestories",
);
const ROLES = /^(?:navigation|banner|contentinfo|search|dialog|alertdialog|complementary|menu|menubar|tablist)$/;
const TAGS = /^(?:NAV|FOOTER|DIALOG|FORM|MENU)$/;

/** Headings that open something other than the text, in the languages that most pages are in. */
const ELSEWHERE = new RegExp(
  `^(?:${[
    "you (?:may|might) (?:also )?(?:like|be interested)|related|more (?:from|on|in|stories|articles|news|like this)",
    "most (?:read|popular|viewed|shared)|read (?:next|more)|recommended|trending|popular|latest (?:news|stories|articles|posts)",
    "customers (?:also|who)|similar (?:products|items|articles)|people also|frequently bought|recently viewed",
    "sponsored|advertisement|from (?:around|across) the web|share (?:this|on)|follow us|sign up|subscribe|newsletter",
    "get (?:our|the) .*(?:newsletter|briefing|inbox)|stay (?:informed|connected|up to date)",
    "leave a (?:comment|reply)|post a comment|join the (?:conversation|discussion)|comments?$|\\d+ (?:comments|replies|responses|thoughts)",
    "hot network questions|who is online|in this section|on this page|quick links|site map|about the author",
    "tags$|categories$|archives$|recent (?:posts|comments)|before you continue|we value your privacy|your privacy|cookies?",
    "das könnte (?:sie|dich)|ähnliche (?:artikel|beiträge|produkte)|mehr zum thema|meistgelesen|weitere (?:artikel|meldungen)|anzeige$|kommentare|teilen$",
    "(?:à )?lire aussi|articles? (?:similaires|liés|les plus lus)|sur le même (?:sujet|thème)|les plus lus|commentaires|partager|publicité$",
    "(?:artículos|noticias|productos) relacionad|te puede interesar|también te|lo más leído|más leídas|comentarios|compartir|publicidad$",
    "articoli correlati|potrebbe interessarti|leggi anche|i più letti|artigos relacionados|leia (?:também|mais)|mais lidas",
  ].join("|")})`,
  "i",
);

/** Of these, walls that may be longer than the page. */
const CONSENT = /^(?:before you continue|(?:we value )?your privacy|we value your privacy|cookies?\b)/i;

/** Share of the page's text above which something is not taken out on its name alone. */
const MOST_SHARE = 0.4;
/** Characters of prose outside links that make a box worth keeping. */
const PROSE = 600;
/** A form with more words than this explains something, or is the page itself. */
const ASKING = 200;
/** What must remain of a page. */
const LEAST_LEFT = 120;
/** Prose beside which lists of links are furniture. */
const BESIDE = 500;
const LINK_SHARE = 0.6;
/** Characters beside a link that may be its date, its authors or its journal. */
const PER_LINK = 60;
const MOST_HEADING = 80;

export function prune(root: DomElement): void {
  const measures = measure(root);
  const page = measures.get(root)!;
  let left = page.text;
  for (const wall of consentWalls(root, measures)) {
    const { text } = measures.get(wall)!;
    if (left - text < LEAST_LEFT || !isInside(wall, root)) continue;
    left -= text;
    wall.remove();
  }
  for (const element of elementsOf(root)) {
    const own = measures.get(element);
    if (!own || own.text === 0 || !isInside(element, root)) continue;
    const target = doomed(element, own, page, measures, root);
    if (!target) continue;
    const { text } = measures.get(target)!;
    if (left - text < LEAST_LEFT) continue;
    left -= text;
    target.remove();
  }
}

/** Lists and boxes of links beside prose; a page that is nothing but links keeps them. */
export function pruneLinkLists(root: DomElement): void {
  const measures = measure(root);
  const page = measures.get(root)!;
  if (page.text - page.linked < BESIDE || page.linked > LINK_SHARE * page.text) return;
  for (const element of elementsOf(root)) {
    const own = measures.get(element);
    if (!own || own.links < 3 || own.titled || !isInside(element, root)) continue;
    if (!/^(?:UL|OL|DIV|SECTION|TABLE|P|TD|DL)$/i.test(element.tagName)) continue;
    if (own.linked > 0.7 * own.text && own.text - own.linked < 0.25 * BESIDE) element.remove();
  }
}

/** What is to go because of this element: itself, or the box that its heading opens. */
function doomed(
  element: DomElement,
  own: Measure,
  page: Measure,
  measures: Map<DomNode, Measure>,
  root: DomElement,
): DomElement | undefined {
  if (element === root || /^(?:MAIN|BODY|HTML|ARTICLE)$/i.test(element.tagName)) {
    return undefined;
  }
  const names = namesOf(element);
  if (names.some((name) => WALLS.has(name)) && !own.titled) return element;
  if (isDialog(element) && !own.titled) return element;
  const holdsTable = own.rows > 0 && own.linked < 0.5 * own.text;
  if (own.titled || holdsTable) return undefined;
  // "no-comments" may be said of the article itself.
  if (names.some((name) => DISCUSSION.has(name)) && (own.text < 0.5 * page.text || DISCUSSION.has(names[0]!))) {
    return element;
  }
  // Key points stand in an aside as well as links do.
  const isTeaser = /^ASIDE$/i.test(element.tagName) && own.linked > 0.25 * own.text;
  if (/^FORM$/i.test(element.tagName) && own.text - own.linked >= ASKING) return undefined;
  const named =
    names.some((name) => FURNITURE.has(name)) || isFurniture(element) || isTeaser || isSiteHead(element, own, root);
  if (named && isSlight(own) && (own.text < MOST_SHARE * page.text || isListOfLinks(own, page))) return element;
  return isHeading(element, own) && ELSEWHERE.test(headingText(element))
    ? boxOf(element, own, page, measures, root)
    : undefined;
}

/** Mostly links, or little text. */
function isSlight({ text, linked }: Measure): boolean {
  return text - linked < PROSE || linked > 0.5 * text;
}

/** A long list of teasers beside an article: mostly links, or links with a few words beside each. */
function isListOfLinks(own: Measure, page: Measure): boolean {
  const words = own.text - own.linked;
  const beside = page.text - page.linked - words;
  const isTeasers = own.links >= 3 && words < PER_LINK * own.links;
  return (isTeasers || own.linked > LINK_SHARE * own.text) && beside > BESIDE;
}

/** The outermost element that this heading begins and that is still a small part of the page. */
function boxOf(
  heading: DomElement,
  own: Measure,
  page: Measure,
  measures: Map<DomNode, Measure>,
  root: DomElement,
): DomElement | undefined {
  const isConsent = CONSENT.test(headingText(heading));
  let box: DomElement | undefined;
  let before = own;
  for (let at: DomNode | null = heading; at && at !== root; at = at.parentNode) {
    const element = at as DomElement;
    const held = measures.get(at);
    if (!held || held.titled || (held.rows > 0 && held.linked < 0.5 * held.text)) break;
    const isLong = held.text > MOST_SHARE * page.text && !isListOfLinks(held, page) && !isConsent;
    if (isLong || !beginsWith(element, heading)) break;
    // A box that grows by prose, not by teasers, is the text around.
    if (!isConsent && held.text - held.linked - (before.text - before.linked) > 2 * PROSE) break;
    if (/^(?:MAIN|BODY|ARTICLE)$/i.test(element.tagName)) break;
    if (held.text > own.text) box = element;
    before = held;
  }
  return box;
}

/** True where nothing is written in the element before the heading. */
function beginsWith(element: DomElement, heading: DomElement): boolean {
  let at: DomNode = heading;
  while (at !== element) {
    const parent: DomNode = at.parentNode!;
    for (let sibling = parent.firstChild; sibling && sibling !== at; sibling = sibling.nextSibling) {
      if ((sibling.textContent ?? "").trim()) return false;
    }
    at = parent;
  }
  return true;
}

function isHeading(element: DomElement, own: Measure): boolean {
  return /^(?:H[2-6]|STRONG|B|SUMMARY|LEGEND)$/i.test(element.tagName) && own.text <= MOST_HEADING;
}

function headingText(element: DomElement): string {
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}

function isDialog(element: DomElement): boolean {
  return element.getAttribute("aria-modal") === "true" || /^(?:alert)?dialog$/.test(element.getAttribute("role") ?? "");
}

/** The head of the site, as opposed to that of an article: it stands in no part of the page, and holds no title. */
function isSiteHead(element: DomElement, own: Measure, root: DomElement): boolean {
  const isShort = own.text - own.linked < MOST_HEADING;
  return /^HEADER$/i.test(element.tagName) && isShort && element.parentNode === root;
}

function isFurniture(element: DomElement): boolean {
  return TAGS.test(element.tagName.toUpperCase()) || ROLES.test(element.getAttribute("role") ?? "");
}

/** Words of `id` and `class`: `newsletterSignup ad-slot` → newsletter, signup, newslettersignup, ad, slot, adslot. */
function namesOf(element: DomElement): string[] {
  const given = `${element.getAttribute("id") ?? ""} ${element.getAttribute("class") ?? ""}`.trim();
  if (!given) return [];
  return given.split(/\s+/).flatMap((name) => {
    const parts = name
      .replace(/([a-z])([A-Z])/g, "$1-$2")
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter(Boolean);
    return parts.length > 1 ? [...parts, parts.join("")] : parts;
  });
}

function elementsOf(root: DomElement): DomElement[] {
  return root.querySelectorAll("*");
}

/** False where an element around it was taken out. */
function isInside(element: DomElement, root: DomElement): boolean {
  for (let at: DomNode | null = element; at; at = at.parentNode) if (at === root) return true;
  return false;
}
