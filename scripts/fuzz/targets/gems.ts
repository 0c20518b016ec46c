import assert from "node:assert/strict";
import { fullNameOf, parseGemspec, parseLockfile } from "#lib/formats/gem/index.ts";
import { parseGemRequirement, toGemTest } from "#lib/formats/gem/requirement.ts";
import { compareGemVersions, isGemVersion, toGemVersion } from "#lib/formats/gem/version.ts";
import { gemPurl } from "#lib/formats/purl/index.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, holdOrder, toParts, toText } from "../hold.ts";

const DIRECTORY = /^[a-zA-Z0-9_-][a-zA-Z0-9._-]*$/;

/** A file's name before the NUL, its text after. */
function checkGemspec(input: Uint8Array): void {
  const [fullName = "", text = ""] = toParts(input, 2);
  const { value, problems } = parseGemspec(text, fullName);
  holdFaults(problems);
  assert.ok(value !== undefined || problems.length > 0, "neither a gem nor a problem");
  if (value === undefined) return;
  const { name, version, platform, dependencies, executables } = value;
  gemPurl(name, version, platform);
  assert.match(fullNameOf(value), DIRECTORY);
  for (const word of [name, ...executables, ...dependencies.map((each) => each.name)]) assert.match(word, DIRECTORY);
  for (const { requirements } of dependencies) for (const each of requirements) toGemTest(each)(toGemVersion(version));
  holdLength([name, version, platform, ...executables, ...dependencies.map((each) => each.text)], fullName + text);
}

function checkLock(input: Uint8Array): void {
  const text = toText(input);
  const { value, problems } = parseLockfile(text);
  holdFaults(problems);
  for (const { name, version } of value) {
    assert.match(name, DIRECTORY);
    assert.ok(version === "" || isGemVersion(version));
  }
  holdLength(
    value.flatMap(({ name, version }) => [name, version]),
    text,
  );
}

/** The order is total, and each comparison says what the order says. */
function checkVersions(input: Uint8Array): void {
  const versions = toParts(input, 3).map((text) => (isGemVersion(text) ? text : "0"));
  holdOrder((a, b) => compareGemVersions(toGemVersion(a), toGemVersion(b)), versions);
  const [a = "0", b = "0"] = versions;
  const order = Math.sign(compareGemVersions(toGemVersion(a), toGemVersion(b)));
  const holds = (operator: string) => toGemTest(parseGemRequirement(`${operator} ${b}`)!)(toGemVersion(a));
  assert.deepEqual(["<", "=", ">"].map(holds), [order < 0, order === 0, order > 0]);
  assert.ok(!holds("~>") || holds(">="), "~> implies >=");
}

export const GEM_TARGETS: readonly FuzzTarget[] = [
  {
    name: "gemspec",
    maxLength: 2048,
    check: checkGemspec,
    dictionary: [
      ...[
        "# stub: ",
        " ruby lib\n",
        '  s.name = "a"',
        '  s.version = "1"',
        "  s.add_runtime_dependency(",
        "%q<a>.freeze",
      ],
      ...['  s.add_dependency "a"', '["~> 1.0".freeze, ">= 1"]', '  s.executables = ["', "  s.platform = 'java'"],
    ],
    seeds: [
      'a-1.0-java\0# -*- encoding: utf-8 -*-\n# stub: a 1.0 java lib\n\nGem::Specification.new do |s|\n  s.executables = ["a".freeze]\n  s.add_runtime_dependency(%q<b>.freeze, ["~> 1.0".freeze, ">= 1.0.2"])\n  s.add_development_dependency(%q<c>, [">= 0"])\nend\n',
      "b-2-1.0.rc1\0\n\n  spec.name = \"b-2\"\n  spec.version = '1.0.rc1'\n  spec.add_dependency 'c'\n  spec.add_dependency c\n",
    ],
  },
  {
    name: "gemfile-lock",
    maxLength: 1024,
    check: checkLock,
    dictionary: ["GEM\n  specs:\n", "    a (1.0-java)\n", "DEPENDENCIES\n", "  a (~> 1.0)!\n", "\n\n"],
    seeds: ["GEM\n  specs:\n    a (1.0-java)\n      b (~> 1)\n    b (2)\n\nDEPENDENCIES\n  a\n  b (>= 1, < 3)\n  c!\n"],
  },
  {
    name: "gem-version",
    maxLength: 96,
    check: checkVersions,
    dictionary: [".pre", "-rc", ".0", ".a", "1.0.0"],
    seeds: ["1.0.rc1\x001.0\x001", "1-0.a\x001.pre.0.a\x0001.10.2"],
  },
];
