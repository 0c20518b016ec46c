import "server-only";
import { LRUCache } from "lru-cache";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { listSharedSources } from "#lib/db/queries/list-shared-sources.ts";
import { isRemoteRebase, judgeStored, nameInSource, pinSource, type StoredRebase } from "#lib/jobs/page-rebase.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { InputError, QuotaError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import type { RebaseAnswer } from "#lib/model/rebase-answer.ts";
import type { PlanImage, PullRow, RebasePlan } from "#lib/model/rebase-plan.ts";
import { answerLineageOverview } from "#lib/moves/lineage/answer-lineage.ts";
import { answerRebasePlan } from "#lib/moves/rebase/plan/answer-plan.ts";
import { countPulls, estimateDownload } from "#lib/moves/rebase/plan/count-pulls.ts";
import { database } from "./database.ts";
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

/** Rebases judged at the same time, of all pages: each has a process of its own. */
const MAX_JUDGED = 2;
/** Milliseconds after which judging is given up. */
const MAX_JUDGE_MS = 300_000;
/** Verdicts that are kept: an answer lists a bounded number of findings. */
const MAX_KEPT = 64;

interface Judged {
  readonly answers: LRUCache<string, RebaseAnswer>;
  readonly running: Map<string, Promise<RebaseAnswer>>;
}

// The bundles of the page and of the route that judges have a copy of this module each: they share this.
const shared = globalThis as typeof globalThis & { stratigraphRebases?: Judged };
shared.stratigraphRebases ??= { answers: new LRUCache({ max: MAX_KEPT }), running: new Map() };
const { answers, running } = shared.stratigraphRebases;

/**
 * What is known of a rebase, and its verdict if it was judged before. Throws a UsageError for unknown names, for what is no image, and if the
 * bases are not given and do not follow from what is stale.
 */
export async function loadRebase(names: RebaseNames): Promise<RebaseView> {
  const plan = await loadPlan(names);
  const answer = answers.get(toKey(plan));
  const merge = answer?.layers.find(({ origin }) => origin === "merge");
  const mergeBytes = merge === undefined ? 0 : estimateDownload(merge.storedSize, plan.image);
  const sources = await nameSources(plan);
  return { plan, answer, pulls: countPulls(plan, mergeBytes), sources, isRemote: isRemoteRebase(toStored(plan)) };
}

/** Reads the layers and keeps the verdict, unless that has happened. Throws a UsageError with one line if they cannot be read. */
export async function judgeRebase(names: RebaseNames): Promise<RebaseAnswer> {
  const plan = await loadPlan(names);
  const key = toKey(plan);
  return answers.get(key) ?? running.get(key) ?? judge(key, toStored(plan));
}

function judge(key: string, rebase: StoredRebase): Promise<RebaseAnswer> {
  if (running.size >= MAX_JUDGED) throw new QuotaError("Other rebases are being judged; try again.");
  // Not the request's signal: who leaves the page and comes back finds the verdict.
  const judged = judgeStored(rebase, AbortSignal.timeout(MAX_JUDGE_MS))
    .then((answer) => {
      answers.set(key, answer);
      return answer;
    })
    .catch((error: unknown) => {
      throw toReason(error);
    })
    .finally(() => running.delete(key));
  running.set(key, judged);
  return judged;
}

function toReason(error: unknown): unknown {
  if (error instanceof DOMException) return new UsageError("It cannot be judged: reading the layers takes too long.");
  if (error instanceof InputError || error instanceof UnreachableError)
    return new UsageError(`It cannot be judged: ${error.message}`);
  return error;
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
  if (older === undefined) throw new UsageError(`${image} stands on no image that was scanned: name its base`);
  if (newer !== undefined) return { from: older, to: newer };
  const name = images.find(({ id }) => id === older)?.name ?? older;
  throw new UsageError(`the base ${name} of ${image} has not moved: name the image to move it to`);
}

/** The sources as a command takes them, one image each. */
async function nameSources({ image, from, to }: RebasePlan): Promise<RebaseView["sources"]> {
  const all = [image, from, to];
  const sources = all.map(({ source }) => source);
  const several = await listSharedSources(await database(), sources);
  const [one, older, newer] = all.map(({ source, digest, name, moved }) =>
    several.has(source) ? nameInSource(source, moved?.name ?? name) : pinSource(source, digest),
  );
  return { image: one!, from: older!, to: newer! };
}

function toStored({ image, from, to, rebuilt }: RebasePlan): StoredRebase {
  const pin = ({ digest, source }: PlanImage) => ({ digest, source: pinSource(source, digest) });
  return { image: pin(image), from: pin(from), to: pin(to), against: rebuilt === null ? undefined : pin(rebuilt) };
}

/** By digests: the same images have the same verdict, whatever their names are. */
function toKey({ image, from, to, rebuilt }: RebasePlan): string {
  return [image, from, to, ...(rebuilt === null ? [] : [rebuilt])].map(({ digest }) => digest).join(" ");
}
