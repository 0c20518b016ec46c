import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { condenseMetadata, condenseRecord } from "./condense.ts";
import { parseEggRequires } from "./egg-requires.ts";
import {
  MAX_LISTED_FILES,
  MAX_LISTED_PATH_LENGTH,
  MAX_TOP_LEVEL,
  parseInstalledFiles,
  parseRecord,
  parseTopLevel,
} from "./file-lists.ts";
import { evaluateMarker, MAX_MARKER_DEPTH, MAX_MARKER_LENGTH, parseMarker } from "./marker.ts";
import { MAX_HEADERS_LENGTH, MAX_REQUIREMENTS, parsePythonMetadata } from "./metadata.ts";
import { MAX_NAME_LENGTH } from "./name.ts";
import { MAX_CONFIGURATION_LENGTH, MAX_PTH_PATHS, parsePth, parsePyvenv } from "./pyvenv.ts";
import { MAX_EXTRAS, MAX_REQUIREMENT_LENGTH, parseRequirement } from "./requirement.ts";
import { MAX_CLAUSES, parseSpecifiers } from "./specifier.ts";
import { comparePythonVersions, MAX_VERSION_LENGTH, parsePythonVersion } from "./version.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("versions", () => {
  // PEP 440, "Summary of permitted suffixes and relative ordering".
  const ASCENDING = [
    "1.dev0",
    "1.0.dev456",
    "1.0a1",
    "1.0a2.dev456",
    "1.0a12.dev456",
    "1.0a12",
    "1.0b1.dev456",
    "1.0b2",
  ];
  const LATER = ["1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7"];
  const LAST = ["1.0+5", "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1", "99999999999999999999", "1!0"];

  it("are ordered as PEP 440 says", () => {
    const versions = [...ASCENDING, ...LATER, ...LAST].map((text) => parsePythonVersion(text)!);
    for (const [i, a] of versions.entries()) {
      for (const [j, b] of versions.entries()) expect(Math.sign(comparePythonVersions(a, b))).toBe(Math.sign(i - j));
    }
  });

  it("have a maximum length, and sets of specifiers a maximum of clauses", () => {
    expect(parsePythonVersion("1".repeat(MAX_VERSION_LENGTH))).toBeDefined();
    expect(parsePythonVersion("1".repeat(MAX_VERSION_LENGTH + 1))).toBeUndefined();
    expect(parseSpecifiers(Array(MAX_CLAUSES).fill(">=1").join(","))).toHaveLength(MAX_CLAUSES);
    expect(
      parseSpecifiers(
        Array(MAX_CLAUSES + 1)
          .fill(">=1")
          .join(","),
      ),
    ).toBeUndefined();
  });
});

