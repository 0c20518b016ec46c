import assert from "node:assert/strict";
import { condenseCondaRecord, parseCondaRecord, toCondaName } from "#lib/formats/conda/index.ts";
import { condaPurl, pypiPurl } from "#lib/formats/purl/index.ts";
import {
  comparePythonVersions,
  condenseMetadata,
  condenseRecord,
  evaluateMarker,
  formatPythonVersion,
  normaliseName,
  type PythonRequirement,
  type PythonVersion,
  parseEggRequires,
  parseInstalledFiles,
  parseMarker,
  parsePth,
  parsePyproject,
  parsePythonMetadata,
  parsePythonVersion,
  parsePyvenv,
  parseRecord,
  parseRequirement,
  parseRequirementsFile,
  parseSpecifier,
  parseSpecifiers,
  parseTopLevel,
  satisfiesPython,
} from "#lib/formats/python/index.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, holdOrder, toParts, toText } from "../hold.ts";

const VERSIONS = ["1", "1.0a1", "2!3.4.post5.dev6+local.7", "0.dev0"].map((text) => parsePythonVersion(text)!);
const ENVIRONMENT = new Map([
  ["python_version", ["3.13"]],
  ["python_full_version", ["3.13.0", "3.13.99"]],
  ["sys_platform", ["linux"]],
  ["extra", [""]],
]);

function compareTexts(a: string, b: string): number {
  const [first, second] = [a, b].map(parsePythonVersion) as [PythonVersion, PythonVersion];
  return comparePythonVersions(first, second);
}

/** Versions are ordered, the canonical spelling is the same version, and a clause and its negation exclude each other. */
function checkVersions(input: Uint8Array): void {
  const versions = toParts(input, 3).filter((text) => parsePythonVersion(text) !== undefined);
  for (const text of versions) assert.equal(compareTexts(formatPythonVersion(parsePythonVersion(text)!), text), 0);
  if (versions.length === 3) holdOrder(compareTexts, versions);
  const text = toText(input);
  for (const version of VERSIONS) satisfiesPython(version, parseSpecifiers(text) ?? []);
  const [equal, unequal] = ["== ", "!= "].map((operator) => parseSpecifier(operator + text));
  assert.equal(equal === undefined, unequal === undefined);
  if (equal === undefined || unequal === undefined) return;
  for (const version of VERSIONS)
    assert.notEqual(satisfiesPython(version, [equal]), satisfiesPython(version, [unequal]));
}

function holdRequirement({ text, name, marker }: PythonRequirement): void {
  assert.equal(normaliseName(name), name);
  assert.equal(parseRequirement(text)?.name, name);
  if (marker !== undefined) evaluateMarker(marker, ENVIRONMENT);
}

/** An unknown environment never contradicts a known one. */
function checkRequirement(input: Uint8Array): void {
  const text = toText(input);
  const requirement = parseRequirement(text);
  if (requirement !== undefined) holdRequirement(requirement);
  const marker = parseMarker(text);
  if (marker === undefined) return;
  const unknown = evaluateMarker(marker, new Map());
  if (unknown !== undefined) assert.equal(evaluateMarker(marker, ENVIRONMENT), unknown);
}

/** The headers alone say the same as the whole file. */
function checkMetadata(input: Uint8Array): void {
  const text = toText(input);
  const parsed = parsePythonMetadata(text);
  holdFaults(parsed.problems);
  assert.deepEqual(parsePythonMetadata(toText(condenseMetadata(input))), parsed);
  for (const text of parsed.value?.requirements ?? []) holdRequirement(parseRequirement(text)!);
  const { name = "", version = "", requirements = [] } = parsed.value ?? {};
  holdLength([name, version, ...requirements], text);
}

function checkFileLists(input: Uint8Array): void {
  const text = toText(input);
  for (const parse of [parseRecord, parseInstalledFiles, parseTopLevel, parsePth]) {
    const { value, problems } = parse(text);
    holdFaults(problems);
    holdLength(value, text);
    assert.ok(!value.includes(""), "an empty name");
  }
  for (const name of parseTopLevel(text).value) assert.ok(!/[/\\]|^\.|\s/.test(name), "a name that leads elsewhere");
  const condensed = parseRecord(toText(condenseRecord(input)));
  assert.deepEqual(condensed.value, parseRecord(text).value);
  const { value, problems } = parsePyvenv(text);
  holdFaults(problems);
  holdLength([value.home, value.version], text);
}

function checkEggRequires(input: Uint8Array): void {
  const { value, problems } = parseEggRequires(toText(input));
  holdFaults(problems);
  for (const text of value) holdRequirement(parseRequirement(text)!);
}

