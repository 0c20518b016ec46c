import assert from "node:assert/strict";
import { ACCOUNT_FILES, mergeAccounts, parseAccounts } from "#lib/formats/accounts/index.ts";
import { splitInstalled } from "#lib/formats/apk/index.ts";
import { findMinimumVersion, parseRelations, splitStatusSides } from "#lib/formats/dpkg/index.ts";
import {
  joinParagraphs,
  listFields,
  mergeFields,
  mergeLines,
  mergeRecords,
  splitParagraphs,
  type TextRecord,
  type ThreeSides,
} from "#lib/formats/three-way/index.ts";
import { FaultList } from "#lib/model/fault.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, toParts } from "../hold.ts";

function toSides(input: Uint8Array): ThreeSides<string> {
  const [base = "", ours = "", theirs = ""] = toParts(input, 3);
  return { base, ours, theirs };
}

const textsOf = (records: readonly TextRecord[]) => records.map(({ text }) => text);
const linesOf = (text: string) => text.split("\n").slice(0, text.endsWith("\n") ? -1 : undefined);

/** A side that changed nothing gives the other one; nothing of a merge is in neither side. */
function checkThreeWay(input: Uint8Array): void {
  const sides = toSides(input);
  const { base, ours, theirs } = sides;
  assert.deepEqual(linesOf(mergeLines({ base, ours: base, theirs })).sort(), linesOf(theirs).sort());
  const known = new Set([...linesOf(ours), ...linesOf(theirs)]);
  for (const line of linesOf(mergeLines(sides)).filter((each) => each !== "")) assert.ok(known.has(line));
  const paragraphs = splitParagraphs(ours);
  assert.deepEqual(splitParagraphs(joinParagraphs(paragraphs)), paragraphs);
  const [paragraph = ""] = paragraphs;
  assert.equal(textsOf(listFields(paragraph)).join("\n"), paragraph);
  const same = { base: paragraph, ours: paragraph, theirs: paragraph };
  assert.equal(
    mergeFields(same, () => undefined),
    paragraph,
  );
}

/** What both sides have alike stays; every record of a merge is one of a side or settled, and every other one a conflict. */
function checkAccounts(input: Uint8Array): void {
  const texts = toSides(input);
  for (const file of ACCOUNT_FILES) {
    const [base, ours, theirs] = [texts.base, texts.ours, texts.theirs].map((text) => parseAccounts(text, file));
    const sides = { base: base!, ours: ours!, theirs: theirs! };
    const { records, conflicts } = mergeAccounts(sides, file);
    const keys = new Set([...ours!, ...theirs!].map(({ key }) => key));
    for (const { key } of [...records, ...conflicts]) assert.ok(keys.has(key));
    const alike = mergeAccounts({ base: base!, ours: theirs!, theirs: theirs! }, file);
    assert.deepEqual(textsOf(alike.records), textsOf(theirs!));
    assert.deepEqual(alike.conflicts, []);
    const unsettled = mergeRecords(sides, () => undefined);
    assert.ok(unsettled.records.length <= records.length);
  }
}

function checkStatusSides(input: Uint8Array): void {
  const texts = toSides(input);
  const sides = splitStatusSides(texts);
  for (const side of ["base", "ours", "theirs"] as const)
    for (const { key, name, text } of sides?.[side] ?? []) {
      assert.ok(key.startsWith(name) && name !== "");
      assert.ok(texts[side].includes(text));
    }
  for (const { key, text } of splitInstalled(texts.base) ?? []) assert.ok(key !== "" && texts.base.includes(text));
}

function checkRelations(input: Uint8Array): void {
  const [field = "", soname = "", symbol = ""] = toParts(input, 3);
  const faults = new FaultList();
  const clauses = parseRelations(field, "package", faults);
  for (const { alternatives } of clauses) assert.ok(alternatives.length > 0);
  holdFaults(faults.found);
  const found = findMinimumVersion(field, soname, symbol);
  if (found !== undefined) assert.ok(field.includes(found.packageName) && field.includes(found.version));
}

export const MERGE_TARGETS: readonly FuzzTarget[] = [
  {
    name: "three-way",
    maxLength: 512,
    check: checkThreeWay,
    dictionary: ["\n\n", "\n ", ": ", "\0"],
    seeds: ["a\nb\n\0a\nc\n\0b\nd\n", "Name: a\nText: b\n c\n\nName: d\n\0Name: a\n\0Name: b\n\n"],
  },
  {
    name: "accounts",
    maxLength: 512,
    check: checkAccounts,
    dictionary: [":x:", ":0:0:", "\n", ",", "#", "\0"],
    seeds: [
      "root:x:0:0:root:/root:/bin/sh\n\0root:x:0:0:root:/root:/bin/sh\na:x:1:1::/:/x\n\0root:x:0:0::/root:/bin/sh\nb:x:1:1::/:/x\n",
      "adm:x:4:a\n\0adm:x:4:a,b\n\0adm:x:4:c\n",
    ],
  },
  {
    name: "package-records",
    maxLength: 768,
    check: checkStatusSides,
    dictionary: [
      "Package: ",
      "Version: ",
      "Architecture: ",
      "Status: install ok installed\n",
      "\n\n",
      "P:",
      "V:",
      "C:",
    ],
    seeds: [
      "Package: a\nVersion: 1\n\n\0Package: a\nVersion: 2\nArchitecture: all\n\n\0Package: a\nVersion: 1\n\nPackage: b\n",
      "C:Q1\nP:a\nV:1-r0\nF:bin\nR:x\n\nP:b\nV:2\n\n\0\0",
    ],
  },
  {
    name: "dpkg-relations",
    maxLength: 384,
    check: checkRelations,
    dictionary: [" (>= ", ")", " | ", ", ", ":any", "@Base ", " #MINVER#\n", "\n "],
    seeds: [
      "a (>= 1), b | c:any\0\0",
      "libz.so.1 zlib1g #MINVER#\n adler32@Base 1:1.1.4\n crc32@ZLIB_1.2 1:1.2.0 1\n\0libz.so.1\0adler32",
    ],
  },
];
