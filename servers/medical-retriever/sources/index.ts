/** The live sources, in the order in which their copies of one thing are preferred. */
import { clinicaltrials } from "./clinicaltrials.ts";
import { dailymed } from "./dailymed.ts";
import { europepmc } from "./europepmc.ts";
import { openfda } from "./openfda.ts";
import { pmc } from "./pmc.ts";
import { pubmed } from "./pubmed.ts";
import { rxnav } from "./rxnav.ts";
import type { LiveSource } from "./source.ts";

export const LIVE_SOURCES: readonly LiveSource[] = [pubmed, europepmc, pmc, dailymed, openfda, clinicaltrials, rxnav];
