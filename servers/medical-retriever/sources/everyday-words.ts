/** Words of questions about medicine that name no drug, no disease and no gene: nothing is looked up for them. */

/** Folded words, in the forms in which they are written. */
export const EVERYDAY: ReadonlySet<string> = new Set(
  // What is asked of drugs
  (
    "adverse allergy allergic approved boxed breast breastfeeding combined compared contraindicated contraindications " +
    "discontinued dosing elderly excretion fetal foetal hepatic indications injection injections interactions interacts " +
    "intravenous intravenously kidney lactation liver mechanism medications medicines metabolised metabolized mechanisms " +
    "monitoring nursing oral overdose pediatric paediatric pharmacokinetics pharmacology poisoning pregnancies pregnancy " +
    "pregnant renal safe safely safety storage subcutaneous tablet tablets capsule capsules teratogenic titration toxicity " +
    "withdrawal withdrawn " +
    // Records and those who keep them
    "clinicaltrials dailymed entity fda labels openfda recall recalled recalls recruiting rxcui rxnav rxnorm shortage shortages " +
    // Studies
    "abstract arm arms baseline benefit benefits bias blinded cohort cohorts comparative confidence controlled crossover " +
    "diagnosed efficacy endpoint endpoints enrolled enrolling enrolment enrollment evidence guidelines hazard incidence " +
    "interval meta-analysis metaanalysis meta-analyses morbidity mortality multicenter multicentre observational odds " +
    "outcomes overall phase placebo pooled prevalence prognosis prognostic prospective protocol protocols quality randomised " +
    "randomisation randomization randomized ratio recurrence regimen regimens registry relapse relative remission " +
    "retrospective risks studies superiority survival survivors systematic trials versus " +
    // Care
    "admission admissions biopsy chemotherapy clinicians discharge donor donors emergency endoscopy hospitalisation " +
    "hospitalised hospitalization hospitalized imaging immunotherapy inpatient intensive monotherapy nurse nurses outpatient " +
    "physician physicians postoperative preoperative procedure procedures prophylaxis radiation radiotherapy rehabilitation " +
    "resection screening supplementation surgical transplant transplantation ultrasound vaccination vaccinated ventilation " +
    // Body, biology
    "antibodies antibody antigen arterial artery biomarker biomarkers brain cardiac cardiovascular cells cellular coronary " +
    "cytokine cytokines genome genomic genotype genotypes glucose heart immune inflammation inflammatory intestinal lipid " +
    "lipids lung lymphocytes metabolic microbiota mice molecular mouse muscle mutations neurons plasma polymorphism " +
    "polymorphisms pulmonary receptors serum signaling signalling skin stroke tissues tumor tumors tumour tumours urinary " +
    "vascular venous viral virus " +
    // Amounts, times, people
    "adolescent adolescents aged daily decade decades double dosage duration elevated fewer half hourly kilogram long-term " +
    "milligram monthly night nights older percent short-term sixth third triple twice undergoing weekly worldwide yearly"
  ).split(" "),
);
