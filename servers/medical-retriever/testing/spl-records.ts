/** Fictional labels in the shapes of DailyMed: rows of a list, and SPL. */

export function listing(rows: readonly unknown[], { page = 1, pages = 1, total = rows.length } = {}) {
  return {
    data: rows,
    metadata: {
      total_elements: total,
      elements_per_page: 100,
      total_pages: pages,
      current_page: page,
      next_page: page < pages ? page + 1 : "null",
      previous_page: page > 1 ? page - 1 : "null",
    },
  };
}

export function row(setid: string, title: string, published = "Aug 21, 2025", version = 3) {
  return { setid, title, spl_version: version, published_date: published };
}

export function spl(setid: string, text: string, brand = "Zelpa"): string {
  return `<?xml version="1.0" encoding="UTF-8"?><document xmlns="urn:hl7-org:v3"><id root="v"/>
<code displayName="HUMAN PRESCRIPTION DRUG LABEL"/><title>${brand}</title><effectiveTime value="20250821"/><setId root="${setid}"/>
<author><assignedEntity><representedOrganization><name>Fiction Inc.</name></representedOrganization></assignedEntity></author>
<component><structuredBody><component><section><code code="48780-1"/><subject><manufacturedProduct><manufacturedProduct>
<code code="99999-101" codeSystem="2.16.840.1.113883.6.69"/><name>${brand}</name><formCode displayName="TABLET"/>
<asEntityWithGeneric><genericMedicine><name>zelpamab</name></genericMedicine></asEntityWithGeneric>
<ingredient classCode="ACTIM"><quantity><numerator value="5" unit="mg"/><denominator value="1" unit="1"/></quantity>
<ingredientSubstance><code code="FICTION001" codeSystem="2.16.840.1.113883.4.9"/><name>ZELPAMAB</name></ingredientSubstance></ingredient>
</manufacturedProduct><subjectOf><approval><id extension="NDA999999"/></approval></subjectOf></manufacturedProduct></subject></section></component>
<component><section><code code="34068-7" codeSystem="2.16.840.1.113883.6.1"/><title>2 DOSAGE</title><text>${text}</text></section></component>
</structuredBody></component></document>`;
}
