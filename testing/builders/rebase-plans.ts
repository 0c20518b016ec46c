import type { PlanImage, PlanLayer, RebasePlan } from "#lib/model/rebase-plan.ts";

/** A layer of as many bytes, half of them to download. Letters are its content and, joined, what is below. */
function layer(letters: string, bytes: number): PlanLayer {
  return {
    diffId: letters.at(-1)!,
    chainId: letters,
    contentSize: bytes,
    downloadSize: bytes / 2,
    wastedSize: 0,
    createdBy: `RUN ${letters.at(-1)}`,
  };
}

/** An image of layers that are named by letters, the lowest first: `ab`. A capital is ten times as large. */
export function buildPlanImage(letters: string): PlanImage {
  const layers = [...letters].map((letter, i) =>
    layer(letters.slice(0, i + 1), letter === letter.toUpperCase() ? 1000 : 100),
  );
  const about = { digest: `sha256:${letters}`, name: letters, platform: "linux/amd64", moved: null };
  return { id: letters, ...about, source: `oci:${letters}`, layers };
}

/** A rebase of images whose layers are named by letters. */
export function buildPlan(image: string, from: string, to: string, rebuilt?: string): RebasePlan {
  return {
    image: buildPlanImage(image),
    from: buildPlanImage(from),
    to: buildPlanImage(to),
    rebuilt: rebuilt === undefined ? null : buildPlanImage(rebuilt),
    candidates: [],
    likeBase: [],
    likeRebuilt: [],
  };
}
