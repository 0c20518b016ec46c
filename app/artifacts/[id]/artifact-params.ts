import { z } from "zod";
import { directionParam, limitParam, listParam, textParam, unusual } from "#components/ui/search-params.ts";
import { withQuery } from "#lib/display/paths.ts";

export const MAX_NODES = 250;
export const MAX_WASTED = 120;
export const MAX_FILES = 400;
export const MAX_PROBLEMS = 150;
/** Directories open at once: each is one more list on the page. */
const MAX_OPEN = 64;

/** The artifact page's address. What makes no sense is as if it were not there. */
export const artifactParams = z.object({
  q: textParam,
  kind: listParam,
  sort: z.enum(["retained", "closure", "self", "references", "referrers", "name"]).optional().catch(undefined),
  direction: directionParam,
  nodes: limitParam(25, MAX_NODES),
  wasted: limitParam(12, MAX_WASTED),
  files: limitParam(100, MAX_FILES),
  problems: limitParam(50, MAX_PROBLEMS),
  open: listParam.transform((paths) => paths.slice(0, MAX_OPEN)),
});

export type ArtifactParams = z.infer<typeof artifactParams>;

const USUAL = artifactParams.parse({});

/** The same page with some of its parameters changed; those at their usual value are left out. */
export function artifactAddress(
  path: string,
  params: ArtifactParams,
  changes: Partial<ArtifactParams>,
  anchor = "",
): string {
  return withQuery(path, unusual({ ...params, ...changes }, USUAL)) + anchor;
}
