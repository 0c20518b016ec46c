import type { RebaseSides } from "../sides.ts";

/** What the history says of how the image's layers were made. */
export interface LayerSteps {
  /** A layer of files that a build copies: built again on the new base, it would be the same. */
  isCopied(layer: number): boolean;
  /** The step of this layer removes the path by name, so that built again it would remove the new one, too. */
  removes(layer: number, path: string): boolean;
}

/** `COPY` and `ADD` as BuildKit, the classic builder and Buildah write them. */
const COPY = /^(?:\/bin\/sh -c #\(nop\)\s+)?(?:COPY|ADD)\b/;
const REMOVAL = /\brm\s+(?:-\S+\s+)*/;

export function readLayerSteps({ configs }: RebaseSides): LayerSteps {
  const steps = configs.image.parsed.createdBy;
  return {
    isCopied: (layer) => COPY.test(steps[layer] ?? ""),
    removes: (layer, path) => {
      const step = steps[layer] ?? "";
      return REMOVAL.test(step) && wordsOf(step).some((word) => isAtOrAbove(word, path));
    },
  };
}

function wordsOf(step: string): string[] {
  return step.split(/[\s;&|()"']+/).filter((word) => word.startsWith("/"));
}

/** `/a/b`, `/a/b/` and `/a/b/*` all name what is at `a/b` or below it. */
function isAtOrAbove(word: string, path: string): boolean {
  const named = word.slice(1).replace(/\/?\*?$/, "");
  return named !== "" && (named === path || path.startsWith(`${named}/`));
}
