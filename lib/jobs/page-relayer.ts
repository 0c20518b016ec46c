import type { RelayerAnswer, RelayerGoal } from "#lib/model/relayer-answer.ts";
import { runRelayer } from "#lib/moves/relayer/run-relayer.ts";
import type { StoredSide } from "./page-rebase.ts";
import { toJointAccess } from "./scanned-access.ts";

export interface StoredRelayer {
  /** Distinct; for the goal `update` successive versions, the oldest first. */
  readonly images: readonly StoredSide[];
  readonly goal: RelayerGoal;
  readonly maxLayers: number;
}

/**
 * Cuts stored images, whose layers are read from where they were scanned, in a process of its own, and writes nothing. Throws
 * UnreachableError, InputError and UsageError, each with one line, if a source has changed, is gone, or may not be read from pages.
 */
export async function relayerStored(
  { images, goal, maxLayers }: StoredRelayer,
  signal: AbortSignal,
): Promise<RelayerAnswer> {
  const sources = [...new Set(images.map(({ source }) => source))];
  const { answer } = await runRelayer(
    {
      sources,
      digests: images.map(({ digest }) => digest),
      goal,
      maxLayers,
      access: toJointAccess(sources),
      platform: "all",
    },
    { signal },
  );
  return answer;
}
