// `npm run dev`: the pages with reload, on the loopback address (Next's default is every address), and the database while they
// run. Arguments after `--` are passed to Next: `npm run dev -- -p 4000`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { openDatabase } from "#lib/db/server/database.ts";

const NEXT = fileURLToPath(new URL("../node_modules/next/dist/bin/next", import.meta.url));

const database = await openDatabase(process.env);
const words = ["dev", "--hostname", "127.0.0.1", ...process.argv.slice(2)];
const pages = spawn(process.execPath, [NEXT, ...words], { stdio: "inherit" });
// Next never closes its database. This process outlives it and, as the last user of the embedded database, stops it.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => pages.kill(signal));
const [status] = await once(pages, "exit");
await database.close();
process.exitCode = status ?? 0;
