import type { StartPlace } from "#lib/ingest/packages/find-started.ts";
import type { MovedTree, RebaseSides } from "../sides.ts";

/** Where commands are looked for in one of the sides. */
export function startPlace(tree: MovedTree, { configs, after, newBase }: RebaseSides): StartPlace {
  const config = tree === after ? configs.after : tree === newBase ? configs.newBase : configs.image;
  const { command, searchPath, settings } = config.parsed;
  return { tree, options: { command, path: searchPath, workingDir: settings.workingDir } };
}
