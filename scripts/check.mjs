#!/usr/bin/env node
// All checks of a change in one command: `npm test`, which CI also runs. A failed stage does not stop the others, and its
// output is shown. The last lines name what failed, for whoever sees only the end, and sum up: `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const REPORTS = mkdtempSync(join(tmpdir(), "stratigraph-check-"));
const BUILD_DATA = join(REPORTS, "build");
const CHROMIUM = "/usr/bin/chromium";
/** With fewer modules than this, the import rules were checked on almost nothing. */
const MIN_MODULES = 50;
const MAX_OUTPUT = 1 << 28;
const ONE_PASSED = { passed: 1, failed: 0, skipped: 0 };
const ONE_FAILED = { passed: 0, failed: 1, skipped: 0 };

/** A stage counts as one check unless it has a `count`, which reads the number from its report or output. */
const STAGES = [
  { name: "format and lint", command: ["biome", "ci", "--colors=off", "."] },
  { name: "types", command: ["tsc", "--noEmit"] },
  {
    name: "architecture",
    command: ["npm", "run", "--silent", "architecture"],
    count: countArchitecture,
  },
  { name: "dead code", command: ["knip"] },
  {
    name: "unit and database tests",
    command: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report("vitest")}`],
    count: countVitest,
  },
  {
    name: "build",
    command: ["node", "scripts/install.mjs", "--build"],
    env: { STRATIGRAPH_DATA: BUILD_DATA },
    count: countBuild,
  },
  {
    name: "end to end",
    command: ["playwright", "test", "--reporter=list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report("playwright") },
    prepare: installChromium,
    count: countPlaywright,
  },
];

const results = STAGES.map(runStage);
rmSync(REPORTS, { recursive: true, force: true });
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
for (const name of results.flatMap(({ names = [] }) => names)) console.log(`failed: ${name}`);
const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
console.log(`${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
process.exitCode = sum("failed") > 0 ? 1 : 0;

function runStage(stage) {
  const started = Date.now();
  const result = withNames(runAndCount(stage), stage);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const counts =
    result !== ONE_PASSED && result !== ONE_FAILED
      ? ` (${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped)`
      : "";
  console.log(`${result.failed === 0 ? "ok    " : "FAILED"} ${stage.name}${counts} ${seconds} s`);
  return result;
}

/** A stage that exits with an error is a failure whatever its report says, and so is one without a report. */
function runAndCount({ command: [program, ...words], env, prepare, count = () => ONE_PASSED }) {
  let output = "";
  try {
    prepare?.();
    const ended = spawnSync(program, words, {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: "1", ...env },
      encoding: "utf8",
      maxBuffer: MAX_OUTPUT,
    });
    output = `${ended.stdout ?? ""}${ended.stderr ?? ""}`;
    if (ended.error) throw ended.error;
    const result = withStatus(count(output), ended.status);
    if (result.failed > 0) console.log(output);
    return result;
  } catch (error) {
    console.log(`${output}${error.message}`);
    return ONE_FAILED;
  }
}

/** What failed in a stage: its tests, if they are known. */
function withNames(result, { name }) {
  return result.failed > 0 && (result.names ?? []).length === 0 ? { ...result, names: [name] } : result;
}

/** All tests passed but the program failed: an error outside any test, or a stage that is one check. */
function withStatus(result, status) {
  if (status === 0 || result.failed > 0) return result;
  return result === ONE_PASSED ? ONE_FAILED : { ...result, failed: 1 };
}

function countArchitecture(output) {
  const modules = Number(/(\d+) modules/.exec(output)?.[1] ?? 0);
  if (modules >= MIN_MODULES) return ONE_PASSED;
  throw new Error(`only ${modules} modules were seen: dependency-cruiser does not read TypeScript here`);
}

/** A database that a build starts has nobody who stops it. */
function countBuild() {
  if (!existsSync(BUILD_DATA)) return ONE_PASSED;
  throw new Error("the build of the pages opened the database: one of them is rendered while it is built");
}

function countVitest() {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = readReport("vitest");
  // A file that cannot be loaded has no tests to fail.
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  const names = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName }) => `${relative(ROOT, name)}: ${fullName}`),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests, names };
}

function countPlaywright() {
  const { stats, suites } = readReport("playwright");
  const { expected, unexpected, flaky, skipped } = stats;
  return { passed: expected, failed: unexpected + flaky, skipped, names: suites.flatMap(listFailed) };
}

function listFailed({ suites = [], specs = [] }) {
  const here = specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`);
  return [...here, ...suites.flatMap(listFailed)];
}

function report(name) {
  return join(REPORTS, `${name}.json`);
}

function readReport(name) {
  return JSON.parse(readFileSync(report(name), "utf8"));
}

/** Playwright's own browsers come from its own host; a distribution's comes from the configured package mirrors. */
function installChromium() {
  if (existsSync(CHROMIUM)) return;
  const advice = `the browser tests need ${CHROMIUM}: install your distribution's chromium package`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) throw new Error(advice);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const words of [
    ["update", "-q"],
    ["install", "-y", "-q", "--no-install-recommends", "chromium"],
  ]) {
    const { status, stderr } = spawnSync("apt-get", words, { env, encoding: "utf8" });
    if (status !== 0) throw new Error(`apt-get ${words.join(" ")} failed; ${advice}\n${stderr}`);
  }
}
