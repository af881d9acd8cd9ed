/** Everyday names of findings: the whole body. A label and its names, one finding after the other. */

export const WHOLE_BODY = `
Abnormal facial shape: dysmorphic | dysmorphia | dysmorphism | dysmorphic features | facial dysmorphia |
  craniofacial dysmorphism | craniofacial dysmorphia | craniofacial anomaly | unusual face | unusual facial features |
  peculiar face | peculiar facial appearance | peculiar facial features | characteristic face |
  characteristic facial appearance | characteristic facial features | typical face | typical facial appearance |
  typical facial features | distinctive facial appearance | distinctive facial features | distinct facial features |
  striking facial features | striking face
Arthralgia: sore joints
Branchial anomaly: branchial cleft | branchial defect | branchial arch defect | branchial arch anomaly |
  branchial cleft anomaly | branchial cleft defect | branchial cleft sinus
Cleft palate: hole in the palate
Coarse facial features: coarse features
Delayed eruption of teeth: late teeth | teeth came late
Exercise intolerance: cannot exercise | tires on exertion | poor stamina
Failure to thrive: poor weight gain | not gaining weight | does not gain weight | not thriving | fails to thrive
Fatigue: exhaustion | tires easily | always tired | gets tired easily
Gingival overgrowth: swollen gums | overgrown gums | thick gums
High palate: narrow high palate
Hoarse voice: hoarse
Increased body weight: gaining weight | weight gain
Myalgia: sore muscles
Neoplasm: cancer
Obesity: very overweight
Oral ulcer: mouth sores | sores in the mouth
Overweight: over weight
Premature birth: born prematurely | born preterm | born too early | preterm infant
Short stature: small for his age | small for her age | short for his age | short for her age | very short child
Tall stature: tall for his age | tall for her age | unusually tall | very tall
Weight loss: losing weight
Branchial fistula: lateral cervical fistula | cervical fistula
`;
