import "server-only";
import { completeReference, weighImages } from "#lib/jobs/page-lookup.ts";
import { type MachineSurvey, surveyForPages } from "#lib/jobs/page-machine.ts";
import { QuotaError } from "#lib/model/problem.ts";
import type { ImageWeight, RegistryOffer } from "#lib/model/registry-offer.ts";
import { database } from "./database.ts";

export type { MachineSurvey } from "#lib/jobs/page-machine.ts";

/** Questions to registries and the engine at the same time, of all pages: each may wait for a slow server. */
const MAX_QUESTIONS = 16;
/** Milliseconds after which a question is given up. */
const MAX_QUESTION_MS = 15_000;

let questionCount = 0;

/** Completes a reference while it is typed. Gives up with the signal. */
export function loadOffer(text: string, signal: AbortSignal): Promise<RegistryOffer> {
  return asking(signal, (either) => completeReference(text, either));
}

/** What scans of these images would download. Throws UsageError if one is misspelt or not allowed. */
export function loadWeights(
  texts: readonly string[],
  platform: string | undefined,
  signal: AbortSignal,
): Promise<ImageWeight[]> {
  return asking(signal, async (either) => weighImages(await database(), texts, platform, either));
}

/** What this machine has; `undefined` if pages may not ask for it. */
export function loadMachine(signal: AbortSignal): Promise<MachineSurvey | undefined> {
  return asking(signal, async (either) => surveyForPages(await database(), either));
}

async function asking<T>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (questionCount >= MAX_QUESTIONS) throw new QuotaError("too many registries are asked at once; try again");
  questionCount += 1;
  try {
    return await ask(AbortSignal.any([signal, AbortSignal.timeout(MAX_QUESTION_MS)]));
  } finally {
    questionCount -= 1;
  }
}
