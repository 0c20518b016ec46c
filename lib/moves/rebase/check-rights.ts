import type { Finding } from "#lib/model/rebase-answer.ts";
import { MAX_LAYERS_OF_IMAGE } from "#lib/model/relayer-answer.ts";
import { countedList } from "./counted.ts";
import { findHiddenRights } from "./rights/hidden-rights.ts";
import type { RebaseCheck, RebaseSides } from "./sides.ts";

/** Point 9 of docs/rebase.md: rights of files, what was said of the old digest, and the number of layers. */
export const checkRights: RebaseCheck = (sides) => {
  const rights = findHiddenRights(sides);
  const attached = listVoid(sides);
  const { now, rebased } = countLayers(sides);
  const scope = countedList([
    [rights.count, "file with rights of its own", "files with rights of their own"],
    [attached.length, "attachment of the old digest", "attachments of the old digest"],
    [rebased, "layer"],
  ]);
  const layers = rebased > MAX_LAYERS_OF_IMAGE ? [toLayerFinding(rebased)] : [];
  return {
    scope: `${scope} of at most ${MAX_LAYERS_OF_IMAGE}`,
    findings: [...rights.findings, ...attached, ...(now > MAX_LAYERS_OF_IMAGE ? [] : layers)],
    before: now > MAX_LAYERS_OF_IMAGE ? layers : [],
    merged: [],
  };
};

function countLayers({ images, oldBaseLayers, newBaseLayers }: RebaseSides): { now: number; rebased: number } {
  const now = images.image.diffIds.length;
  return { now, rebased: now - oldBaseLayers + newBaseLayers };
}

function toLayerFinding(count: number): Finding {
  const message = "Docker and containerd could not start the image: their overlay driver mounts no more layers.";
  const evidence = `${count} layers; at most ${MAX_LAYERS_OF_IMAGE}`;
  return { kind: "too-many-layers", weight: "blocks", path: "", layer: undefined, evidence, message };
}

/** What was signed or written about the image is about its digest, and the rebased one has another. */
function listVoid({ images }: RebaseSides): Finding[] {
  const { attached, signatures } = images.image;
  const documents = (attached?.attachments ?? []).map(({ kind, type, digest }) => ({
    what: NAMES[kind],
    type,
    digest,
  }));
  const signed = signatures.map(({ type, digest }) => ({ what: "signature", type, digest }));
  return [...signed, ...documents].map(({ what, type, digest }) => ({
    kind: "signature-void" as const,
    weight: "note" as const,
    path: "",
    layer: undefined,
    evidence: `${what} ${digest} (${type})`,
    message: `The ${what} is of the image as it is, and has to be made again for the rebased one.`,
  }));
}

const NAMES = { sbom: "SBOM", provenance: "provenance" } as const;
