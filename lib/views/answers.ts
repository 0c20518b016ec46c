import "server-only";
import { answerCells, type CellQuestion } from "#lib/answers/cells.ts";
import { answerDiff } from "#lib/answers/diff.ts";
import { answerOverlap, type OverlapQuestion } from "#lib/answers/overlap.ts";
import { fitRung } from "#lib/answers/rung-units.ts";
import { answerSavings } from "#lib/answers/savings.ts";
import type { CellContents, DiffAnswer, OverlapAnswer, SavingsAnswer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { database } from "./database.ts";
import { orNotFound } from "./or-not-found.ts";

/** `fileLimit`: files to list, `Infinity` for all. */
export async function loadDiff(left: ArtifactPart, right: ArtifactPart, fileLimit?: number): Promise<DiffAnswer> {
  const db = await database();
  return orNotFound(() => answerDiff(db, left, right, fileLimit));
}

export async function loadOverlap(question: OverlapQuestion): Promise<OverlapAnswer> {
  const db = await database();
  return orNotFound(async () => answerOverlap(db, { ...question, rung: await fitRung(db, question) }));
}

export async function loadSavings(parts: readonly ArtifactPart[]): Promise<SavingsAnswer> {
  const db = await database();
  return orNotFound(() => answerSavings(db, parts));
}

/** The contents of one cell, by the ascending positions of its artifacts; nothing if the cell does not exist. */
export async function loadCell(cell: readonly number[], question: Omit<CellQuestion, "cells">): Promise<CellContents> {
  const db = await database();
  const [contents] = await orNotFound(async () =>
    answerCells(db, { ...question, rung: await fitRung(db, question), cells: [cell] }),
  );
  return contents!;
}
