import type { CacheStep, HitRung } from "#lib/model/cache-hits.ts";

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
