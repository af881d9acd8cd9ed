/** Posted results of a study as text: who took part, what was measured in each group, and harms. */
import type { Section } from "../../../../schemas/index.ts";
import { get, objects, text, texts, words } from "../json/loose.ts";
import { bracketed, said, section } from "./lines.ts";

type Names = ReadonlyMap<string, string>;

export function resultSections(results: unknown): Section[] {
  return [
    section("Participant flow", flowLines(get(results, "participantFlowModule"))),
    section("Baseline", baselineLines(get(results, "baselineCharacteristicsModule"))),
    ...objects(results, "outcomeMeasuresModule", "outcomeMeasures").map((measure) =>
      section(`Result, ${words(text(measure, "type")) || "outcome"}`, measureLines(measure)),
    ),
    section("Adverse events", harmLines(get(results, "adverseEventsModule"))),
    section("Limitations", [text(results, "moreInfoModule", "limitationsAndCaveats", "description")]),
  ].flat();
}

function flowLines(module: unknown): string[] {
  const names = groupNames(module, "groups");
  return [
    text(module, "recruitmentDetails"),
    ...objects(module, "periods").flatMap((period) => [
      text(period, "title"),
      ...objects(period, "milestones").map((milestone) =>
        said(
          words(text(milestone, "type")),
          byGroup(objects(milestone, "achievements"), names, (a) => text(a, "numSubjects")),
        ),
      ),
      ...objects(period, "dropWithdraws").map((drop) =>
        said(
          `left, ${text(drop, "type")}`,
          byGroup(objects(drop, "reasons"), names, (r) => text(r, "numSubjects")),
        ),
      ),
    ]),
  ];
}

function baselineLines(module: unknown): string[] {
  const names = groupNames(module, "groups");
  return [
    ...denominatorLines(module, names),
    ...objects(module, "measures").flatMap((measure) => [
      text(measure, "title"),
      ...valueLines(measure, names, NOT_AVAILABLE),
    ]),
  ];
}

function measureLines(measure: unknown): string[] {
  const names = groupNames(measure, "groups");
  return [
    `${text(measure, "title")}${bracketed(text(measure, "timeFrame"))}`,
    text(measure, "description"),
    text(measure, "reportingStatus") === "NOT_POSTED"
      ? `Results are not posted${bracketed(said("expected", text(measure, "anticipatedPostingDate")))}`
      : "",
    said("Population", text(measure, "populationDescription")),
    ...denominatorLines(measure, names),
    ...valueLines(measure, names, missingIn(measure)),
    ...objects(measure, "analyses").map((analysis) => analysisLine(analysis, names)),
  ];
}

function denominatorLines(of: unknown, names: Names, around = ""): string[] {
  return objects(of, "denoms").map((denominator) =>
    said(
      [around, text(denominator, "units") || "Number"].filter(Boolean).join(", "),
      byGroup(objects(denominator, "counts"), names, (c) => text(c, "value")),
    ),
  );
}

/** A line for each class and category: `Median (95% Confidence Interval), months: Drug A 4.8 (4.3 to 4.9); …`. */
function valueLines(measure: unknown, names: Names, missing: string): string[] {
  const parameter = words(text(measure, "paramType"));
  const spread = words(text(measure, "dispersionType"));
  const unit = text(measure, "unitOfMeasure");
  const head = `${parameter}${bracketed(spread)}${unit ? `, ${unit}` : ""}`;
  return objects(measure, "classes").flatMap((row) => [
    // Of some rows, others were counted than of the whole.
    ...denominatorLines(row, names, text(row, "title")),
    ...objects(row, "categories").map((category) => {
      const label = [text(row, "title"), text(category, "title"), head].filter(Boolean).join(", ");
      return said(
        label || "Value",
        byGroup(objects(category, "measurements"), names, (m) => valueOf(m, missing)),
      );
    }),
  ]);
}

const NOT_AVAILABLE = "not available";

/** What NA stands for: a median time was not reached; any other value is not known. */
function missingIn(measure: unknown): string {
  const unit = text(measure, "unitOfMeasure");
  const isTime = unit === "" || /\b(?:time|hours?|days?|weeks?|months?|years?|hrs?|wks?|mos?|yrs?)\b/i.test(unit);
  return isTime && /median/i.test(text(measure, "paramType")) ? "not reached" : NOT_AVAILABLE;
}