describe("markers", () => {
  const evaluate = (text: string, values: Record<string, string[]> = {}) =>
    evaluateMarker(parseMarker(text)!, new Map(Object.entries(values)));

  it("that depend on what is unknown are neither true nor false", () => {
    expect(evaluate("platform_release >= '6'")).toBeUndefined();
    expect(evaluate("platform_release >= '6' and extra == 'x'", { extra: [""] })).toBe(false);
    expect(evaluate("platform_release >= '6' or extra == ''", { extra: [""] })).toBe(true);
    const full = { python_full_version: ["3.8.0", "3.8.99"] };
    expect(["< '3.9'", "< '3.8'", "< '3.8.5'"].map((rest) => evaluate(`python_full_version ${rest}`, full))).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  it("have a maximum length and depth", () => {
    const nested = (depth: number) => `${"(".repeat(depth)}extra == 'x'${")".repeat(depth)}`;
    expect(parseMarker(nested(MAX_MARKER_DEPTH))).toBeDefined();
    expect(parseMarker(nested(MAX_MARKER_DEPTH + 1))).toBeUndefined();
    expect(parseMarker(`extra == '${"x".repeat(MAX_MARKER_LENGTH)}'`)).toBeUndefined();
  });
});

it("a requirement has maxima for its length, its name and its extras", () => {
  expect(parseRequirement("a".repeat(MAX_NAME_LENGTH))).toBeDefined();
  expect(parseRequirement("a".repeat(MAX_NAME_LENGTH + 1))).toBeUndefined();
  expect(
    parseRequirement(
      `a[${Array(MAX_EXTRAS + 1)
        .fill("b")
        .join(",")}]`,
    ),
  ).toBeUndefined();
  expect(parseRequirement(`a @ https://${"b".repeat(MAX_REQUIREMENT_LENGTH)}`)).toBeUndefined();
});

describe("METADATA", () => {
  it("is read up to the first empty line; continued requirements are one", () => {
    const text =
      "Metadata-Version: 2.1\r\nName: A.b\r\nVERSION: 1.0\r\nSummary: x\r\n  y\r\nRequires-Dist: c\r\n  >=1\r\n\r\nName: d";
    const { value, problems } = parsePythonMetadata(text);
    expect(value).toMatchObject({ name: "A.b", version: "1.0", requirements: ["c >=1"] });
    expect(problems).toEqual([]);
    expect(parsePythonMetadata(new TextDecoder().decode(condenseMetadata(bytes(text)))).value).toEqual(value);
  });

  it("goes on after a line of blanks, which belongs to the licence before it", () => {
    const text = "Name: a\nLicense: x\n        \n        y\nRequires-Dist: b\n\nRequires-Dist: c\n";
    expect(parsePythonMetadata(text).value?.requirements).toEqual(["b"]);
    expect(parsePythonMetadata(new TextDecoder().decode(condenseMetadata(bytes(text)))).value?.requirements).toEqual([
      "b",
    ]);
  });

  it("needs a name, which leads nowhere else", () => {
    expect(parsePythonMetadata("Version: 1").problems).toMatchObject([{ message: "has no name" }]);
    expect(parsePythonMetadata("Name: ../x").value).toBeUndefined();
  });

  it("has maxima for its requirements and its headers", () => {
    const many = `Name: a\n${"Requires-Dist: b\n".repeat(MAX_REQUIREMENTS + 1)}`;
    const { value, problems } = parsePythonMetadata(many);
    expect([value?.requirements.length, problems.map(({ code }) => code)]).toEqual([
      MAX_REQUIREMENTS,
      ["limit-exceeded"],
    ]);
    const long = parsePythonMetadata(`Name: a\nDescription: ${"x".repeat(MAX_HEADERS_LENGTH)}\nVersion: 1\n`);
    expect([long.value?.version, long.problems.map(({ code }) => code)]).toEqual(["", ["limit-exceeded"]]);
  });
});

describe("lists of files", () => {
  it("of a RECORD are the first fields of its lines, in quotes or not", () => {
    const { value, problems } = parseRecord('a/b.py,sha256=x,1\n"c,""d"".py",,\n../e\n\nf"g,,\n"h\n');
    expect(value).toEqual(["a/b.py", 'c,"d".py', "../e"]);
    expect(problems.map(({ message }) => message)).toEqual([
      String.raw`line 5 is not understood: "f\"g,,"`,
      String.raw`line 6 is not understood: "\"h"`,
    ]);
  });

  it("keep their paths when hashes are left out", () => {
    const line = fc.string({ unit: fc.constantFrom("a", ",", '"', "\r", "sha256=x", "1", ".", "\u2028") });
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join("\n");
        const condensed = new TextDecoder("utf-8", { ignoreBOM: true }).decode(condenseRecord(bytes(text)));
        expect(parseRecord(condensed).value).toEqual(parseRecord(text).value);
      }),
    );
  });

  it("have maxima for their length and each path; a module's name is no path", () => {
    const { value, problems } = parseInstalledFiles("a\n".repeat(MAX_LISTED_FILES + 1));
    expect([value.length, problems.length]).toEqual([MAX_LISTED_FILES, 1]);
    expect(parseRecord("a".repeat(MAX_LISTED_PATH_LENGTH + 1)).problems).toHaveLength(1);
    expect(parseTopLevel("a\n".repeat(MAX_TOP_LEVEL + 1)).value).toHaveLength(MAX_TOP_LEVEL);
    expect(parseTopLevel("a\n..\nb/c\n\n_d\n").value).toEqual(["a", "_d"]);
  });
});

it("an egg's requirements apply under the extra and the marker of their section", () => {
  const text =
    "a>=1\n\n[x]\nb\n\n[y:python_version<'3']\nc ; os_name=='nt' or os_name=='x'\n\n[:sys_platform=='win32']\nd\n-e\n";
  const { value, problems } = parseEggRequires(text);
  expect(value).toEqual([
    "a>=1",
    "b ; extra == 'x'",
    "c  ; ( os_name=='nt' or os_name=='x') and ((python_version<'3') and extra == 'y')",
    "d ; sys_platform=='win32'",
  ]);
  expect(problems).toHaveLength(1);
  expect(parseEggRequires("a\n".repeat(MAX_REQUIREMENTS + 1)).value).toHaveLength(MAX_REQUIREMENTS);
});

it("pyvenv.cfg and .pth files are read without running what they say", () => {
  const config = "Home = /usr/bin\ninclude-system-site-packages = True\nversion_info = 3.13.5.final.0\nnonsense\n";
  expect(parsePyvenv(config).value).toEqual({ home: "/usr/bin", version: "3.13.5.final.0", includesSystem: true });
  expect(parsePth("import os; os.x()\n# c\n./a\n\n/b \nimportant\n").value).toEqual(["./a", "/b", "important"]);
  expect(parsePth("a\n".repeat(MAX_PTH_PATHS + 1)).problems).toHaveLength(1);
  expect(parsePyvenv("x".repeat(MAX_CONFIGURATION_LENGTH + 1)).problems).toHaveLength(1);
});
