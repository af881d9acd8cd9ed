/** Whose site a host is. To be read and corrected by anybody; hosts below a listed one count as that one. */

/** The kinds in words, and after them the hosts of each. */
export const HOSTS = {
  guideline_body: `
    who.int nice.org.uk sign.ac.uk uspreventiveservicestaskforce.org cdc.gov nhs.uk rki.de awmf.org iqwig.de
    has-sante.fr escardio.org heart.org acc.org diabetes.org easd.org kdigo.org esmo.org asco.org nccn.org eular.org
    rheumatology.org idsociety.org ersnet.org thoracic.org ginasthma.org goldcopd.org easl.eu aasld.org gastro.org
    acog.org rcog.org.uk aan.com ean.org aap.org esicm.org sccm.org eau.org auanet.org acr.org hematology.org
    ehaweb.org canadiantaskforce.ca nhmrc.gov.au g-i-n.net guidelines.gov magicapp.org cochrane.org ahrq.gov
    ecdc.europa.eu hiv.gov clinicalinfo.hiv.gov acponline.org ahajournals.org/guidelines diabetesjournals.org/care/issue`,
  regulator: `
    fda.gov ema.europa.eu mhra.gov.uk bfarm.de pei.de ansm.sante.fr aifa.gov.it aemps.gob.es swissmedic.ch
    tga.gov.au medsafe.govt.nz pmda.go.jp nmpa.gov.cn cdsco.gov.in anvisa.gov.br hsa.gov.sg mfds.go.kr
    dailymed.nlm.nih.gov gov.uk/government/organisations/medicines-and-healthcare-products-regulatory-agency
    gov.uk/drug-safety-update gov.uk/drug-device-alerts products.mhra.gov.uk medicines.org.uk/emc hma.eu
    health.ec.europa.eu canada.ca/en/health-canada recalls-rappels.canada.ca hpfb-dgpsa.ca dhpp.hpfb-dgpsa.ca
    lakemedelsverket.se laegemiddelstyrelsen.dk fimea.fi cbg-meb.nl fagg.be infarmed.pt
    basg.gv.at hpra.ie sukl.gov.cz urpl.gov.pl`,
  registry: `
    clinicaltrials.gov trialsearch.who.int isrctn.com clinicaltrialsregister.eu euclinicaltrials.eu drks.de
    anzctr.org.au chictr.org.cn ctri.nic.in jrct.niph.go.jp jrct.mhlw.go.jp umin.ac.jp/ctr crd.york.ac.uk/prospero
    ensaiosclinicos.gov.br irct.behdasht.gov.ir orpha.net omim.org rarediseases.info.nih.gov seer.cancer.gov
    registries.ncats.nih.gov gtr.ncbi.nlm.nih.gov ncbi.nlm.nih.gov/clinvar ncbi.nlm.nih.gov/gtr`,
  journal: `
    pubmed.ncbi.nlm.nih.gov pmc.ncbi.nlm.nih.gov ncbi.nlm.nih.gov/pmc ncbi.nlm.nih.gov/pubmed europepmc.org doi.org
    nejm.org evidence.nejm.org thelancet.com jamanetwork.com bmj.com acpjournals.org cochranelibrary.com nature.com
    science.org cell.com pnas.org plos.org biomedcentral.com springer.com springeropen.com wiley.com sciencedirect.com
    tandfonline.com sagepub.com academic.oup.com karger.com thieme-connect.com thieme-connect.de frontiersin.org
    mdpi.com ahajournals.org jacc.org ascopubs.org aacrjournals.org diabetesjournals.org atsjournals.org
    annualreviews.org elifesciences.org hindawi.com dovepress.com liebertpub.com lww.com rupress.org asm.org
    physiology.org pubs.acs.org rsna.org ajronline.org ashpublications.org jci.org embopress.org eurosurveillance.org
    medrxiv.org biorxiv.org arxiv.org researchsquare.com ssrn.com aerzteblatt.de smw.ch jmir.org f1000research.com
    cambridge.org/core jstor.org scielo.br scielo.org`,
  company: `
    abbott.com abbvie.com alnylam.com amgen.com astellas.com astrazeneca.com bayer.com biogen.com biomarin.com
    biontech.com boehringer-ingelheim.com bms.com csl.com cslbehring.com daiichisankyo.com eisai.com lilly.com gsk.com
    gilead.com grifols.com incyte.com ionis.com ipsen.com jnj.com janssen.com leo-pharma.com lundbeck.com medtronic.com
    merck.com msd.com merckgroup.com modernatx.com novartis.com novonordisk.com novo-nordisk.com organon.com pfizer.com
    regeneron.com roche.com gene.com sandoz.com sanofi.com servier.com siemens-healthineers.com sumitomo-pharma.com
    takeda.com teva.com tevapharm.com ucb.com vertexpharma.com viatris.com zoetis.com jazzpharma.com sarepta.com
    beigene.com beonemedicines.com hengrui.com sunpharma.com drreddys.com cipla.com stryker.com bostonscientific.com
    edwards.com illumina.com thermofisher.com philips.com gehealthcare.com`,
  news: `
    reuters.com apnews.com bbc.com bbc.co.uk nytimes.com washingtonpost.com theguardian.com wsj.com ft.com economist.com
    bloomberg.com cnn.com nbcnews.com npr.org cbsnews.com abcnews.go.com usatoday.com latimes.com time.com forbes.com
    politico.com axios.com cnbc.com statnews.com fiercepharma.com fiercebiotech.com endpts.com biopharmadive.com
    medpagetoday.com medscape.com/viewarticle healio.com biospace.com genengnews.com the-scientist.com sciencedaily.com
    eurekalert.org medicalxpress.com kffhealthnews.org prnewswire.com businesswire.com globenewswire.com spiegel.de
    zeit.de faz.net sueddeutsche.de tagesschau.de nzz.ch srf.ch lemonde.fr lefigaro.fr elpais.com corriere.it
    repubblica.it nos.nl svt.se dr.dk yle.fi nhk.or.jp news.google.com news.yahoo.com`,
} as const;

/** What each kind is called in the reason that is given for it. */
export const NAMES: Record<keyof typeof HOSTS, string> = {
  guideline_body: "a body that writes guidelines",
  regulator: "a regulator or its register of products",
  registry: "a registry",
  journal: "a journal, publisher or index of papers",
  company: "a company of the field",
  news: "a news site",
};
