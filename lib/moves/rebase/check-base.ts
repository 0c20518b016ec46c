import { formatPlatform } from "#lib/formats/oci/index.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import { counted } from "./counted.ts";
import { withoutPlatform } from "./open-side.ts";
import { isSamePlatform } from "./same-platform.ts";
import { settlingCheck } from "./settled-paths.ts";
import type { CheckResult, RebaseCheck, RebaseSides } from "./sides.ts";

/** Point 1 of docs/rebase.md: whether the lowest layers of the image are the old base, and all three are of one platform. */
export const checkBase: RebaseCheck = (sides): CheckResult => {
  const { image, oldBase } = sides.images;
  const scope =
    sides.base.by === "layers"
      ? `${oldBase.name} is the base of ${image.name}: ${counted(sides.oldBaseLayers, "equal layer")}, ${image.platform || "no platform"}`
      : `${image.name} does not have the layers of ${oldBase.name}`;
  return {
    scope,
    findings: [...checkLayers(sides), ...checkPlatforms(sides), ...listUnread(sides)],
    before: [],
    merged: [],
  };
};

const ABOUT_ALL = { path: "", layer: undefined } as const;

function checkLayers(sides: RebaseSides): Finding[] {
  const { base, images } = sides;
  if (base.by === "layers") return [];
  if (base.by === "none") return [toDiffering(sides)];
  const claimant = base.by === "provenance" ? "its provenance" : "its own annotation or label";
  const [first, ...more] = base.differing;
  if (first === undefined) {
    const evidence = `${claimant} names ${images.oldBase.name}; its lowest ${counted(sides.oldBaseLayers, "layer")} hold the same files`;
    const message = `${images.oldBase.name} was stored anew since ${images.image.name} was built on it, with the same files.`;
    return [{ kind: "base-by-claim", weight: "note", ...ABOUT_ALL, evidence, message }];
  }
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  const evidence = `${claimant} names ${images.oldBase.name}; ${first}${others} differ`;
  const message = `${images.oldBase.name} is not what ${images.image.name} was built on: nothing says which of its files are the image's own.`;
  return [{ kind: "base-by-claim", weight: "blocks", path: first, layer: 0, evidence, message }];
}

function toDiffering({ images: { image, oldBase }, oldBaseLayers: shared }: RebaseSides): Finding {
  const [own, other] = [image.diffIds[shared], oldBase.diffIds[shared]];
  return {
    kind: "base-differs",
    weight: "blocks",
    path: "",
    layer: own === undefined ? undefined : shared,
    evidence: `layer ${shared}: ${own ?? "none"} in ${image.name}, ${other ?? "none"} in ${oldBase.name}`,
    message: `${image.name} was not built on ${oldBase.name}, so that nothing says which of its layers to move.`,
  };
}

function checkPlatforms({ images: { image, oldBase, newBase } }: RebaseSides): Finding[] {
  return [oldBase, newBase]
    .filter(({ platform }) => !isSamePlatform(platform, image.platform))
    .map(({ name, platform }) => describeMissing(image.platform, name, platform));
}

/** The finding for a base that is not there for this platform. `images`: those that its source has. */
export function toMissingPlatform(wanted: string, images: readonly SourceImage[]): Finding {
  const platforms = images.map(({ config }) => formatPlatform(config.platform));
  return describeMissing(wanted, withoutPlatform(images[0]!.name), platforms.join(", "));
}

function describeMissing(wanted: string, name: string, had: string): Finding {
  return {
    kind: "platform-missing",
    weight: "blocks",
    ...ABOUT_ALL,
    evidence: `the image is ${wanted}; ${name} is ${had || "of no platform"}`,
    message: `${name} has no image for ${wanted}, and programs of one platform do not run on another.`,
  };
}

/** Databases over a limit were not kept, so that no check can see what is in them. */
function listUnread({ problems }: RebaseSides): Finding[] {
  return problems
    .filter(({ code, path }) => code === "limit-exceeded" && (path === "" || settlingCheck(path) !== undefined))
    .map(({ path, message }) => ({
      kind: "layer-unread",
      weight: "blocks",
      path,
      layer: undefined,
      evidence: message,
      message: "It was not read whole, so that the rebase cannot be judged.",
    }));
}
