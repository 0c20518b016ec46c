import { enableCompileCache } from "node:module";
import type { SessionCommand } from "./cli-session.ts";

// The process of a session: runs each command line that it is sent, as bin/stratigraph.mjs does.

enableCompileCache();
const { main } = await import("#lib/cli/main.ts");

// `main` listens for a closed pipe each time.
process.stdout.setMaxListeners(0);
process.on("message", async ({ args, environment, end }: SessionCommand) => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  const status = await main(args);
  process.stdout.write(end);
  process.stderr.write(end);
  process.send!(status);
});
process.on("disconnect", () => process.exit());
