import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { workerData } from "node:worker_threads";

for (const file of workerData as string[]) hash("sha256", readFileSync(file), "buffer");
