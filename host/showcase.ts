/** The question of `npm start`: the paper's kind of case, from a company merger to a drug, its components and how they work. */
export const SHOWCASE_QUESTION =
  "Which heart failure drug is marketed by the company formed by the merger of Ciba-Geigy and Sandoz, what are its active ingredients, and how does each of them work?";
