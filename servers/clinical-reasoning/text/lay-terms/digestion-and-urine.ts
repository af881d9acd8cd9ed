/** Everyday names of findings: digestion, urine and reproduction. A label and its names, one finding after the other. */

export const DIGESTION_AND_URINE = `
Abdominal distention: swollen tummy
Abdominal pain: tummy ache | tummy pain | bellyache
Amenorrhea: no periods | absent periods | no menstruation
Ascites: fluid in the abdomen | fluid in the belly
Constipation: constipated
Cryptorchidism: undescended testicles | undescended testicle
Diarrhea: loose stools
Feeding difficulties: feeds poorly | trouble feeding
Gastroesophageal reflux: GORD
Genital ulcers: genital sores
Gynecomastia: breast growth in a boy | enlarged breasts in a man | breast enlargement in a man
Hepatomegaly: swollen liver | palpable liver
Inguinal hernia: groin hernia
Jaundice: yellow eyes | yellow sclerae | skin turned yellow
Male infertility: infertile man
Nausea: nauseous | nauseated
Odontogenic keratocysts of the jaw: odontogenic keratocyst
Oliguria: little urine | passes little urine
Polyuria: passes a lot of urine | urinates a lot | large amounts of urine | passing a lot of urine
Renal insufficiency: failing kidneys | impaired kidney function | reduced kidney function | impaired renal function |
  poor kidney function | loss of kidney function
Steatorrhea: oily stools
Umbilical hernia: navel hernia | belly button hernia
Vomiting: vomits
`;
