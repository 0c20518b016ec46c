import { z } from "zod";
import { directionParam, limitParam, listParam, textParam } from "#components/ui/search-params.ts";
import { withQuery } from "#lib/display/paths.ts";

const USUAL_NODES = 25;
const USUAL_WASTED = 12;
const USUAL_FILES = 100;
const USUAL_PROBLEMS = 50;
export const MOST_NODES = 250;
export const MOST_WASTED = 120;
export const MOST_FILES = 400;
export const MOST_PROBLEMS = 150;
/** Directories open at once: each is one more list on the page. */
const MOST_OPEN = 64;

/** The artifact page's address. What makes no sense is as if it were not there. */
export const artifactParams = z.object({
  q: textParam,
  kind: listParam,
  sort: z.enum(["retained", "closure", "self", "references", "referrers", "name"]).optional().catch(undefined),
  direction: directionParam,
  nodes: limitParam(USUAL_NODES, MOST_NODES),
  wasted: limitParam(USUAL_WASTED, MOST_WASTED),
  files: limitParam(USUAL_FILES, MOST_FILES),
  problems: limitParam(USUAL_PROBLEMS, MOST_PROBLEMS),
  open: listParam.transform((paths) => paths.slice(0, MOST_OPEN)),
});

export type ArtifactParams = z.infer<typeof artifactParams>;

/** The same page with some of its parameters changed; those at their usual value are left out. */
export function artifactAddress(
  path: string,
  params: ArtifactParams,
  changes: Partial<ArtifactParams>,
  anchor = "",
): string {
  const next = { ...params, ...changes };
  const address = withQuery(path, {
    ...next,
    nodes: next.nodes === USUAL_NODES ? undefined : next.nodes,
    files: next.files === USUAL_FILES ? undefined : next.files,
    problems: next.problems === USUAL_PROBLEMS ? undefined : next.problems,
    wasted: next.wasted === USUAL_WASTED ? undefined : next.wasted,
  });
  return address + anchor;
}
