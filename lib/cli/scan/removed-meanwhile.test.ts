import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli } from "#testing/run/run-cli.ts";

/** `rm` in another terminal at the worst moment: the artifact is removed as soon as it is committed. */
const REMOVE_AT_COMMIT = `
  CREATE FUNCTION remove_artifact() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN DELETE FROM artifact WHERE id = NEW.id; RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER removed AFTER INSERT ON artifact DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION remove_artifact()`;

describe("an artifact that is removed while its scan ends", () => {
  let database: Database;
  const input = [buildDockerArchive([buildTar([{ path: "etc/motd", body: "hello" }])])];

  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pool.query(REMOVE_AT_COMMIT);
  });
  afterAll(() => database.close());

  it("gives one line and exit 4", async () => {
    const run = await runCli(["scan", "docker-archive:-"], { databaseUrl: database.url, input });
    expect(run.stderr).toBe(
      "stratigraph: error: test:latest was removed by another command as soon as it was scanned\n",
    );
    expect(run.status).toBe(4);
  });

  it("is left out of the JSON document", async () => {
    const run = await runCli(["scan", "docker-archive:-", "--json"], { databaseUrl: database.url, input });
    expect(JSON.parse(run.stdout)).toEqual({ artifacts: [], problems: [] });
    expect(run.status).toBe(4);
  });
});
