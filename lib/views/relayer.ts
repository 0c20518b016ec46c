import "server-only";
import { findArtifacts } from "#lib/db/queries/find-artifacts.ts";
import { listDetails } from "#lib/db/queries/get-artifact.ts";
import { KeptAnswers, type KeptState, newKeptState } from "#lib/jobs/kept-answers.ts";
import { isRemoteSource } from "#lib/jobs/page-file.ts";
import { pinSource } from "#lib/jobs/page-rebase.ts";
import { relayerStored, type StoredRelayer } from "#lib/jobs/page-relayer.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { GoneError, UsageError } from "#lib/model/problem.ts";
import type { RelayerAnswer, RelayerGoal } from "#lib/model/relayer-answer.ts";
import { MAX_SETS } from "#lib/model/rung.ts";
import { database } from "./database.ts";
import { nameSources } from "./name-sources.ts";
import { orNotFound } from "./or-not-found.ts";

/** Which images are cut, and how, as in a URL. */
export interface RelayerQuestion {
  /** Names and patterns. */
  readonly image: readonly string[];
  /** The most layers that an image may have. */
  readonly layers: number;
  /** Default: as the command's. */
  readonly goal: RelayerGoal | undefined;
}

/** A stored image that is cut again. */
export interface StoredImage {
  /** Short id. */
  readonly id: string;
  readonly digest: string;
  readonly name: string;
  /** The latest source that it was scanned from, as it was spelled. */
  readonly source: string;
}

export interface RelayerView {
  /** In the order of the question, each once. */
  readonly images: readonly StoredImage[];
  readonly goal: RelayerGoal;
  /** With the names of the stored images; `undefined` until their layers are read. */
  readonly answer: RelayerAnswer | undefined;
  /** Of the images, for the command that writes them. */
  readonly sources: readonly string[];
  /** Reading the layers downloads them. */
  readonly isRemote: boolean;
}

/** Answers that are kept: one may list thousands of layers. */
const MAX_KEPT = 16;

// The bundles of the page and of the route that cuts have a copy of this module each: they share what is known.
const shared = globalThis as typeof globalThis & { stratigraphRelayers?: KeptState<RelayerAnswer> };
shared.stratigraphRelayers ??= newKeptState(MAX_KEPT);
const cuts = new KeptAnswers({
  state: shared.stratigraphRelayers,
  busy: "Other images are being cut; try again.",
  cannot: "They cannot be cut",
});

/** The images, and how they would be cut if their layers were read since this server was started. Throws a UsageError. */
export async function loadRelayer(question: RelayerQuestion): Promise<RelayerView> {
  const images = await findImages(question.image);
  const stored = toStored(images, question);
  const answer = cuts.get(toKey(stored));
  return {
    images,
    goal: stored.goal,
    answer: answer && nameImages(answer, images),
    sources: await nameSources(images),
    isRemote: images.some(({ source }) => isRemoteSource(source)),
  };
}

/** Reads the layers and keeps the answer, unless that has happened. Throws a UsageError with one line if they cannot be read. */
export async function cutStored(question: RelayerQuestion): Promise<RelayerAnswer> {
  const stored = toStored(await findImages(question.image), question);
  return cuts.load(toKey(stored), (signal) => relayerStored(stored, signal));
}

async function findImages(names: readonly string[]): Promise<StoredImage[]> {
  const db = await database();
  const found = (await Promise.all(names.map((name) => findArtifacts(db, name)))).flat();
  const ids = [...new Set(found.map(({ id }) => id))];
  if (ids.length > MAX_SETS)
    throw new UsageError(`a set can have at most ${MAX_SETS} images; these names match ${ids.length}`);
  const details = await listDetails(db, ids);
  return orNotFound(async () => ids.map((id) => toImage(details.find((detail) => detail.id === id))));
}

function toImage(detail: Awaited<ReturnType<typeof listDetails>>[number] | undefined): StoredImage {
  if (detail === undefined) throw new GoneError();
  const { digest, name, source, kind } = detail;
  if (kind !== "image") throw new UsageError(`${name} is not an image: only images have layers`);
  return { id: toArtifactId(digest), digest, name, source };
}

function toStored(images: readonly StoredImage[], { goal, layers }: RelayerQuestion): StoredRelayer {
  return {
    images: images.map(({ digest, source }) => ({ digest, source: pinSource(source, digest) })),
    goal: goal ?? (images.length === 1 ? "update" : "set"),
    maxLayers: layers,
  };
}

/** By digests: the same images are cut the same way, whatever their names are. */
function toKey({ images, goal, maxLayers }: StoredRelayer): string {
  return [goal, maxLayers, ...images.map(({ digest }) => digest)].join(" ");
}

/** A source may know an image by another name than it is stored under. */
function nameImages(answer: RelayerAnswer, stored: readonly StoredImage[]): RelayerAnswer {
  const { images, updates } = answer;
  return {
    ...answer,
    images: images.map((image, at) => ({ ...image, name: stored[at]!.name })),
    ...(updates && {
      updates: updates.map((update, at) => ({ ...update, from: stored[at]!.name, to: stored[at + 1]!.name })),
    }),
  };
}
