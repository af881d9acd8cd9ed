/** Compiles the starter's readable source files into a knowledge folder, once per version of them. */
export function ensureStarter(_home: string): string {
  throw new Error("starter: being written");
}
