/** Draws from Beta distributions, out of uniform chance. */

export function drawBeta(random: () => number, alpha: number, beta: number): number {
  const x = drawGamma(random, alpha);
  const y = drawGamma(random, beta);
  return x + y > 0 ? x / (x + y) : alpha / (alpha + beta);
}

/** Marsaglia and Tsang 2000; shapes below 1 by the boosting identity. */
function drawGamma(random: () => number, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * Math.pow(random() || Number.MIN_VALUE, 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random() || Number.MIN_VALUE) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function drawNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random() || Number.MIN_VALUE)) * Math.cos(2 * Math.PI * random());
}
