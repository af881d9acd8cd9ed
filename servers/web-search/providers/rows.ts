/** Results of a provider, one by one: what is no page (an infobox, a calculation) stands between them in some answers. */
import { z } from "zod";

/** A list whose odd members are left out; where all are odd, it is not the list that was meant. */
export function rowsOf<Row extends z.ZodType>(row: Row) {
  return z.array(z.unknown()).transform((given, context): z.infer<Row>[] => {
    const rows = given.flatMap((one) => {
      const { success, data } = row.safeParse(one);
      return success ? [data] : [];
    });
    if (given.length > 0 && rows.length === 0) context.addIssue({ code: "custom", message: "no member is a result" });
    return rows;
  });
}
