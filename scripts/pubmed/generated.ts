/** A PubMed baseline file of any size in the shape of NLM's own: every part that a real citation has, with invented content. */
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { mulberry32 } from "../../servers/kit/mulberry.ts";

const WORDS =
  "patients treatment cells expression with the of in and to a was were for by that associated risk increased significantly after group study disease clinical levels response protein gene effect analysis compared mortality randomized trial dose therapy survival tumor blood pressure diabetes cardiac infection children incidence factor receptor activity mutation".split(
    " ",
  );
const MESH = [
  "Humans",
  "Female",
  "Male",
  "Adult",
  "Aged",
  "Middle Aged",
  "Animals",
  "Risk Factors",
  "Treatment Outcome",
  "Mice",
  "Prospective Studies",
  "Neoplasms",
];
const LABELS = ["BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"];

/** Writes `count` citations, one in four with a structured abstract, a tenth with a reference list. The same bytes each time. */
export async function writeBaseline(path: string, count: number): Promise<void> {
  const file = createWriteStream(path);
  file.write(
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet SYSTEM "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n',
  );
  for (let n = 1; n <= count; n++) {
    if (!file.write(citation(n))) await once(file, "drain");
  }
  file.end("</PubmedArticleSet>\n");
  await once(file, "finish");
}

function citation(n: number): string {
  const random = mulberry32(Math.imul(n, 0x9e3779b1));
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  const text = (length: number) => Array.from({ length }, () => pick(WORDS)).join(" ");
  const pmid = 800_000_000 + n;
  const authors = Array.from({ length: 2 + Math.floor(random() * 8) }, () => {
    const name = pick(WORDS);
    return `          <Author ValidYN="Y">
            <LastName>${name.charAt(0).toUpperCase()}${name.slice(1)}é</LastName>
            <ForeName>Anna B</ForeName>
            <Initials>AB</Initials>
            <AffiliationInfo>
              <Affiliation>Department of ${text(6)}, University of ${text(3)}, ${text(2)}.</Affiliation>
            </AffiliationInfo>
          </Author>`;
  }).join("\n");
  const abstract =
    n % 4 === 0
      ? LABELS.map(
          (label) =>
            `<AbstractText Label="${label}" NlmCategory="${label}">${text(50)} (P&lt;0.05, 10<sup>6</sup>/L).</AbstractText>`,
        ).join("\n          ")
      : `<AbstractText>${text(90)} in <i>E. coli</i> at 5&#xa0;mg. ${text(100)}.</AbstractText>`;
  const mesh = Array.from(
    { length: 6 + Math.floor(random() * 8) },
    () => `        <MeshHeading>
          <DescriptorName UI="D006801" MajorTopicYN="N">${pick(MESH)}</DescriptorName>
          <QualifierName UI="Q000150" MajorTopicYN="N">complications</QualifierName>
        </MeshHeading>`,
  ).join("\n");
  const references =
    n % 10 === 0
      ? `        <ReferenceList>${Array.from(
          { length: 30 },
          (_, i) => `
          <Reference><Citation>${text(14)}. 2001;${i}:1-9.</Citation><ArticleIdList><ArticleId IdType="pubmed">${i + 1}</ArticleId></ArticleIdList></Reference>`,
        ).join("")}
        </ReferenceList>\n`
      : "";
  const comments =
    n % 500 === 0
      ? `      <CommentsCorrectionsList>
        <CommentsCorrections RefType="ErratumIn"><RefSource>J Fict. 2010</RefSource><PMID Version="1">${pmid - 1}</PMID></CommentsCorrections>
      </CommentsCorrectionsList>\n`
      : "";
  return `  <PubmedArticle>
    <MedlineCitation Status="MEDLINE" IndexingMethod="Automated" Owner="NLM">
      <PMID Version="1">${pmid}</PMID>
      <DateCompleted>
        <Year>2012</Year>
        <Month>07</Month>
        <Day>27</Day>
      </DateCompleted>
      <DateRevised>
        <Year>2019</Year>
        <Month>12</Month>
        <Day>10</Day>
      </DateRevised>
      <Article PubModel="Print-Electronic">
        <Journal>
          <ISSN IssnType="Electronic">1234-5678</ISSN>
          <JournalIssue CitedMedium="Internet">
            <Volume>${n % 90}</Volume>
            <Issue>2</Issue>
            <PubDate>
              <Year>${1980 + (n % 45)}</Year>
              <Month>Jul</Month>
              <Day>${1 + (n % 28)}</Day>
            </PubDate>
          </JournalIssue>
          <Title>The journal of ${pick(WORDS)} fictions</Title>
          <ISOAbbreviation>J Fict</ISOAbbreviation>
        </Journal>
        <ArticleTitle>${text(14)}.</ArticleTitle>
        <Pagination>
          <StartPage>107</StartPage>
          <EndPage>114</EndPage>
          <MedlinePgn>107-14</MedlinePgn>
        </Pagination>
        <ELocationID EIdType="doi" ValidYN="Y">10.9999/fiction.${pmid}</ELocationID>
        <Abstract>
          ${abstract}
          <CopyrightInformation>Copyright of a fiction.</CopyrightInformation>
        </Abstract>
        <AuthorList CompleteYN="Y">
${authors}
        </AuthorList>
        <Language>eng</Language>
        <GrantList CompleteYN="Y">
          <Grant>
            <GrantID>R01 ${n}</GrantID>
            <Agency>NHLBI NIH HHS</Agency>
            <Country>United States</Country>
          </Grant>
        </GrantList>
        <PublicationTypeList>
          <PublicationType UI="D016428">Journal Article</PublicationType>
          <PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>
        </PublicationTypeList>
        <ArticleDate DateType="Electronic">
          <Year>2012</Year>
          <Month>06</Month>
          <Day>04</Day>
        </ArticleDate>
      </Article>
      <MedlineJournalInfo>
        <Country>United States</Country>
        <MedlineTA>J Fict</MedlineTA>
        <NlmUniqueID>0255562</NlmUniqueID>
        <ISSNLinking>0028-4793</ISSNLinking>
      </MedlineJournalInfo>
      <ChemicalList>
        <Chemical>
          <RegistryNumber>0</RegistryNumber>
          <NameOfSubstance UI="D000970">Antineoplastic Agents</NameOfSubstance>
        </Chemical>
      </ChemicalList>
      <CitationSubset>IM</CitationSubset>
${comments}      <MeshHeadingList>
${mesh}
      </MeshHeadingList>
    </MedlineCitation>
    <PubmedData>
      <History>
        <PubMedPubDate PubStatus="entrez">
          <Year>2012</Year>
          <Month>6</Month>
          <Day>6</Day>
        </PubMedPubDate>
        <PubMedPubDate PubStatus="pubmed">
          <Year>2012</Year>
          <Month>6</Month>
          <Day>6</Day>
        </PubMedPubDate>
      </History>
      <PublicationStatus>ppublish</PublicationStatus>
      <ArticleIdList>
        <ArticleId IdType="pubmed">${pmid}</ArticleId>
        <ArticleId IdType="doi">10.9999/fiction.${pmid}</ArticleId>
        <ArticleId IdType="pmc">PMC${pmid}</ArticleId>
      </ArticleIdList>
${references}    </PubmedData>
  </PubmedArticle>
`;
}
