import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { MAX_HISTORY_ROWS, parseDnfHistory } from "./dnf-history.ts";
import { MAX_MARKS_LENGTH, parseAutoInstalled, parseDnfState } from "./install-marks.ts";

/** A history in libdnf's schema, with these rows. */
function history(rows: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-dnf-"));
  try {
    const file = join(folder, "history.sqlite");
    const database = new DatabaseSync(file);
    database.exec(`pragma foreign_keys = off; create table trans (id integer primary key autoincrement, dt_begin integer, state integer not null);
      create table item (id integer primary key autoincrement, item_type integer not null);
      create table rpm (item_id integer unique not null, name text not null, epoch integer not null, version text not null,
        release text not null, arch text not null, foreign key(item_id) references item(id));
      create table trans_item (id integer primary key autoincrement, trans_id integer references trans(id),
        item_id integer references item(id), repo_id integer, action integer not null, reason integer not null,
        state integer not null);${rows}`);
    database.close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const RPMS = ["a", "b", "c", "d"].map(
  (name, i) => `insert into rpm values (${i + 1}, '${name}', 0, '1', '1', 'x86_64');`,
);
const item = (transaction: number, rpm: number, action: number, reason: number) =>
  `insert into trans_item values (null, ${transaction}, ${rpm}, 1, ${action}, ${reason}, 1);`;

it("the last completed transaction of a package has its reason", () => {
  const rows = [
    "insert into trans values (1, 0, 1), (2, 0, 1), (3, 0, 2);",
    ...RPMS,
    item(1, 1, 1, 2), // a: installed by the user,
    item(2, 1, 7, 1), // and the old half of its upgrade, which does not count.
    item(1, 2, 1, 1), // b: a dependency,
    item(2, 2, 11, 2), // later marked as wanted,
    item(3, 2, 8, 2), // and a failed removal.
    item(1, 3, 1, 2), // c: wanted,
    item(2, 3, 8, 2), // then removed.
    item(1, 4, 1, 5), // d: with a group.
  ];
  expect(parseDnfHistory(history(rows.join("")))).toEqual({
    value: ["a.x86_64", "b.x86_64", "d.x86_64"],
    problems: [],
  });
});

it("another database, or too many rows, are reported", () => {
  const other = parseDnfHistory(history("drop table rpm;"));
  expect(other.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^not dnf's history: no column/),
  ]);
  const many = `with recursive n(i) as (select 1 union all select i + 1 from n where i <= ${MAX_HISTORY_ROWS})
    insert into trans select i, 0, 1 from n;`;
  expect(parseDnfHistory(history(many)).problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
});

it("marks longer than MAX_MARKS_LENGTH are not read", () => {
  for (const parse of [parseDnfState, parseAutoInstalled]) {
    const { value, problems } = parse(`a\n${"#".repeat(MAX_MARKS_LENGTH)}`);
    expect([value, problems.map(({ code }) => code)]).toEqual([[], ["limit-exceeded"]]);
  }
});

it("a line of several words is no mark", () => {
  const { value, problems } = parseAutoInstalled("# a\nlibz1\n two words\n\n");
  expect([value, problems.map(({ message }) => message)]).toEqual([
    ["libz1"],
    ['line 3 is not a package\'s name: "two words"'],
  ]);
});
