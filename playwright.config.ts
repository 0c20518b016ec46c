import { defineConfig, devices } from "@playwright/test";

const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/start-server.ts",
  // One database and one server for all: the specs only read, or create their own data.
  fullyParallel: true,
  workers: 3,
  forbidOnly: true,
  reporter: "list",
  timeout: 60_000,
  // Pages that read a file start a process; on a machine with other work, 5 s are not always enough.
  expect: { timeout: 10_000 },
  use: {
    ...devices["Desktop Chrome"],
    launchOptions: {
      // The distribution's: Playwright's own download is not an npm package.
      executablePath: "/usr/bin/chromium",
      // Chromium's sandbox refuses root; /dev/shm has 64 MB in most containers.
      args: [...(root ? ["--no-sandbox"] : []), "--disable-dev-shm-usage"],
    },
    // A trace takes a fifth of the processor time of a test: --trace retain-on-failure records one.
    trace: "off",
  },
});
