import { workerData } from "node:worker_threads";
import { hashLayer } from "./image.ts";

await hashLayer(workerData as string);
