import type { Pool } from "pg";
import { listScannedConfigs } from "#lib/db/queries/list-scanned-configs.ts";
import { parseDigest } from "#lib/model/digest.ts";
import type { MachineOffer } from "#lib/model/machine-offer.ts";
import { surveyMachine } from "#lib/scan/survey-machine.ts";
import { allowsMachine } from "./page-request.ts";

/** What pages may offer of this machine, and which of its images are scanned already. */
export interface MachineSurvey {
  readonly offers: readonly MachineOffer[];
  /** Config digests. */
  readonly scanned: readonly string[];
}

/** `undefined` if pages may not ask for it. */
export async function surveyForPages(pool: Pool, signal: AbortSignal): Promise<MachineSurvey | undefined> {
  if (!allowsMachine()) return undefined;
  const offers = await surveyMachine(signal);
  const ids = offers.flatMap((offer) => (offer.kind === "engine" ? offer.images.map(({ id }) => id) : []));
  const digests = ids.flatMap((id) => parseDigest(id) ?? []);
  return { offers, scanned: [...(await listScannedConfigs(pool, digests))] };
}
