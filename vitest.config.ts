import { defineConfig } from "vitest/config";

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
    globalSetup: ["testing/run/database.ts"],
    // Starting databases and scanning images take their time on two cores; a test that hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
