import { EntryKind } from "#lib/model/layer.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import type { MovedEntry, RebaseSides } from "../sides.ts";
import { factsAt, shortContent } from "./facts.ts";

/**
 * A hard link of the image to a file of the base whose content the new base changed: a layer has no body for such a name, so that it would
 * get the new one. `undefined`: it keeps its content, or the new base has that content under this name, too.
 */
export function findLinkedContent(sides: RebaseSides, { kind, path, link, layer }: MovedEntry): Finding | undefined {
  const node = sides.after.lookup(path);
  const body = kind === EntryKind.hardLink && node !== undefined && node.layer >= sides.newBaseLayers && node.body;
  if (!body || body.layer >= sides.newBaseLayers) return undefined;
  const [before, after] = [factsAt(sides.before, path), factsAt(sides.after, path)];
  const isOfBase = factsAt(sides.newBase, path)?.content === after?.content;
  if (before === undefined || before.content === after?.content || isOfBase) return undefined;
  const { name } = sides.images.newBase;
  return {
    kind: "linked-content",
    weight: "blocks",
    path,
    layer,
    evidence: `hard link to ${link}: ${shortContent(before)} → ${shortContent(after)} in ${name}`,
    message: `${path} is another name of ${link}, and would have the content that ${name} has there.`,
  };
}
