import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
/**
 * Code that prints: the streams of the process in any spelling, the console, a stream of a Terminal, file descriptors, Node's
 * warnings, and a child process with our streams.
 */
const PRINTS = new RegExp(
  [
    String.raw`\bprocess\??\.(?:stdout|stderr|emitWarning|_rawDebug)\b`,
    String.raw`\bprocess\[`,
    String.raw`\{[^}]*\b(?:stdout|stderr)\b[^}]*\}\s*=\s*(?:process|globalThis)\b`,
    String.raw`\bconsole\b`,
    `from "(?:node:)?(?:process|tty|inspector)"`,
    String.raw`\b(?:debuglog|deprecate)\(`,
    String.raw`\b(?:terminal|workbench\.terminal)\.(?:out|err)\b`,
    String.raw`\bwriteSync\(\s*[12]\b`,
    String.raw`\bfd: *[12]\b`,
    String.raw`/dev/(?:stdout|stderr|tty|fd)\b`,
    String.raw`\bstdio: *(?:"inherit"|\[[^\]]*,[^\]]*"inherit")`,
  ].join("|"),
);
/** The file that prints, and the listener for a closed pipe. */
const MAY_PRINT = new Map([
  ["lib/cli/terminal.ts", /process\.std(?:out|err)/],
  ["lib/cli/main.ts", /process\.stdout\.on\("error"/],
  // Silences Next.js.
  ["lib/cli/server/http-server.ts", /console/],
]);

/** Streams and directories of the process: only a command has them, not a page or a queue. */
const ASKS_PROCESS = /\bprocess\??\.(?:stdin|stdout|stderr|cwd)\b|\bINIT_CWD\b/;
/** Exceptions outside lib/cli, with their reason. */
const MAY_ASK = new Map([
  // The child process inherits standard input and passes it on as a SourceEnvironment.
  ["lib/scan/scan-process.ts", /process\.stdin/],
  ["lib/moves/rebase/rebase-process.ts", /process\.stdin/],
  ["lib/moves/relayer/relayer-process.ts", /process\.stdin/],
  // STRATIGRAPH_DATA may be relative, for pages and for commands.
  ["lib/db/server/data-directory.ts", /INIT_CWD/],
  // A source may be relative to the directory in which the server was started; the digest of its files is checked.
  ["lib/jobs/scanned-access.ts", /INIT_CWD/],
  // The bundle of the pages is outside the checkout.
  ["lib/db/server/project.ts", /process\.cwd/],
]);

const files = globSync(["lib/**/*.ts", "bin/**/*.ts", "app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"], {
  cwd: PROJECT,
}).filter((file) => !/\.(?:test|spec)\.tsx?$|^lib\/db\/generated\//.test(file));

/** Lines of code that match a pattern and no exception, with their place. */
function findLines(pattern: RegExp, allowed: ReadonlyMap<string, RegExp>, among = files): string[] {
  return among.flatMap((file) =>
    readFileSync(`${PROJECT}${file}`, "utf8")
      .split("\n")
      .map((line, i) => ({ place: `${file}:${i + 1}`, line: line.replace(/\/\/.*|^\s*\*.*/, "") }))
      .filter(({ line }) => pattern.test(line) && !allowed.get(file)?.test(line))
      .map(({ place, line }) => `${place} ${line.trim()}`),
  );
}

describe("nothing outside lib/cli uses the streams or the directory of the process", () => {
  const outside = files.filter((file) => !file.startsWith("lib/cli/"));

  it("except the files listed with a reason", () => {
    expect(findLines(ASKS_PROCESS, MAY_ASK, outside)).toEqual([]);
  });

  it("and each of these still does", () => {
    for (const file of MAY_ASK.keys()) expect(findLines(ASKS_PROCESS, new Map(), [file])).toHaveLength(1);
  });
});

describe("only lib/cli/terminal.ts prints, and escapes what a terminal would obey", () => {
  it("reads the product's files", () => {
    expect(files).toContain("lib/cli/commands/rm.ts");
    expect(files.length).toBeGreaterThan(300);
  });

  it("finds no other way to print", () => {
    expect(findLines(PRINTS, MAY_PRINT)).toEqual([]);
  });

  it("recognises every way to print", () => {
    for (const line of [
      'console.log("x")',
      "process.stderr.write(x)",
      "terminal.out.write(x)",
      "writeSync(1, x)",
      "const { stdout } = process;",
      'process["stderr"].write(x)',
      'import { stdout } from "node:process";',
      'spawn(x, { stdio: "inherit" })',
      'spawn(x, { stdio: ["ignore", "inherit", "pipe"] })',
      'writeFileSync("/dev/stderr", x)',
      "createWriteStream(x, { fd: 1 })",
    ]) {
      expect(PRINTS.test(line), line).toBe(true);
    }
  });
});
