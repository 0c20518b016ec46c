import { chmodSync, existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findPostmaster, signalUntilGone } from "#lib/db/server/postmaster.ts";

const STOP_PATIENCE = 10_000;

/** A separate data directory for one test, with an embedded database that the test may damage and kill. */
export interface DataHome {
  /** `STRATIGRAPH_DATA`. */
  readonly path: string;
  /** PGDATA; exists from the first start on. */
  readonly postgres: string;
  /** The environment of a program that uses only this database. */
  readonly environment: NodeJS.ProcessEnv;
  postmaster(): number | undefined;
  /** Ends all running processes, and removes everything. */
  remove(): Promise<void>;
}

/** `parent`: a folder that every account may enter. */
export function makeDataHome(parent = tmpdir()): DataHome {
  const root = mkdtempSync(join(parent, "stratigraph-test-"));
  // mkdtemp creates it with mode 0700, but the account that Postgres runs as must enter it.
  chmodSync(root, 0o755);
  const path = join(root, "data");
  const postgres = join(path, "postgres");
  const real = () => join(realpathSync(dirname(postgres)), "postgres");
  const postmaster = () => (existsSync(postgres) ? findPostmaster(real()) : undefined);
  return {
    path,
    postgres,
    environment: { ...process.env, DATABASE_URL: "", STRATIGRAPH_DATA: path },
    postmaster,
    remove: async () => {
      if (postmaster() !== undefined) await signalUntilGone(real(), "SIGQUIT", STOP_PATIENCE);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
