import { openDatabase } from "#lib/db/server/database.ts";

// A program that uses the database until its input ends; tests start several of these, and kill them.
const database = await openDatabase();
const { rows } = await database.pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
process.stdout.write(`open ${database.url} backend ${rows[0]?.pid}\n`);
process.stdin.resume();
process.stdin.on("end", async () => {
  if (process.argv.includes("--exit-without-closing")) process.exit(0);
  await database.close();
  process.stdout.write("closed\n");
});
