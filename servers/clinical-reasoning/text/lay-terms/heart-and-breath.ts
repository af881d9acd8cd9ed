/** Everyday names of findings: heart, vessels and lungs. A label and its names, one finding after the other. */

export const HEART_AND_BREATH = `
Angina pectoris: angina
Aortic root aneurysm: aortic root dilatation | dilated aortic root | wide aortic root | aortic root dilation
Asthma: asthmatic
Bradycardia: slow heart rate | slow pulse
Dyspnea: breathless | breathlessness | out of breath
Hematochezia: blood in the stool | bloody stools | blood in the stools
Hemoptysis: coughing blood | coughs blood
Hepatosplenomegaly: swollen liver and spleen
Hypertension: high blood pressure | raised blood pressure
Joint hemorrhage: bleeding into joints | joint bleeds | bleeding in the joints | bleeding into the joints |
  joint bleeding
Lymphadenopathy: swollen glands | enlarged lymph nodes | large lymph nodes
Patent ductus arteriosus: open ductus
Pulmonary embolism: clot in the lung | blood clot in the lung
Raynaud phenomenon: fingers that turn white in the cold | fingers turn white in the cold | white fingers in the cold
Recurrent respiratory infections: repeated chest infections | frequent chest infections | frequent lung infections |
  recurrent airway infections
Respiratory insufficiency: breathing failure
Splenomegaly: swollen spleen | large spleen | palpable spleen
Stridor: noisy breathing
Syncope: fainting | fainted | passed out | passes out | blackouts
Tachycardia: fast heartbeat | rapid heartbeat | racing pulse
Ventricular hypertrophy: thick heart muscle | thickened heart muscle | thickening of the heart muscle
Ventricular septal defect: hole between the ventricles
Wheezing: wheeze | wheezes
`;
