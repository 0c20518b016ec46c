import type { Pool } from "pg";
import { countDuplicateVersions } from "#lib/analysis/gates/count-duplicates.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { ArtifactKind, MeasuredLabel } from "#lib/model/artifact-label.ts";
import { type ArtifactPart, partKey } from "#lib/model/artifact-part.ts";
import type { DiveFigures } from "#lib/model/check-answer.ts";
import type { Gates } from "#lib/model/gates.ts";
import type { HeldComponent } from "#lib/model/holding.ts";
import { loadBlobParts } from "../blob-parts.ts";
import { checkSized } from "../check-sized.ts";
import { loadDownloadLabels } from "../labels.ts";
import { loadPartComponents } from "../parts.ts";
import { answerSavings } from "../savings.ts";
import { whileWhole } from "../while-whole.ts";
import type { Figure, Gate } from "./judge.ts";

/** An artifact under examination. */
export interface Subject {
  readonly db: Pool;
  readonly part: ArtifactPart;
  readonly label: MeasuredLabel;
  /** Read once for all rules of dive. */
  readonly loadDive: () => Promise<DiveFigures>;
  readonly base: (ArtifactPart & { readonly digest: string }) | undefined;
}

/** A rule about one artifact. An SBOM is of every kind: what it does not state, it fails. */
export interface ArtifactGate extends Omit<Gate, "load"> {
  readonly kind?: Exclude<ArtifactKind, "sbom">;
  readonly load: (subject: Subject) => Promise<Figure>;
}

const NO_DOWNLOAD = "not known: its source has no download sizes";
const NO_USER_BYTES = "all layers but the first are empty, and there is waste: dive's ratio is infinite";
const NOT_KNOWN = "not known";

/** The active rules with a number as their limit. */
export function listArtifactGates(gates: Gates): ArtifactGate[] {
  return [...listDiveGates(gates), ...listSizeGates(gates), ...listComponentGates(gates)];
}

function listDiveGates(gates: Gates): ArtifactGate[] {
  const image = { kind: "image", unknown: NO_USER_BYTES } as const;
  return keepActive([
    {
      ...image,
      rule: "lowestEfficiency",
      unit: "ratio",
      isMinimum: true,
      limit: gates.lowestEfficiency,
      load: async ({ loadDive }) => (await loadDive()).diveEfficiency,
    },
    {
      ...image,
      rule: "highestWastedBytes",
      unit: "bytes",
      limit: gates.highestWastedBytes,
      load: async ({ loadDive }) => (await loadDive()).diveWastedBytes,
    },
    {
      ...image,
      rule: "highestUserWastedPercent",
      unit: "ratio",
      limit: gates.highestUserWastedPercent,
      load: async ({ loadDive }) => (await loadDive()).diveUserWastedPercent,
    },
  ]);
}

function listSizeGates({ maxRootfsSize, maxClosureSize, maxDownloadSize, maxAdded }: Gates): ArtifactGate[] {
  const bytes = { unit: "bytes", unknown: NOT_KNOWN } as const;
  const rung = maxAdded?.rung ?? "chain";
  return keepActive([
    { ...bytes, kind: "image", rule: "maxRootfsSize", limit: maxRootfsSize, load: loadRootfsSize },
    { ...bytes, kind: "closure", rule: "maxClosureSize", limit: maxClosureSize, load: loadClosureSize },
    { ...bytes, rule: "maxDownloadSize", limit: maxDownloadSize, load: loadDownloadSize, unknown: NO_DOWNLOAD },
    {
      ...bytes,
      rule: "maxAdded",
      limit: maxAdded?.bytes,
      details: { rung },
      load: (subject) => loadAdded(subject, rung),
    },
  ]);
}

function listComponentGates({ maxUnowned, maxDuplicateVersions }: Gates): ArtifactGate[] {
  const unowned = { kind: "image", rule: "maxUnowned", unknown: NOT_KNOWN } as const;
  const isShare = maxUnowned !== undefined && "share" in maxUnowned;
  return keepActive([
    isShare
      ? { ...unowned, unit: "ratio", limit: maxUnowned.share, load: loadUnownedShare }
      : { ...unowned, unit: "bytes", limit: maxUnowned?.bytes, load: loadUnowned },
    {
      rule: "maxDuplicateVersions",
      unit: "count",
      unknown: NOT_KNOWN,
      limit: maxDuplicateVersions,
      load: async (subject) => countDuplicateVersions(await loadComponents(subject)),
    },
  ]);
}

type MaybeGate = Omit<ArtifactGate, "limit"> & { readonly limit: number | undefined };

function keepActive(gates: readonly MaybeGate[]): ArtifactGate[] {
  return gates.flatMap(({ limit, ...gate }) => (limit === undefined ? [] : [{ ...gate, limit }]));
}

/** The components of an artifact, or of a part of it. Throws a ManifestOnlyError if they were never read. */
export async function loadComponents({ db, part }: Subject): Promise<readonly HeldComponent[]> {
  const [components] = await whileWhole(db, [part], () => loadPartComponents(db, [part]));
  return components!;
}

function loadRootfsSize({ db, part }: Subject): Promise<number | null> {
  return whileWhole(db, [part], async () => {
    await checkSized(db, [part]);
    return (await getArtifact(db, part.id)).rootfsSize ?? null;
  });
}

async function loadClosureSize({ db, part, label }: Subject): Promise<number> {
  await checkSized(db, [part]);
  return label.byteCount;
}

async function loadDownloadSize({ db, part }: Subject): Promise<number | null> {
  await checkSized(db, [part]);
  const [label] = await loadDownloadLabels(db, [part], await loadBlobParts(db, [part]));
  return label!.byteCount;
}

/** `marginal(artifact | {base})` of one rung. */
async function loadAdded({ db, part, base }: Subject, rung: string): Promise<Figure> {
  if (base === undefined) throw new Error("maxAdded needs a base: check the question first");
  if (partKey(part) === partKey(base)) return 0;
  const { rungs } = await answerSavings(db, [part, base]);
  const found = rungs.find((figure) => figure.rung === rung);
  return found === undefined ? null : { actual: found.marginal[0]!, estimated: found.estimated };
}

async function loadUnowned(subject: Subject): Promise<number> {
  await checkSized(subject.db, [subject.part]);
  return sumOf((await loadComponents(subject)).filter(({ kind }) => kind === "unowned"));
}

async function loadUnownedShare(subject: Subject): Promise<number> {
  const [unowned, all] = [await loadUnowned(subject), sumOf(await loadComponents(subject))];
  return all === 0 ? 0 : unowned / all;
}

function sumOf(components: readonly HeldComponent[]): number {
  return components.reduce((sum, { selfSize }) => sum + selfSize, 0);
}

/** The details of a rule that compares with the base. */
export function baseDetails({ base }: Subject): { base?: string } {
  return base === undefined ? {} : { base: toArtifactId(base.digest) };
}
