/** Everyday names of findings: blood, metabolism, hormones and defence. A label and its names, one finding after the other. */

export const BLOOD_AND_CHEMISTRY = `
Abnormal bleeding: bleeds easily | bleeds a lot | prolonged bleeding
Anemia: low hemoglobin | low red blood cell count
Dark urine: cola coloured urine | cola colored urine | brown urine | tea coloured urine | black urine |
  dark colored urine
Deep venous thrombosis: DVT | blood clot in the leg | clot in the leg | deep vein thrombosis
Elevated circulating creatine kinase concentration: raised CK | high CK | elevated CK | increased CK | high CPK |
  raised CPK | elevated CPK | raised creatine kinase | raised creatine phosphokinase | high creatine phosphokinase |
  hyperCKemia | high serum CK | raised serum CK | elevated serum CK | elevated CK level | raised CK level |
  high CK level
Elevated circulating hepatic transaminase concentration: raised liver enzymes | raised transaminases |
  hypertransaminasemia | elevated ALT | raised ALT | high ALT | raised aminotransferases | elevated aminotransferases
Elevated sweat chloride: salty sweat | salty skin | sweat tastes salty | skin tastes salty
Epistaxis: bleeding from the nose
Fever: high temperature | febrile | feverish
Glycosuria: sugar in the urine
Heat intolerance: sensitive to heat | cannot stand heat | cannot tolerate heat
Hyperammonemia: high ammonia | raised ammonia | elevated ammonia
Hypercalcemia: high calcium
Hypercholesterolemia: high cholesterol | raised cholesterol
Hyperkalemia: high potassium
Hypertriglyceridemia: raised triglycerides
Hyperuricemia: high uric acid | raised uric acid
Hypocalcemia: low calcium
Hypoglycemia: low blood glucose
Hypokalemia: low potassium
Hypomagnesemia: low magnesium
Hyponatremia: low sodium
Hypophosphatemia: low phosphate
Increased circulating ferritin concentration: raised ferritin
Increased circulating lactate concentration: high lactate | raised lactate | elevated lactate
Lactic acidosis: lactate acidosis
Leukopenia: low white cell count
Menorrhagia: heavy periods | heavy menstruation | heavy menstrual bleeding
Myoglobinuria: myoglobin in the urine
Neutropenia: low neutrophils
Pancytopenia: low blood counts
Periorbital edema: swollen eyelids
Peripheral edema: swollen legs | swollen ankles | swollen feet | leg swelling | swelling of the legs |
  swelling of the ankles
Prolonged partial thromboplastin time: prolonged aPTT | long aPTT | raised aPTT
Recurrent fever: fever that comes and goes | fevers that come and go | recurring fever
Recurrent infections: many infections | infections again and again | constant infections
Skin rash: rashes
Thrombocytopenia: low platelets | few platelets | platelets are low
`;
