import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { type DataHome, makeDataHome } from "#testing/run/data-home.ts";
import { type CliRun, runCli } from "#testing/run/run-cli.ts";
import { canMountDisks, mountSmallDisk, type SmallDisk } from "#testing/run/small-disk.ts";

/** A new database takes 48 MiB. */
const DISK_MEBIBYTES = 80;
const KIBIBYTE = 1024;

describe.skipIf(!canMountDisks())("a full disk (needs the right to mount one)", () => {
  let disk: SmallDisk;
  let home: DataHome;

  beforeEach(() => {
    disk = mountSmallDisk(DISK_MEBIBYTES)!;
    home = makeDataHome(disk.path);
  });
  afterEach(async () => {
    await home.remove();
    disk.unmount();
  });

  const run = (args: string[], input?: Uint8Array[]) =>
    runCli(args, { databaseUrl: "", environment: home.environment, input });

  function expectFull({ status, stdout, stderr }: CliRun): void {
    expect(stderr).toMatch(/^stratigraph: [^\n]*(No space left on device|ENOSPC|is full)[^\n]*\n$/);
    expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
    expect(home.postmaster()).toBeUndefined();
  }

  const emptyList = { status: 0, stdout: "", stderr: expect.stringContaining("nothing is scanned yet") };

  /** 20,000 names: some 4 MiB of rows. */
  function buildLargeImage(): Uint8Array {
    const members = Array.from({ length: 20_000 }, (_, i) => ({
      path: `usr/share/doc/package-${i}/copyright`,
      body: `${i}`,
    }));
    return buildDockerArchive([buildTar(members)]);
  }

  it("in the middle of a scan gives one line, and leaves nothing half done once there is space again", async () => {
    await run(["list"]);
    disk.fillUpTo(1500 * KIBIBYTE);
    expectFull(await run(["scan", "docker-archive:-"], [buildLargeImage()]));
    disk.clear();
    expect(await run(["list"])).toMatchObject(emptyList);
  });

  it("when the database starts gives one line", async () => {
    await run(["list"]);
    disk.fillUpTo(0);
    expectFull(await run(["list"]));
    disk.clear();
    expect(await run(["list"])).toMatchObject(emptyList);
  });

  it.each([0, 20_000])(
    "while the database is created, with %i KiB left, gives one line with the reason",
    async (left) => {
      disk.fillUpTo(left * KIBIBYTE);
      expectFull(await run(["list"]));
      disk.clear();
      expect(await run(["list"])).toMatchObject(emptyList);
    },
  );
});
