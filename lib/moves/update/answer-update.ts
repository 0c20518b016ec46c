import type { Pool } from "pg";
import { checkSized } from "#lib/answers/check-sized.ts";
import { answerNamedHolders } from "#lib/answers/named-holders.ts";
import { loadChunkUnits } from "#lib/answers/rung-units.ts";
import { whileWhole } from "#lib/answers/while-whole.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { NamedHolder } from "#lib/model/named-holder.ts";
import { UsageError } from "#lib/model/problem.ts";
import { MAX_SETS } from "#lib/model/rung.ts";
import type { UpdateAnswer } from "#lib/model/update-cost.ts";
import { type Families, loadFamilies } from "../lineage/load-families.ts";
import { type GroupFigures, joinGroups, toGroup } from "./again.ts";
import { type GraphUnits, listGraphUnits, sumGraphUnits } from "./graph-costs.ts";
import { loadSides } from "./load-sides.ts";
import { computePairCosts } from "./pair-costs.ts";

/** Pairs that are measured at once: the artifacts before and after are one set. */
const PAIRS_AT_ONCE = MAX_SETS / 2;
/** Artifacts of one question. */
export const MAX_AFFECTED = 256;

/** An artifact, with its name. */
interface Named extends ArtifactPart {
  readonly name: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
}

export interface UpdateQuestion {
  /** Names of the components. */
  readonly components: readonly string[];
  /** Default: every stored artifact that has one of them. */
  readonly artifacts?: readonly Named[] | undefined;
  /** What each of these becomes, in the same order; default: the image that its name refers to now, if its name has moved. */
  readonly to?: readonly Named[] | undefined;
}

/** An artifact with a component that is updated. */
interface Affected {
  readonly artifact: Named;
  readonly held: readonly NamedHolder[];
  readonly to: Named | undefined;
}

/**
 * What must be stored and pulled again when components are updated, model by model: measured where an artifact was scanned before and
 * after, else by its layers and graph. Throws a UsageError for unknown components, and for too many artifacts.
 */
export async function answerUpdate(db: Pool, question: UpdateQuestion): Promise<UpdateAnswer> {
  const holders = await answerNamedHolders(db, question.components);
  const families = await loadFamilies(db);
  const affected = listAffected(families, holders, question);
  if (affected.length > MAX_AFFECTED)
    throw new UsageError(`${affected.length} artifacts have it, and at most ${MAX_AFFECTED} are measured: name some`);
  const parts = affected.flatMap(({ artifact, to }) => (to === undefined ? [artifact] : [artifact, to]));
  return whileWhole(db, parts, async () => {
    await checkSized(db, parts);
    const paired = affected.filter(({ to }) => to !== undefined);
    const alone = affected.filter(({ to }) => to === undefined);
    const groups: GroupFigures[] = [];
    for (let first = 0; first < paired.length; first += PAIRS_AT_ONCE)
      groups.push(await costPairs(db, families, paired.slice(first, first + PAIRS_AT_ONCE)));
    if (alone.length > 0 || groups.length === 0) groups.push(await costAlone(db, families, alone));
    const [first, ...more] = groups;
    return toAnswer(affected, [...paired, ...alone], joinGroups([first!, ...more]));
  });
}

function listAffected(families: Families, holders: readonly NamedHolder[], question: UpdateQuestion): Affected[] {
  const { artifacts = listHolding(holders), to } = question;
  if (to !== undefined && to.length !== artifacts.length)
    throw new UsageError(
      `expected as many artifacts after the update as before it: ${artifacts.length}, got ${to.length}`,
    );
  const byArtifact = Map.groupBy(holders, ({ artifactId }) => artifactId);
  return artifacts.flatMap((artifact, i) => {
    const held = byArtifact.get(artifact.id) ?? [];
    if (held.length === 0) return [];
    return [{ artifact, held, to: to === undefined ? findNewer(families, byArtifact, artifact, held) : to[i] }];
  });
}

/** Every artifact with one of the components, but for SBOMs, which state no bytes. */
function listHolding(holders: readonly NamedHolder[]): Named[] {
  const sized = holders.filter(({ artifactKind }) => artifactKind !== "sbom");
  const named = sized.map(({ artifactId: id, artifactName: name, artifactDigest: digest }) => ({ id, name, digest }));
  return [...new Map(named.map((each) => [each.id, each])).values()];
}

/** The image that has the name now, if all its layers were read and it does not have the same component still. */
function findNewer(
  { rows, moved }: Families,
  byArtifact: ReadonlyMap<number, readonly NamedHolder[]>,
  { id, root }: Named,
  held: readonly NamedHolder[],
): Named | undefined {
  const newer = rows[moved[rows.findIndex((row) => row.id === id)]?.newer ?? -1];
  if (newer === undefined || newer.manifestOnly || root !== undefined) return undefined;
  const old = new Set(held.map(({ componentId }) => componentId));
  const isUpdated = !(byArtifact.get(newer.id) ?? []).some(({ componentId }) => old.has(componentId));
  return isUpdated ? newer : undefined;
}

async function costPairs(db: Pool, families: Families, affected: readonly Affected[]): Promise<GroupFigures> {
  const befores = await loadSides(
    db,
    families,
    affected.map(({ artifact }) => artifact),
  );
  const afters = await loadSides(
    db,
    families,
    affected.map(({ to }) => to!),
  );
  const holdings = [...befores, ...afters].map(({ holding }) => holding);
  const pairs = befores.map((before, i) => ({ before, after: afters[i]! }));
  return toGroup(computePairCosts(pairs, await loadChunkUnits(db, holdings)), pairs.length);
}

/** One after the other: each is only needed while its units are listed. */
async function costAlone(db: Pool, families: Families, affected: readonly Affected[]): Promise<GroupFigures> {
  const units: GraphUnits[] = [];
  for (const { artifact, held } of affected) {
    const [side] = await loadSides(db, families, [artifact]);
    const updated = new Set(held.map(({ componentId }) => componentId));
    const nodes = [...side!.components.keys()].filter((node) => updated.has(side!.components[node]!.componentId));
    units.push(listGraphUnits(side!, nodes));
  }
  return toGroup(sumGraphUnits(units), units.length);
}

/** `each` is by position in `counted`; the artifacts are listed in the order of `affected`. */
function toAnswer(
  affected: readonly Affected[],
  counted: readonly Affected[],
  { each, total }: GroupFigures,
): UpdateAnswer {
  const artifacts = affected.map((one) => ({
    id: toArtifactId(one.artifact.digest),
    name: one.artifact.name,
    components: one.held.map(({ identity }) => identity),
    to: one.to === undefined ? null : { id: toArtifactId(one.to.digest), name: one.to.name },
    models: each[counted.indexOf(one)]!,
  }));
  return { affected: artifacts.map(({ id }) => id), models: total, artifacts };
}
