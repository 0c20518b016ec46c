import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A quarter of a whole run: begun last, it would be waited for alone. */
const LONGEST = "lib/scan/ceilings.test.ts";

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith(LONGEST);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

export default defineConfig({
  test: {
    include: [
      "lib/**/*.test.ts",
      "lib/**/*.test.tsx",
      "components/**/*.test.{ts,tsx}",
      "app/**/*.test.{ts,tsx}",
      "scripts/**/*.test.ts",
      "testing/**/*.test.ts",
    ],
    environment: "node",
    pool: "forks",
    // One more than the two cores that the run must do with: tests wait for databases and child processes.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    globalSetup: ["testing/run/database.ts"],
    // Starting databases and scanning images take their time on two cores; a test that hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