function checkProject(input: Uint8Array): void {
  const text = toText(input);
  const { value, problems } = parsePyproject(text);
  holdFaults(problems);
  assert.ok(value !== undefined || problems.length > 0, "neither a project nor a problem");
  if (value !== undefined && value.name !== "") pypiPurl(value.name, value.version);
  const listed = parseRequirementsFile(text);
  holdFaults(listed.problems);
  for (const each of [...(value?.requirements ?? []), ...listed.value]) holdRequirement(parseRequirement(each)!);
}

/** A condensed record says the same. */
function checkConda(input: Uint8Array): void {
  const { value, problems } = parseCondaRecord(input);
  holdFaults(problems);
  const condensed = condenseCondaRecord(input);
  if (condensed !== undefined) assert.deepEqual(parseCondaRecord(condensed).value, value);
  if (value === undefined) return;
  condaPurl(value);
  for (const depends of value.depends) assert.equal(toCondaName(toCondaName(depends)), toCondaName(depends));
  holdLength([value.name, value.version, value.build, ...value.files, ...value.depends], toText(input));
}

const MARKER_WORDS = [
  ...["python_version", "python_full_version", "sys_platform", "platform_machine", "extra", "os.name", " not in "],
  ...[' == "', " and ", " or ", "(", ")", "~=", "===", "; ", " @ https://"],
];

export const PYTHON_TARGETS: readonly FuzzTarget[] = [
  {
    name: "python-project",
    maxLength: 512,
    check: checkProject,
    dictionary: [
      "[project]",
      "[tool.poetry]",
      "[tool.poetry.dependencies]",
      'name = "',
      'version = "',
      "dependencies = [",
      " --hash=",
      "-r ",
    ],
    seeds: [
      '[project]\nname = "a.b"\nversion = "1.0"\ndependencies = ["c>=1", "d; extra == 1"]\n',
      '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3"\nc = "1"\n',
      "a==1 \\\n  --hash=sha256:0 # x\n-r b\n./c\n",
    ],
  },
  {
    name: "conda-record",
    maxLength: 1024,
    check: checkConda,
    dictionary: [
      '"name":',
      '"version":',
      '"depends":[',
      '"files":[',
      '"channel":',
      '"requested_spec":',
      "__glibc",
      "::",
    ],
    seeds: [
      '{"name":"a","version":"1","build":"0","channel":"https://x/conda-forge/noarch","subdir":"noarch","depends":["b >=1","__glibc"],"files":["bin/a"],"requested_spec":"a=1"}',
      '{"name":"\\ud800"}',
    ],
  },
  {
    name: "python-version",
    maxLength: 128,
    check: checkVersions,
    dictionary: [
      "alpha",
      "beta",
      "rc",
      "preview",
      ".post",
      ".rev",
      "-r",
      ".dev",
      "+",
      "!",
      ".*",
      "~=",
      "===",
      "<=",
      ",",
    ],
    seeds: ["1.0a1\x001.0.post2.dev3\x002!1+local.4", ">=1,!=1.3.*,<2", "1.*"],
  },
  {
    name: "python-requirement",
    maxLength: 512,
    check: checkRequirement,
    dictionary: MARKER_WORDS,
    seeds: [
      'name[a,b]>=1,<2; python_version < "3" and (extra == \'x\' or os.name == "posix")',
      "name (>=1.0) ; 'linux' in sys_platform",
      'name @ https://example.org/a.whl ; python_full_version ~= "3.8"',
      'python_version not in "2.7 3.0" or platform_machine == "x86_64"',
    ],
  },
  {
    name: "python-metadata",
    maxLength: 2048,
    check: checkMetadata,
    dictionary: [
      "Metadata-Version: 2.1\n",
      "\nName: ",
      "\nVersion: ",
      "\nRequires-Dist: ",
      "\n ",
      "\r\n",
      ...MARKER_WORDS,
    ],
    seeds: [
      "Metadata-Version: 2.1\nName: A.b\nVersion: 1.0\nRequires-Dist: c>=1\n ; extra == 'x'\n\nRequires-Dist: d\n",
      "Name: a b\r\nVersion: 1\r\n\r\nx",
    ],
  },
  {
    name: "python-file-lists",
    maxLength: 1024,
    check: checkFileLists,
    dictionary: [
      ",sha256=abc_-=,12",
      '"a,""b"',
      "../",
      "home = /usr/bin",
      "include-system-site-packages = true",
      "import ",
    ],
    seeds: [
      'a/b.py,sha256=Ab_-c,12\r\n"c,d.py",sha256=x,1\n../../bin/e,,\nf\n',
      "home = /usr/bin\ninclude-system-site-packages = true\nversion = 3.13.5\n",
      "_a\nb\n\nc/d\n",
    ],
  },
  {
    name: "python-egg-requires",
    maxLength: 1024,
    check: checkEggRequires,
    dictionary: ["\n[", ":", "]\n", ...MARKER_WORDS],
    seeds: ["a>=1\nb\n\n[x]\nc\n\n[y:python_version < '3']\nd;os_name=='nt'\n\n[:sys_platform == 'win32']\ne\n"],
  },
];
