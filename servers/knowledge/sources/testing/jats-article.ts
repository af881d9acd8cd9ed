/** Articles for tests: a part of interest, and around it no more than an article must have. */

export interface Parts {
  type?: string;
  ids?: string;
  title?: string;
  meta?: string;
  back?: string;
  after?: string;
}

export function article(body: string | undefined, parts: Parts = {}): string {
  const { type = "research-article", ids = '<article-id pub-id-type="pmcid">PMC1</article-id>', title = "T" } = parts;
  const meta = `<article-meta>${ids}<title-group><article-title>${title}</article-title></title-group>${parts.meta ?? ""}</article-meta>`;
  const text = body === undefined ? "" : `<body>${body}</body>`;
  return `<article article-type="${type}" xmlns:xlink="x" xmlns:mml="m"><front>${meta}</front>${text}${parts.back ?? ""}${parts.after ?? ""}</article>`;
}
