import { expect, it } from "vitest";
import { MAX_CONF_LINES, matchesGlob, parseLdSoConf, parseMuslPath } from "./index.ts";

it("ld.so.conf has directories and includes, in order, as ldconfig reads them", () => {
  const text = `# libc default configuration
/usr/local/lib//
include /etc/ld.so.conf.d/*.conf\tmore.d/*
  /opt/lib   # a comment
/usr/lib/=libc6
hwcap 1 nosegneg
include
opt/relative
`;
  const { value, problems } = parseLdSoConf(text);
  expect(value).toEqual([
    { kind: "directory", path: "/usr/local/lib" },
    { kind: "include", path: "/etc/ld.so.conf.d/*.conf" },
    { kind: "include", path: "more.d/*" },
    { kind: "directory", path: "/opt/lib" },
    { kind: "directory", path: "/usr/lib" },
  ]);
  expect(problems.map(({ message }) => message)).toEqual([
    'line 7: no directory: "include"',
    'line 8: no directory: "opt/relative"',
  ]);
  expect(parseLdSoConf("/a\n".repeat(MAX_CONF_LINES + 1)).problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
});

it("musl's path has directories on lines and between colons", () => {
  expect(parseMuslPath("/lib:/usr/lib\n/opt/lib\nrelative\n\n")).toEqual(["/lib", "/usr/lib", "/opt/lib"]);
});

it.each([
  ["a.conf", "*.conf", true],
  ["a.conf.d", "*.conf", false],
  ["abc", "a?c", true],
  ["ac", "a?c", false],
  ["", "*", true],
  ["aXbXc", "*X*c", true],
  ["a*", "a*", true],
  ["x", "", false],
] as const)("%j matches %j: %s", (name, pattern, matches) => {
  expect(matchesGlob(name, pattern)).toBe(matches);
});

it("a pattern of many stars takes no time", () => {
  expect(matchesGlob("a".repeat(255), `${"*a".repeat(100)}b`)).toBe(false);
});
