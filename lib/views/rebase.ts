import "server-only";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { KeptAnswers, type KeptState, newKeptState } from "#lib/jobs/kept-answers.ts";
import { isRemoteRebase, judgeStored, pinSource, type StoredRebase } from "#lib/jobs/page-rebase.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { RebaseAnswer } from "#lib/model/rebase-answer.ts";
import type { PlanImage, PullRow, RebasePlan } from "#lib/model/rebase-plan.ts";
import { answerLineageOverview } from "#lib/moves/lineage/answer-lineage.ts";
import { answerRebasePlan } from "#lib/moves/rebase/plan/answer-plan.ts";
import { countPulls, estimateDownload } from "#lib/moves/rebase/plan/count-pulls.ts";
import { database } from "./database.ts";
import { nameSources } from "./name-sources.ts";
import { orNotFound } from "./or-not-found.ts";

/** Names of images as in a URL; "": not given. */
export interface RebaseNames {
  readonly image: string;
  readonly from: string;
  readonly to: string;
  readonly against: string;
}

export interface RebaseView {
  readonly plan: RebasePlan;
  readonly pulls: readonly PullRow[];
  /** The verdict, if its layers were read since this server was started. */
  readonly answer: RebaseAnswer | undefined;
  /** For the command that writes it. */
  readonly sources: Readonly<Record<"image" | "from" | "to", string>>;
  /** Reading the layers downloads them. */
  readonly isRemote: boolean;
}

/** Verdicts that are kept: an answer lists a bounded number of findings. */
const MAX_KEPT = 64;

// The bundles of the page and of the route that judges have a copy of this module each: they share what is known.
const shared = globalThis as typeof globalThis & { stratigraphRebases?: KeptState<RebaseAnswer> };
shared.stratigraphRebases ??= newKeptState(MAX_KEPT);
const verdicts = new KeptAnswers({
  state: shared.stratigraphRebases,
  busy: "Other rebases are being judged; try again.",
  cannot: "It cannot be judged",
});

/**
 * What is known of a rebase, and its verdict if it was judged before. Throws a UsageError for unknown names, for what is no image, and if the
 * bases are not given and do not follow from what is stale.
 */
export async function loadRebase(names: RebaseNames): Promise<RebaseView> {
  const plan = await loadPlan(names);
  const answer = verdicts.get(toKey(plan));
  const merge = answer?.layers.find(({ origin }) => origin === "merge");
  const mergeBytes = merge === undefined ? 0 : estimateDownload(merge.storedSize, plan.image);
  const [image, from, to] = await nameSources([plan.image, plan.from, plan.to].map(toScanned));
  const sources = { image: image!, from: from!, to: to! };
  return { plan, answer, pulls: countPulls(plan, mergeBytes), sources, isRemote: isRemoteRebase(toStored(plan)) };
}

/** Reads the layers and keeps the verdict, unless that has happened. Throws a UsageError with one line if they cannot be read. */
export async function judgeRebase(names: RebaseNames): Promise<RebaseAnswer> {
  const plan = await loadPlan(names);
  return verdicts.load(toKey(plan), (signal) => judgeStored(toStored(plan), signal));
}

async function loadPlan(names: RebaseNames): Promise<RebasePlan> {
  const db = await database();
  const image = await findArtifact(db, names.image);
  const { from, to } = names.from === "" || names.to === "" ? await findBases(image.digest, names) : names;
  const [older, newer, rebuilt] = await Promise.all([
    findArtifact(db, from),
    findArtifact(db, to),
    names.against === "" ? undefined : findArtifact(db, names.against),
  ]);
  const ids = { image: image.id, from: older.id, to: newer.id, rebuilt: rebuilt?.id };
  return orNotFound(() => answerRebasePlan(db, ids));
}

/** The base of an image and what its name refers to now, for those that are not given. */
async function findBases(digest: string, { image, from, to }: RebaseNames): Promise<{ from: string; to: string }> {
  const { images, stale } = await answerLineageOverview(await database());
  const base = images.find(({ id }) => id === toArtifactId(digest))?.base ?? undefined;
  const moved = stale.bases.find(({ id }) => id === base);
  const [older, newer] = [from || base, to || moved?.newer];
  if (older === undefined) throw new UsageError(`${image} is built on no scanned image: name its base`);
  if (newer !== undefined) return { from: older, to: newer };
  const name = images.find(({ id }) => id === older)?.name ?? older;
  throw new UsageError(`the base ${name} of ${image} has not been updated: name the image to move it to`);
}

/** By the name that its source knows it by: a name may have moved since. */
function toScanned({ source, digest, name, moved }: PlanImage) {
  return { source, digest, name: moved?.name ?? name };
}

function toStored({ image, from, to, rebuilt }: RebasePlan): StoredRebase {
  const pin = ({ digest, source }: PlanImage) => ({ digest, source: pinSource(source, digest) });
  return { image: pin(image), from: pin(from), to: pin(to), against: rebuilt === null ? undefined : pin(rebuilt) };
}

/** By digests: the same images have the same verdict, whatever their names are. */
function toKey({ image, from, to, rebuilt }: RebasePlan): string {
  return [image, from, to, ...(rebuilt === null ? [] : [rebuilt])].map(({ digest }) => digest).join(" ");
}