/** Reasons that have nothing to do with reaching. */
const UNMEASURED = /quantif|detect|\bnot (?:collected|measured|assessed|calculated|analy[sz]ed|performed|done)\b/i;

function valueOf(measurement: unknown, missing: string): string {
  const comment = text(measurement, "comment");
  const none = UNMEASURED.test(comment) ? NOT_AVAILABLE : missing;
  const read = (name: string) => text(measurement, name).replace(/^(?:NA|NR|N\/A|not reached)$/i, none);
  const [low, high, spread] = [read("lowerLimit"), read("upperLimit"), read("spread")];
  const around = low || high ? `${low || none} to ${high || none}` : spread;
  return `${read("value")}${bracketed(around)}${bracketed(comment)}`;
}

function analysisLine(analysis: unknown, names: Names): string {
  const groups = texts(analysis, "groupIds").map((id) => names.get(id) ?? id);
  const percent = text(analysis, "ciPctValue");
  const parts = [
    said(text(analysis, "paramType") || "Estimate", text(analysis, "paramValue")),
    said(words(text(analysis, "dispersionType")), text(analysis, "dispersionValue")),
    said(percent ? `${percent} % confidence interval` : "Confidence interval", intervalOf(analysis)),
    said("p", text(analysis, "pValue"), text(analysis, "pValueComment")),
    said("Method", text(analysis, "statisticalMethod")),
    said("Tested for", hypothesisOf(analysis)),
    ...["groupDescription", "estimateComment", "statisticalComment", "otherAnalysisDescription"].map((name) =>
      text(analysis, name),
    ),
  ].filter(Boolean);
  return said(`Analysis${bracketed(groups.join(" against "))}`, parts.join("; "));
}

/** `0.33 to 0.63`; of an interval with one side, which side it is. */
function intervalOf(analysis: unknown): string {
  const limit = (name: string) => text(analysis, name).replace(/^(?:NA|NR|N\/A)$/i, NOT_AVAILABLE);
  const [low, high] = [limit("ciLowerLimit"), limit("ciUpperLimit")];
  if (low && high) return `${low} to ${high}`;
  return low ? `from ${low}` : high && `up to ${high}`;
}

/** Superiority is what is tested where nothing is said. */
function hypothesisOf(analysis: unknown): string {
  const kind = words(text(analysis, "nonInferiorityType"));
  if (!/equivalence|inferiority/.test(kind)) return "";
  return `${kind}${bracketed(text(analysis, "nonInferiorityComment"))}`;
}

function harmLines(module: unknown): string[] {
  const names = groupNames(module, "eventGroups");
  const totals = objects(module, "eventGroups").map((group) => {
    const share = (label: string, name: string) => {
      const affected = text(group, `${name}NumAffected`);
      return affected ? `${label} ${affected}/${text(group, `${name}NumAtRisk`) || "?"}` : "";
    };
    const shares = [share("deaths", "deaths"), share("serious", "serious"), share("other", "other")].filter(Boolean);
    return said(text(group, "title"), shares.join(", "));
  });
  const events = (["serious", "other"] as const).flatMap((kind) =>
    objects(module, `${kind}Events`).map((event) => {
      return said(
        `${kind}: ${text(event, "term")}${bracketed(text(event, "organSystem"))}`,
        byGroup(objects(event, "stats"), names, shareOf),
      );
    }),
  );
  const threshold = text(module, "frequencyThreshold");
  return [
    said("Time frame", text(module, "timeFrame")),
    text(module, "description"),
    // What is rarer than that is not among them.
    threshold && threshold !== "0" ? `Other events are those of more than ${threshold} % of a group` : "",
    ...totals,
    ...events,
  ];
}

function shareOf(stat: unknown): string {
  return `${text(stat, "numAffected") || "?"}/${text(stat, "numAtRisk") || "?"}`;
}

function groupNames(of: unknown, list: string): Names {
  return new Map(objects(of, list).map((group) => [text(group, "id"), text(group, "title") || text(group, "id")]));
}

function byGroup(values: readonly unknown[], names: Names, read: (value: unknown) => string): string {
  return values
    .map((value) => `${names.get(text(value, "groupId")) ?? text(value, "groupId")} ${read(value)}`.trim())
    .filter(Boolean)
    .join("; ");
}
