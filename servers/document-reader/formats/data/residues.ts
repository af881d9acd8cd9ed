/** Residues of proteins and nucleic acids: three letters to one. */

const ONE_LETTER: Readonly<Record<string, string>> = {
  ALA: "A",
  ARG: "R",
  ASN: "N",
  ASP: "D",
  CYS: "C",
  GLN: "Q",
  GLU: "E",
  GLY: "G",
  HIS: "H",
  ILE: "I",
  LEU: "L",
  LYS: "K",
  MET: "M",
  PHE: "F",
  PRO: "P",
  SER: "S",
  THR: "T",
  TRP: "W",
  TYR: "Y",
  VAL: "V",
  SEC: "U",
  PYL: "O",
  MSE: "M",
  DA: "A",
  DC: "C",
  DG: "G",
  DT: "T",
  DU: "U",
  A: "A",
  C: "C",
  G: "G",
  U: "U",
  T: "T",
};

/** `X` for what has no letter. */
export function oneLetter(residue: string): string {
  return Object.hasOwn(ONE_LETTER, residue) ? ONE_LETTER[residue]! : "X";
}
