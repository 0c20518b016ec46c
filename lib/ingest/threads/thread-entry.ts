import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { toThrown } from "#lib/model/thrown-error.ts";
import { buffersIn, type Job, type JobModule, type Reply, type ThreadStart } from "./job.ts";

// A thread does not inherit the process' compile cache: without one, it strips the types of its thirty modules again.
enableCompileCache();
const { module, settings } = workerData as ThreadStart;
const { openJobs }: JobModule = await import(module);
const run = openJobs(settings, (message) => reply({ kind: "message", message }));

function reply(message: Reply): void {
  parentPort!.postMessage(message, buffersIn(message));
}

parentPort!.on("message", async ({ input, stream }: Job) => {
  try {
    reply({ kind: "done", result: await run(input, stream) });
  } catch (error) {
    reply({ kind: "failed", error: toThrown(error) });
  } finally {
    stream?.close();
  }
});
