import type { ComponentChange, DiffAnswer } from "#lib/model/answer.ts";
import { unownedName } from "#lib/model/unowned-name.ts";

/** The same answer, in which files that no package owns are called by the step of their layer. */
export function nameUnowned(answer: DiffAnswer): DiffAnswer {
  return { ...answer, components: answer.components.map((row) => ({ ...row, name: nameOf(row, answer) })) };
}

function nameOf({ kind, name, left, right }: ComponentChange, { artifacts }: DiffAnswer): string {
  if (kind !== "unowned") return name;
  const { layers } = artifacts[right === null ? 0 : 1];
  const diffId = (right ?? left)?.id.replace("unowned:", "");
  const position = layers.findIndex((layer) => layer.diffId === diffId);
  const layer = layers[position];
  return layer === undefined ? name : unownedName({ position, createdBy: layer.createdBy });
}
