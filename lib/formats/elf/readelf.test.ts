import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hasReadelf, listElfFiles, readWithReadelf } from "#testing/run/readelf.ts";
import { parseElfNeeds } from "./index.ts";

/** Programs and libraries of the machine: some hundred in the suite, all of them in a long run. */
const FOLDERS = ["/usr/bin", "/usr/lib"].filter(existsSync);
const SAMPLE = 150;

it.skipIf(!hasReadelf || FOLDERS.length === 0)(
  "what the programs and libraries of this machine need equals what readelf says",
  { timeout: 600_000 },
  () => {
    const all = FOLDERS.flatMap(listElfFiles);
    const step = process.env.STRATIGRAPH_LONG ? 1 : Math.max(1, Math.floor(all.length / SAMPLE));
    let count = 0;
    for (const [file, facts] of readWithReadelf(all.filter((_, i) => i % step === 0))) {
      const { value, problems } = parseElfNeeds([{ offset: 0, bytes: readFileSync(file) }]);
      expect([file, problems, value]).toMatchObject([file, [], facts]);
      count += 1;
    }
    console.info(`${count} of ${all.length} ELF files compared with readelf`);
    expect(count).toBeGreaterThan(0);
  },
);
