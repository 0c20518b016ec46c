import { EVIDENCE_WORDS, lineageName } from "#lib/display/lineage-words.ts";
import type { LineageImage, MovedBase, PlannedImage, StaleImage } from "#lib/model/lineage.ts";
import { type Columns, column, DIGEST, NAME } from "../table.ts";
import { time } from "./versions.ts";

/** Which image stands on which. */
export const LINEAGE_COLUMNS = {
  name: { ...NAME, shown: lineageName },
  digest: DIGEST,
  platform: column("Platform", "text", ({ platform }: LineageImage) => platform),
  base: column("Base", "text", ({ base }: LineageImage) => base),
  evidence: column("Evidence", "text", ({ evidence }: LineageImage) => evidence, {
    shown: ({ evidence }) => (evidence === null ? null : EVIDENCE_WORDS[evidence]),
  }),
  layerCount: column("Layers", "count", ({ layerCount }: LineageImage) => layerCount),
  sharedLayers: column("Of its base", "count", ({ sharedLayers }: LineageImage) => sharedLayers),
  sharedBytes: column("Shared", "bytes", ({ sharedBytes }: LineageImage) => sharedBytes, {
    measure: "baseSharedBytes",
    shown: ({ base, sharedBytes }) => (base === null ? null : sharedBytes),
  }),
  storeBytes: column("Above the base", "bytes", ({ storeBytes }: LineageImage) => storeBytes, {
    measure: "storeAgain",
  }),
  pullBytes: column("Download above", "bytes", ({ pullBytes }: LineageImage) => pullBytes, { measure: "pullAgain" }),
  imageCount: column("Images on it", "count", ({ imageCount }: LineageImage) => imageCount),
  stale: column("Stale", "text", ({ stale }: LineageImage) => (stale ? "stale" : ""), {
    shown: ({ stale }) => (stale ? "stale" : null),
  }),
} satisfies Columns<LineageImage>;

/** Images that are built again, in waves. */
export const PLAN_COLUMNS = {
  wave: column("Wave", "count", ({ wave }: PlannedImage) => wave),
  name: NAME,
  base: column("Base", "text", ({ base }: PlannedImage) => base),
  storeBytes: column("Stored again", "bytes", ({ storeBytes }: PlannedImage) => storeBytes, { measure: "storeAgain" }),
  pullBytes: column("Pull, each host", "bytes", ({ pullBytes }: PlannedImage) => pullBytes, { measure: "pullAgain" }),
} satisfies Columns<PlannedImage>;

/** The same of stale images, with the base to build each on. */
export const STALE_COLUMNS = {
  ...PLAN_COLUMNS,
  newer: column("Build on", "text", ({ newer }: StaleImage) => newer),
} satisfies Columns<StaleImage>;

/** Bases that have a newer snapshot. */
export const MOVED_BASE_COLUMNS = {
  name: column("Name", "text", ({ name }: MovedBase) => name),
  id: column("Older", "text", ({ id }: MovedBase) => id),
  newer: column("Newer", "text", ({ newer }: MovedBase) => newer),
  since: time("Since", ({ since }: MovedBase) => since),
  added: column("In", "count", ({ changes }: MovedBase) => changes?.added ?? null),
  removed: column("Out", "count", ({ changes }: MovedBase) => changes?.removed ?? null),
  changed: column("Updated", "count", ({ changes }: MovedBase) => changes?.changed ?? null),
  delta: column("Change", "delta", ({ delta }: MovedBase) => delta),
  staleCount: column("Stale images", "count", ({ staleCount }: MovedBase) => staleCount),
  freedDisk: column("Frees on a disk", "bytes", ({ freed }: MovedBase) => freed.disk),
  freedRegistry: column("Frees in a registry", "bytes", ({ freed }: MovedBase) => freed.registry),
} satisfies Columns<MovedBase>;
