import type { CacheAnswer, CacheStep, HitRung } from "#lib/model/cache-hits.ts";
import { formatCount, formatShare } from "./bytes.ts";

export const HIT_RUNG_LABELS: Readonly<Record<HitRung, string>> = {
  chain: "layer chain",
  layer: "layer",
  package: "package",
  item: "store item",
  file: "file",
  chunk: "chunk",
};

export const HIT_RUNG_DEFINITIONS: Readonly<Record<HitRung, string>> = {
  chain: "Layers on the same layers below (ChainID): what a build cache and a disk have.",
  layer: "Layers with the same DiffID on whatever layers: what a registry has, and what need not be pulled.",
  package: "Files of a package at the same path with the same content; other files of the same layer.",
  item: "Components as items of a Nix or Guix store: one is the same if it and all that it needs are. An estimate for images.",
  file: "File contents, each once.",
  chunk: "Chunks, each once; a file that was never cut counts whole.",
};

/** What a build cache has of a step, and why not. */
export function missWords({ miss, sameLayer }: CacheStep): string {
  if (miss === null) return "cached";
  if (miss === "command") return "another command";
  if (miss === "content") return "same command, other files";
  if (miss === "added") return "new step";
  return sameLayer ? "built again, same layer" : "built again";
}

/** How much a build takes from its cache, and how much it could by single files; "" if one of them is not known. */
export function hitsSentence({ pairs, hits }: CacheAnswer): string {
  const ratioOf = (wanted: HitRung) => hits.find(({ rung }) => rung === wanted)?.building.ratio ?? null;
  const [chain, file] = [ratioOf("chain"), ratioOf("file")];
  const [first] = pairs;
  if (first === undefined || chain === null || file === null) return "";
  const [byLayers, byFiles] = [formatShare(chain, 1), formatShare(file, 1)];
  return pairs.length === 1
    ? `A build of ${first.after.name} takes ${byLayers} of its content from the cache of ${first.before.name}; ${byFiles} of it is in files that were there before.`
    : `These ${formatCount(pairs.length)} builds take ${byLayers} of their content from the cache; ${byFiles} of it is in files that the previous version has.`;
}
