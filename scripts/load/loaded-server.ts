import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readAddress } from "../bench/product.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const PROBE = fileURLToPath(new URL("heap-probe.ts", import.meta.url));
const KIBIBYTE = 1024;

/** The server of the built pages, and its memory. Sizes are bytes. */
export interface LoadedServer {
  readonly url: string;
  /** Resident memory of the server's process, as the kernel counts it. Linux only. */
  readResident(): number;
  /** Reachable memory: JavaScript objects and buffers, after a collection. */
  measureHeap(): Promise<number>;
  stop(): Promise<void>;
}

/** `stratigraph serve` on the embedded database of `home`, on a free loopback port. Rejects if it ends before it serves. */
export async function startLoadedServer(home: string): Promise<LoadedServer> {
  const child = spawn(process.execPath, ["--expose-gc", "--import", PROBE, "bin/stratigraph.mjs", "serve"], {
    cwd: PROJECT,
    env: { ...process.env, DATABASE_URL: "", STRATIGRAPH_DATA: home, HOST: "127.0.0.1", PORT: "0" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const url = await readAddress(child);
  return {
    url,
    readResident: () => readResident(child.pid!),
    measureHeap: async () => {
      const answered = once(child, "message");
      child.send("measure");
      const [{ heapUsed, external }] = (await answered) as [{ heapUsed: number; external: number }];
      return heapUsed + external;
    },
    stop: async () => {
      const ended = once(child, "close");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function readResident(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
  if (kibibytes === undefined) throw new Error(`process ${pid} has no memory: it has ended`);
  return Number(kibibytes) * KIBIBYTE;
}
