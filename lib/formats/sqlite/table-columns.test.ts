import { describe, expect, test } from "vitest";
import { listTableColumns } from "./table-columns.ts";

// The schema as Nix writes it into its database, with comments (src/libstore/schema.sql).
const VALID_PATHS = `CREATE TABLE ValidPaths (
    id               integer primary key autoincrement not null,
    path             text unique not null,
    hash             text not null, -- base16 representation
    registrationTime integer not null,
    deriver          text,
    narSize          integer,
    ultimate         integer, -- null implies "false"
    sigs             text, -- space-separated
    ca               text -- if not null, an assertion that the path is content-addressed; see ValidPathInfo
)`;

describe("listTableColumns", () => {
  test("reads the schema of a store", () => {
    const names = ["id", "path", "hash", "registrationTime", "deriver", "narSize", "ultimate", "sigs", "ca"];
    expect(listTableColumns(VALID_PATHS)).toEqual(names);
  });

  test.each([
    [
      "constraints of the table",
      "CREATE TABLE t (a, b, primary key (a, b), foreign key (b) references u(x))",
      ["a", "b"],
    ],
    ["quoted names", "CREATE TABLE t (\"a,b\", [c)], `d`, 'e')", ["a,b", "c)", "d", "e"]],
    ["types and defaults with commas", "CREATE TABLE t (a decimal(1, 2), b default (max(1, 2)), c)", ["a", "b", "c"]],
    ["comments with quotes", "CREATE TABLE t (a /* , it's */, b -- \"\n, c)", ["a", "b", "c"]],
    ["a column added later", "CREATE TABLE t (a), b text", ["a"]],
  ])("passes over %s", (_, sql, names) => {
    expect(listTableColumns(sql)).toEqual(names);
  });

  test.each([
    ["computed columns", "CREATE TABLE t (a, b as (1))"],
    ["generated columns", "CREATE TABLE t (a, b int generated always as (1) stored)"],
    ["an unclosed list", "CREATE TABLE t (a, b"],
    ["no list", "CREATE VIRTUAL TABLE t USING fts5"],
    ["an empty definition", "CREATE TABLE t (a,, b)"],
    ["nothing", ""],
  ])("refuses %s", (_, sql) => {
    expect(listTableColumns(sql)).toBeUndefined();
  });
});
