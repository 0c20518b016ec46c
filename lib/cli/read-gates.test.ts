import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { UnreachableError, UsageError } from "#lib/model/problem.ts";
import { readGates } from "./read-gates.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-gates-"));
  vi.stubEnv("INIT_CWD", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const write = (name: string, bytes: number) => writeFileSync(join(folder, name), `rules: {maxRootfsSize: ${bytes}}`);

it("finds dive's file in the user's directory, and ours before it", async () => {
  write(".dive-ci", 1);
  expect(await readGates(undefined)).toEqual({ maxRootfsSize: 1 });
  write(".stratigraph-ci", 2);
  expect(await readGates(undefined)).toEqual({ maxRootfsSize: 2 });
});

it("reads a named file instead, relative to the user's directory", async () => {
  write(".dive-ci", 1);
  write("limits.yaml", 3);
  expect(await readGates("limits.yaml")).toEqual({ maxRootfsSize: 3 });
});

it("asks for a file if there is none, and says that a named one is missing", async () => {
  await expect(readGates(undefined)).rejects.toThrow(UsageError);
  await expect(readGates("none")).rejects.toThrow(UnreachableError);
});
