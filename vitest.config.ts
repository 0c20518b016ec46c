import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Begun last, one of these would be waited for alone: the first is a quarter of a whole run. */
const LONGEST = [
  "lib/scan/ceilings.test.ts",
  "lib/moves/relayer/real-sets.test.ts",
  "lib/cli/scan/bad-input.test.ts",
  "lib/scan/lying-cache.test.ts",
  "lib/moves/rebase/real-rebase.test.ts",
  "lib/moves/rebase/check-packages.test.ts",
  "lib/moves/relayer/updates.test.ts",
];

/**
 * The folders whose tests change nothing outside their files. They share processes: a process of its own takes a quarter of a second of
 * processor time for each file, more than most of these tests.
 */
const FOLDERS = "{model,graph,formats,display,pictures,exports,analysis,sources,ingest,moves}";
const SHARING = [`lib/${FOLDERS}/**/*.test.ts`, "components/**/*.test.{ts,tsx}"];
const SHARED = "shared";

/** The longest first, and last those that share processes: a process is kept for a next file of its kind alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId, project }: TestSpecification) => {
      const long = LONGEST.findIndex((path) => moduleId.endsWith(path));
      if (long !== -1) return long;
      return LONGEST.length + (project.name === SHARED ? 1 : 0);
    };
    return sorted.sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    pool: "forks",
    // One more than the two cores that the run must do with: tests wait for databases and child processes.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "apart",
          include: ["lib/**/*.test.{ts,tsx}", "app/**/*.test.{ts,tsx}", "{scripts,testing}/**/*.test.ts"],
          exclude: SHARING,
        },
      },
      { extends: true, test: { name: SHARED, include: SHARING, isolate: false } },
    ],
    environment: "node",
    globalSetup: ["testing/run/database.ts"],
    // Starting databases and scanning images take their time on two cores; a test that hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
