import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFindings } from "./doctor.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
  chmodSync(home, 0o755);
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("doctor", () => {
  it("finds nothing wrong with a fresh set-up", async () => {
    const findings = await findFindings({ ...process.env, DATABASE_URL: undefined, STRATIGRAPH_DATA: home });
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual([
      "Node",
      "which database",
      "data directory",
      "free space",
      "database",
      "tables",
    ]);
  });

  it("names a server that does not answer, without its password", async () => {
    const findings = await findFindings({ DATABASE_URL: "postgresql://someone:secret@127.0.0.1:1/nowhere" });
    const wrong = findings.filter(({ ok }) => !ok);
    expect(wrong).toHaveLength(1);
    expect(wrong[0]!.detail).toMatch(/127\.0\.0\.1:1\/nowhere does not answer/);
    expect(JSON.stringify(findings)).not.toContain("secret");
  });
});
