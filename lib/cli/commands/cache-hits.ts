import type { Command } from "commander";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { toTable } from "#lib/exports/table.ts";
import { CACHE_PAIR_COLUMNS, CACHE_STEP_COLUMNS, HIT_COLUMNS } from "#lib/exports/tables/cache-hits.ts";
import type { CacheAnswer, CachePair } from "#lib/model/cache-hits.ts";
import { answerCache } from "#lib/moves/cache/answer-cache.ts";
import { ARTIFACT, findOneArtifact } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

export function addCacheHitsCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("cache-hits")
    .argument("<before>", ARTIFACT)
    .argument("<after...>", "the version after it, and those after that, the oldest first")
    .description("which steps of a build its cache has, and how many bytes are the same by layer, package, file");
  addQuery(
    command,
    workbench,
    "cache-hits nginx:1.26 nginx:1.27",
    async ({ pool }, before: string, after: string[]) => {
      const versions = await Promise.all([before, ...after].map((name) => findOneArtifact(pool, name)));
      const answer = await answerCache(pool, versions);
      return { json: () => answer, print: () => printText(workbench.terminal, answer) };
    },
  );
}

function printText(terminal: Terminal, { pairs, hits }: CacheAnswer): void {
  const [first, ...more] = pairs;
  if (more.length > 0) writeTable(terminal, toTable("", Object.values(CACHE_PAIR_COLUMNS), pairs));
  else printSteps(terminal, first!);
  writeTable(terminal, toTable("Hits, from layers to chunks", Object.values(HIT_COLUMNS), hits));
}

function printSteps(terminal: Terminal, { steps, rebuilt }: CachePair): void {
  if (steps.length === 0) return;
  writeTable(terminal, toTable("", Object.values(CACHE_STEP_COLUMNS), steps));
  writeLine(terminal, "");
  const { contentSize, sameBytes } = rebuilt;
  const again = `${formatCounted(rebuilt.steps, "step")} built again with ${formatBytes(contentSize)}`;
  writeLine(
    terminal,
    rebuilt.steps === 0
      ? "the cache has every step"
      : `${again}, of which ${formatBytes(sameBytes)} are the same files`,
  );
}
