import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canMountDisks } from "#testing/run/small-disk.ts";
import { measureScan, runCampaign } from "./campaign.ts";
import { FAULTS } from "./faults.ts";
import { fillDisks } from "./full-disk.ts";
import { fillMoveDisks, MOVE_KILLS, runMoveCampaign } from "./moves.ts";
import { seededRandom } from "./random.ts";
import { removeBesideReaders } from "./removals.ts";

/** The short form of `npm run faults`, which runs 30 of each. */
const ROUNDS = 2;
const MAX_TEST_MS = 120_000;

describe.skipIf(process.platform !== "linux")("faults at random moments of a scan", { timeout: MAX_TEST_MS }, () => {
  // Printed with every finding: each run uses other moments, and a seed repeats them.
  const seed = Date.now() % 1_000_000;
  const random = seededRandom(seed);
  let root: string;
  let home: string;
  let scanMs: number;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
    chmodSync(root, 0o755);
    home = join(root, "data");
    scanMs = await measureScan(home);
  }, MAX_TEST_MS);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(FAULTS)("$name: ends correctly, stores nothing partially, and the next command works", async (fault) => {
    const { tried, findings } = await runCampaign(fault, scanMs, { home, rounds: ROUNDS, random });
    expect({ seed, tried, findings }).toEqual({ seed, tried: ROUNDS, findings: [] });
  });

  it.each(MOVE_KILLS)("$name: the target is untouched or complete, and the same command works", async (kill) => {
    const { tried, findings } = await runMoveCampaign(kill, { rounds: ROUNDS, random });
    expect({ seed, tried, findings }).toEqual({ seed, tried: ROUNDS, findings: [] });
  });

  it.skipIf(!canMountDisks())("a full disk under a move: the same", async () => {
    const tally = await fillMoveDisks({ rounds: ROUNDS, random });
    expect({ seed, findings: tally?.findings }).toEqual({ seed, findings: [] });
  });

  it("rm beside scans and readers: no command fails for it", async () => {
    const { findings } = await removeBesideReaders({ home, rounds: 1, random });
    expect(findings).toEqual([]);
  });

  it.skipIf(!canMountDisks())("a full disk (needs permission to mount one): the same", async () => {
    const tally = await fillDisks({ rounds: ROUNDS, random });
    expect({ seed, findings: tally?.findings }).toEqual({ seed, findings: [] });
  });
});
