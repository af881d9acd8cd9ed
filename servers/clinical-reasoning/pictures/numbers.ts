/** Numbers as readers take them in. */

/** A log likelihood ratio (natural logarithm) as what it does to the odds: 2.3 → "×10", −0.7 → "÷2". */
export function factor(logRatio: number): string {
  const ratio = Math.exp(Math.abs(logRatio));
  const sign = logRatio < 0 ? "÷" : "×";
  return ratio >= 1e6 ? `${sign}${ratio.toExponential(1)}` : `${sign}${Number(ratio.toPrecision(2))}`;
}

/** 0.0162 → "1.6%"; what is not certain is never shown as 0% or 100%. */
export function percent(p: number): string {
  if (p > 0 && p < 0.0001) return "<0.01%";
  if (p > 0.999 && p < 1) return ">99.9%";
  return p > 0.99 && p < 1 ? `${(p * 100).toFixed(1)}%` : `${Number((p * 100).toPrecision(2))}%`;
}
