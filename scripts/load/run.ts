import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { mebibytes } from "../bench/measure-run.ts";
import { percentile, type Round, runRound } from "./clients.ts";
import { type LoadedServer, startLoadedServer } from "./loaded-server.ts";
import { listRequests, mixRequests, type Scanned, scanWorkload } from "./workload.ts";

/**
 * `npm run load`: many clients on a server of the built pages, in rounds with idle time between them. Exits with 1 on any
 * error, or if memory grows from round to round. Defaults: `--clients 64 --seconds 60 --quiet 60 --rounds 4`.
 */
const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "64" },
    seconds: { type: "string", default: "60" },
    quiet: { type: "string", default: "60" },
    rounds: { type: "string", default: "4" },
  },
});

const MEBIBYTE = 1024 ** 2;
/**
 * Maximum growth between the first idle time and the last. The first round fills bounded caches, compiles, and grows the
 * heap; after that nothing should be added. Resident memory depends on the kernel and on fragmentation; reachable memory does not.
 */
const MAX_RESIDENT_GROWTH = 48 * MEBIBYTE;
const MAX_HEAP_GROWTH = 8 * MEBIBYTE;

/** The server's memory after an idle time, in bytes. */
interface Held {
  readonly resident: number;
  readonly heap: number;
}

async function main(): Promise<boolean> {
  const home = mkdtempSync(join(tmpdir(), "stratigraph-load-"));
  try {
    const scanned = await scanWorkload(home);
    const server = await startLoadedServer(home);
    try {
      return await load(server, scanned);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** True if there was no error and no lasting growth. */
async function load(server: LoadedServer, scanned: Scanned): Promise<boolean> {
  const requests = listRequests(scanned);
  const [clients, seconds, rounds] = [values.clients, values.seconds, values.rounds].map(Number) as [
    number,
    number,
    number,
  ];
  console.log(
    `${clients} clients, ${rounds} rounds of ${seconds} s and ${values.quiet} s idle, ${requests.length} addresses`,
  );
  console.log(`before: ${mebibytes(server.readResident())} resident`);
  const held: Held[] = [];
  let errorCount = 0;
  for (let i = 0; i < rounds; i++) {
    const round = await runRound(server.url, { clients, seconds, toRequest: mixRequests(scanned, i) });
    errorCount += round.errorCount;
    const after = server.readResident();
    await wait(Number(values.quiet) * 1000);
    const resident = server.readResident();
    const heap = await server.measureHeap();
    const quiet = { resident, heap };
    held.push(quiet);
    printRound(i + 1, round, after, quiet);
  }
  return printVerdict(errorCount, held);
}

function printRound(number: number, round: Round, after: number, { resident, heap }: Held): void {
  const rate = (round.requests / (round.milliseconds / 1000)).toFixed(0);
  const memory = `${mebibytes(after)} resident at the end, ${mebibytes(resident)} after idling, ${(heap / MEBIBYTE).toFixed(1)} MiB reachable`;
  console.log(
    `round ${number}: ${round.requests} requests, ${rate}/s, ${round.errorCount} errors; ${formatTimes(round.times)}`,
  );
  console.log(`         ${memory}`);
  for (const [error, count] of [...round.errors].slice(0, 20)) console.log(`         ${count} × ${error}`);
  if (number > 1) return;
  const byPage = [...round.timesByPage].sort(([, a], [, b]) => percentile(b, 0.5) - percentile(a, 0.5));
  for (const [page, times] of byPage)
    console.log(`         ${page.padEnd(20)} ${String(times.length).padStart(6)}  ${formatTimes(times)}`);
}

function formatTimes(times: Float64Array): string {
  return [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${Math.round(percentile(times, share))} ms`).join(", ");
}

function printVerdict(errorCount: number, held: readonly Held[]): boolean {
  const [first, last] = [held[0]!, held.at(-1)!];
  const grown = { resident: last.resident - first.resident, heap: last.heap - first.heap };
  const within = grown.resident <= MAX_RESIDENT_GROWTH && grown.heap <= MAX_HEAP_GROWTH;
  const growth = `${toSigned(grown.resident)} resident (≤ ${mebibytes(MAX_RESIDENT_GROWTH)}), ${toSigned(grown.heap)} reachable (≤ ${mebibytes(MAX_HEAP_GROWTH)})`;
  console.log(`${within ? "within" : "MISSED"}  growth from the first idle time to the last: ${growth}`);
  console.log(`${errorCount === 0 ? "within" : "MISSED"}  errors: ${errorCount} (0)`);
  return within && errorCount === 0;
}

function toSigned(bytes: number): string {
  return `${bytes < 0 ? "−" : "+"}${(Math.abs(bytes) / MEBIBYTE).toFixed(1)} MiB`;
}

process.exitCode = (await main()) ? 0 : 1;
