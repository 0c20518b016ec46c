import "server-only";
import { type CellQuestion, findCells } from "#lib/answers/find-cells.ts";
import type { CellContents } from "#lib/model/answer.ts";
import { database } from "./database.ts";
import { orNotFound } from "./or-not-found.ts";

/** What is in one cell of an overlap, the positions of its artifacts in ascending order; nothing where no such cell is. */
export async function loadCell(cell: readonly number[], question: Omit<CellQuestion, "cells">): Promise<CellContents> {
  const db = await database();
  const [contents] = await orNotFound(question.parts, () => findCells(db, { ...question, cells: [cell] }));
  return contents!;
}
