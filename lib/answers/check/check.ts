import type { Pool } from "pg";
import { whileThere } from "#lib/db/queries/while-there.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { CheckAnswer, CheckedRule } from "#lib/model/check-answer.ts";
import { DIVE_RULES, type Gates, SET_RULES } from "#lib/model/gates.ts";
import { UsageError } from "#lib/model/problem.ts";
import { MAX_SETS, MIN_SETS } from "#lib/model/rung.ts";
import { loadLabels } from "../labels.ts";
import { type ArtifactGate, baseDetails, listArtifactGates, type Subject } from "./artifact-gates.ts";
import { loadDiveFigures } from "./dive.ts";
import { checkForbidden } from "./forbidden.ts";
import { judge, toUnknown } from "./judge.ts";
import { listSetGates, once } from "./set-gates.ts";

export interface CheckQuestion {
  /** One or more, each once. */
  readonly parts: readonly ArtifactPart[];
  readonly gates: Gates;
  /** What `maxAdded` compares with. */
  readonly base?: (ArtifactPart & { readonly digest: string }) | undefined;
}

/**
 * The rules of a configuration, applied to each artifact and to the set. A rule about images or closures applies to these only, and
 * fails if there are none; so does one whose value is not known. Throws a UsageError if rules about sets get one artifact or too
 * many, or `maxAdded` no base; a GoneError if an artifact is removed meanwhile.
 */
export function answerCheck(db: Pool, question: CheckQuestion): Promise<CheckAnswer> {
  checkQuestion(question);
  const { parts, base } = question;
  return whileThere(db, base === undefined ? parts : [...parts, base], () => check(db, question));
}

function checkQuestion({ parts, gates, base }: CheckQuestion): void {
  const { length } = parts;
  const rule = SET_RULES.find((each) => gates[each] !== undefined);
  if (rule !== undefined && (length < MIN_SETS || length > MAX_SETS)) {
    throw new UsageError(`${rule} is about a set: expected ${MIN_SETS} to ${MAX_SETS} artifacts, got ${length}`);
  }
  if (gates.maxAdded !== undefined && base === undefined) {
    throw new UsageError("maxAdded: no base is named: pass --base ARTIFACT, or write {size: 50MB, base: ARTIFACT}");
  }
}

async function check(db: Pool, { parts, gates, base }: CheckQuestion): Promise<CheckAnswer> {
  const labels = await loadLabels(db, parts);
  const subjects = parts.map((part, i): Subject => {
    return { db, part, base, label: labels[i]!, loadDive: once(() => loadDiveFigures(db, part.id)) };
  });
  const rules: CheckedRule[] = [];
  const artifactGates = listArtifactGates(gates);
  for (const [i, subject] of subjects.entries()) rules.push(...(await checkArtifact(subject, i, artifactGates, gates)));
  rules.push(
    ...artifactGates.filter((gate) => !subjects.some((subject) => isAbout(gate, subject))).map(toInapplicable),
  );
  for (const gate of listSetGates(db, parts, gates)) rules.push(await judge(gate, null));
  return {
    artifacts: labels.map(({ id, name, kind }) => ({ id, name, kind })),
    passed: rules.every(({ passed }) => passed),
    rules,
    dive: await listDive(subjects, rules),
  };
}

async function checkArtifact(
  subject: Subject,
  artifact: number,
  gates: readonly ArtifactGate[],
  { forbid = [] }: Gates,
) {
  const rules: CheckedRule[] = [];
  for (const gate of gates.filter((each) => isAbout(each, subject))) {
    const details = gate.rule === "maxAdded" ? { ...gate.details, ...baseDetails(subject) } : gate.details;
    rules.push(await judge({ ...gate, ...(details && { details }), load: () => gate.load(subject) }, artifact));
  }
  return [...rules, ...(await checkForbidden(subject, artifact, forbid))];
}

function isAbout({ kind }: ArtifactGate, { label }: Subject): boolean {
  return kind === undefined || label.kind === kind || label.kind === "sbom";
}

function toInapplicable({ rule, unit, limit, kind }: ArtifactGate): CheckedRule {
  return toUnknown({ rule, unit, limit, artifact: null }, `the rule is about ${kind}s, and none is given`);
}

/** The figures that rules of dive were compared with. */
async function listDive(subjects: readonly Subject[], rules: readonly CheckedRule[]): Promise<CheckAnswer["dive"]> {
  const isDive = ({ rule, reason }: CheckedRule) => reason === "" && DIVE_RULES.some((each) => each === rule);
  const known = new Set(rules.filter(isDive).map(({ artifact }) => artifact));
  const listed = subjects.map(async ({ loadDive }, artifact) =>
    known.has(artifact) ? [{ artifact, ...(await loadDive()) }] : [],
  );
  return (await Promise.all(listed)).flat();
}
