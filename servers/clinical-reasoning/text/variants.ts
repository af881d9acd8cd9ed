/** Other ways in which a name of the ontology is said: "Abnormality of the kidney" is a kidney abnormality, anomaly or malformation. */

const KINDS = ["abnormality", "anomaly", "malformation", "defect"];
const PATTERNS: readonly RegExp[] = [
  /^abnormality of (?:the )?(?<part>[\p{L} -]+)$/iu,
  /^abnormal (?<part>[\p{L} -]+?) morphology$/iu,
  /^(?<part>[\p{L} -]+) abnormality$/iu,
];

/** Names that mean the same as `name`, without itself. */
export function variantsOf(name: string): string[] {
  for (const pattern of PATTERNS) {
    const part = pattern.exec(name)?.groups?.["part"];
    if (!part) continue;
    return [...KINDS.flatMap((kind) => [`${part} ${kind}`, `${kind} of the ${part}`]), `abnormal ${part}`].filter(
      (variant) => variant.toLowerCase() !== name.toLowerCase(),
    );
  }
  return [];
}
