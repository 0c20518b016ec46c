import assert from "node:assert/strict";
import { toStorable, toStorableJson } from "#lib/db/write/storable-text.ts";
import { labelText, shownRuns } from "#lib/display/shown-text.ts";
import { toJsonText, visibleLines, visibleText } from "#lib/display/visible-text.ts";
import { toCsv } from "#lib/exports/csv.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import { cutText } from "#lib/model/cut-text.ts";
import { quote } from "#lib/model/fault.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { toParts } from "../hold.ts";

/** Characters that a terminal obeys or a reader cannot see: controls, bidi and format characters, half surrogate pairs. */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
const HOSTILE_BUT_LINE_ENDS = /[^\P{Cc}\r\n]|[\p{Cf}\p{Cs}\u2028\u2029]/u;
const MAX_SHOWN = 50;

/** UTF-16 without checks, so that it contains half surrogate pairs, as names from JSON may. */
function toUnits(input: Uint8Array): string {
  return Buffer.from(input.buffer, input.byteOffset, input.length & ~1).toString("utf16le");
}

function checkVisible(input: Uint8Array): void {
  const text = toUnits(input);
  assert.doesNotMatch(visibleText(text), HOSTILE);
  assert.doesNotMatch(labelText(text, MAX_SHOWN), HOSTILE);
  assert.doesNotMatch(visibleLines(text), HOSTILE_BUT_LINE_ENDS);
  const shown = shownRuns(text, MAX_SHOWN);
  assert.ok(shown.reduce((sum, run) => sum + run.text.length, 0) <= 10 * MAX_SHOWN, "more than is shown");
  assert.ok(shown.filter((run) => run.hidden).length <= 8, "more marks than a page has");
  const cut = cutText(text, MAX_SHOWN);
  assert.ok(cut.length <= MAX_SHOWN + 40);
  assert.ok(cut.isWellFormed() || !text.isWellFormed(), "half a character is left");
}

function checkJsonText(input: Uint8Array): void {
  const text = toUnits(input);
  const value = { [text]: [text, { text }] };
  const written = toJsonText(value);
  assert.doesNotMatch(written, HOSTILE_BUT_LINE_ENDS);
  assert.deepEqual(JSON.parse(written), value);
  assert.ok(quote(text).length <= 500, "a quotation too long");
}

function checkStorable(input: Uint8Array): void {
  const text = toUnits(input);
  const stored = toStorable(text);
  assert.ok(stored.isWellFormed() && !stored.includes("\0") && stored.length === text.length);
  assert.doesNotMatch(toStorableJson({ a: [text] }), /\\u(?:0000|d[89a-f])/);
}

/** A spreadsheet reads the cells that were written, and executes none of them. */
function checkCsv(input: Uint8Array): void {
  const cells = toUnits(input).split("\0", 5);
  const read = readCsvLine(toCsv(cells, []));
  assert.deepEqual(
    read,
    cells.map(visibleText).map((shown, i) => (read[i] === `'${shown}` ? read[i] : shown)),
  );
  for (const cell of read) assert.doesNotMatch(cell, /^[=+\-\t\r]|^@.*[(|!]/s);
}

/** RFC 4180: one record and its end. */
function readCsvLine(line: string): string[] {
  assert.ok(line.endsWith("\r\n"));
  // Each cell with the comma before it, so that no match is empty.
  const cells = `,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/gs);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

function checkHistory(input: Uint8Array): void {
  const [text = ""] = toParts(input, 1);
  const tidied = tidyCreatedBy(text);
  assert.ok(tidied.length <= text.length + "RUN ".length);
  assert.equal(tidied, tidied.trim());
}

const BIDI = Buffer.from("a\u202eb\u001b[2J\u{e0041}\ud83d\ude00\ud800\u200b", "utf16le");

export const TEXT_TARGETS: readonly FuzzTarget[] = [
  { name: "visible-text", maxLength: 512, check: checkVisible, seeds: [BIDI] },
  { name: "json-text", maxLength: 256, check: checkJsonText, seeds: [BIDI] },
  { name: "storable-text", maxLength: 128, check: checkStorable, seeds: [BIDI] },
  {
    name: "csv",
    maxLength: 128,
    check: checkCsv,
    seeds: [Buffer.from('=1+1\0@a/b\0"x",y\0@A(1)\0\r\n', "utf16le")],
  },
  {
    name: "history",
    maxLength: 4096,
    check: checkHistory,
    dictionary: ["/bin/sh -c ", "#(nop) ", " # buildkit", "|1 a=b ", "RUN ", "/bin/bash -c "],
    seeds: ['|2 a=1 b= /bin/sh -c #(nop)  CMD ["sh"]', "RUN /bin/sh -c apk add x # buildkit", "|1 a=a=a=a"],
  },
];
