import assert from "node:assert/strict";
import { PackageURL } from "packageurl-js";
import { parseInstalled, parseWorld, satisfiesApkVersion } from "#lib/formats/apk/index.ts";
import { compareApkVersions, matchesFuzzily } from "#lib/formats/apk/version.ts";
import {
  parseConffiles,
  parseDiversions,
  parseExtendedStates,
  parseFileList,
  parseMd5sums,
  parseStatus,
  satisfiesVersion,
} from "#lib/formats/dpkg/index.ts";
import { compareDebVersions } from "#lib/formats/dpkg/version.ts";
import { eachLine } from "#lib/formats/lines/index.ts";
import {
  extractPnpState,
  matchesWorkspace,
  parsePackageJson,
  parsePnp,
  toRealLocation,
  versionOfReference,
  withoutVirtual,
} from "#lib/formats/npm/index.ts";
import { apkPurl, debPurl, npmPurl, parseOsRelease, pypiPurl, rpmPurl, toPypiName } from "#lib/formats/purl/index.ts";
import { FaultList } from "#lib/model/fault.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, holdOrder, toParts, toText } from "../hold.ts";

const DEBIAN = { id: "debian", version: "13" };
const ALPINE = { id: "alpine", version: "3.20.1" };

function checkApkInstalled(input: Uint8Array): void {
  const text = toText(input);
  const { value, problems } = parseInstalled(text);
  holdFaults(problems);
  for (const { name, version, arch, dependencies, provides } of value) {
    apkPurl(name, version, arch, ALPINE);
    for (const wanted of dependencies) for (const one of provides) satisfiesApkVersion(one.version, wanted);
  }
  const words = value.flatMap(({ dependencies, provides }) => [...dependencies, ...provides].map((word) => word.text));
  holdLength([...value.flatMap(({ name, version }) => [name, version]), ...words], text);
}

function checkApkWorld(input: Uint8Array): void {
  const text = toText(input);
  const { value, problems } = parseWorld(text);
  holdFaults(problems);
  for (const word of value) assert.match(word.name, /^[^\s<>=~@]+$/);
  holdLength(
    value.map((word) => word.text),
    text,
  );
}

function checkApkVersions(input: Uint8Array): void {
  const versions = toParts(input, 3);
  holdOrder(compareApkVersions, versions);
  const [a = "", b = ""] = versions;
  if (compareApkVersions(a, b) === 0) assert.ok(matchesFuzzily(a, b), "equal versions match");
}

function checkDpkgStatus(input: Uint8Array): void {
  const text = toText(input);
  for (const statusRequired of [true, false]) {
    const { value, problems } = parseStatus(text, statusRequired);
    holdFaults(problems);
    for (const found of value) {
      debPurl(found.name, found.version, found.arch, DEBIAN);
      for (const { clause } of found.dependencies)
        for (const wanted of clause.alternatives) satisfiesVersion(found.version, wanted);
    }
    const clauses = value.flatMap((found) => found.dependencies.map(({ clause }) => clause.text));
    holdLength([...value.flatMap(({ name, version, conffiles }) => [name, version, ...conffiles]), ...clauses], text);
  }
}

function checkExtendedStates(input: Uint8Array): void {
  const text = toText(input);
  const { value, problems } = parseExtendedStates(text);
  holdFaults(problems);
  holdLength(
    value.flatMap(({ name, arch }) => [name, arch]),
    text,
  );
}

function checkDpkgLists(input: Uint8Array): void {
  const text = toText(input);
  for (const parse of [parseFileList, parseMd5sums, parseConffiles]) {
    const { value, problems } = parse(text);
    holdFaults(problems);
    holdLength(value, text);
    for (const path of value) assert.ok(path !== "" && !path.startsWith("/") && !path.endsWith("/"), "not relative");
  }
  const { value, problems } = parseDiversions(text);
  holdFaults(problems);
  holdLength(
    value.flatMap(({ path, divertedTo, package: owner }) => [path, divertedTo, owner]),
    text,
  );
}

function checkLines(input: Uint8Array): void {
  const text = toText(input);
  const lines = [...eachLine(text, new FaultList())];
  const naive = text.split("\n").map((line) => line.replace(/\r$/, ""));
  assert.deepEqual(
    lines,
    naive.map((line, i) => ({ text: line, number: i + 1 })),
  );
}

function checkPnp(input: Uint8Array): void {
  const { value, problems } = parsePnp(extractPnpState(input));
  holdFaults(problems);
  for (const { name, reference, location } of value) {
    if (name !== "") npmPurl(name, versionOfReference(reference));
    assert.ok(reference.endsWith(withoutVirtual(reference)));
    assert.ok(!name.split("/").some((part) => part === "." || part === ".."), "a name that leaves its directory");
    assert.ok(toRealLocation(location).length <= location.length + 3 * 999, "a location that grows");
  }
}

function checkPackageJson(input: Uint8Array): void {
  const { value, problems } = parsePackageJson(input);
  holdFaults(problems);
  if (value === undefined) return;
  const { name, version, workspaces } = value;
  const dependencies = [...value.dependencies, ...value.devDependencies];
  if (name !== "") npmPurl(name, version);
  for (const pattern of workspaces.slice(0, 10)) matchesWorkspace(pattern, `packages/${name}`);
  for (const word of [name, ...dependencies.map((each) => each.name)])
    assert.ok(!word.split("/").some((part) => part === "." || part === ".."), "a name that leaves its directory");
  holdLength([name, version, ...workspaces, ...dependencies.flatMap((each) => [each.name, each.range])], toText(input));
}

/** A purl read back equals its parts, except for the case of a name. Parsers leave no blank in a name or version. */
function checkPurl(input: Uint8Array): void {
  const [name = "", version = "", release = ""] = toParts(input, 3);
  const distribution = parseOsRelease(release);
  assert.match(`${distribution.id} ${distribution.version}`, /^[a-z0-9._-]* [a-z0-9._-]*$/);
  if (name === "" || /\s/.test(name + version)) return;
  const rpm = { name, version, arch: "x86_64", epoch: "1" };
  for (const text of [
    debPurl(name, version, "amd64", distribution),
    apkPurl(name, version, "x86_64", distribution),
    rpmPurl(rpm, distribution),
  ]) {
    const read = PackageURL.fromString(text);
    assert.equal(read.name?.toLowerCase(), name.toLowerCase());
    assert.equal(read.version ?? "", version);
    assert.equal(read.toString(), text);
  }
  const python = PackageURL.fromString(pypiPurl(name, version));
  assert.deepEqual([python.name, python.version ?? ""], [toPypiName(name), version]);
}

export const PACKAGE_TARGETS: readonly FuzzTarget[] = [
  {
    name: "apk-installed",
    maxLength: 2048,
    check: checkApkInstalled,
    dictionary: [
      "\nP:",
      "\nV:",
      "\nA:",
      "\nD:",
      "\np:",
      "\nF:",
      "\nR:",
      "\n\n",
      "so:libc.musl-x86_64.so.1",
      "=1.2.3-r0",
    ],
    seeds: [
      "C:Q1x=\nP:musl\nV:1.2.5-r0\nA:x86_64\nD:so:a>=1 !b cmd:sh~1.2\np:so:libc.so=1\nF:lib\nR:ld.so\nZ:Q1=\nF:\nR:root\n\n",
      "P:a\nV:1\nF:usr/\nR:b\r\n\nX\nP:\nV:2\n\nP:c d\nV:1\n\n",
    ],
  },
  {
    name: "apk-world",
    maxLength: 512,
    check: checkApkWorld,
    dictionary: [">=", "~", "@edge", "!", "><"],
    seeds: ["alpine-base\nbusybox>=1.36 !uclibc ssl_client@edge=1.2-r3\n"],
  },
  {
    name: "apk-version",
    maxLength: 96,
    check: checkApkVersions,
    dictionary: ["_alpha", "_beta", "_pre", "_rc", "_cvs", "_svn", "_git", "_hg", "_p", "-r", "~", ".0"],
    seeds: ["1.2.3_rc1-r0\x001.2.3-r1\x001.2.3a", "1.05\x001.5\x001.10_p2~abc-r3"],
  },
  {
    name: "dpkg-status",
    maxLength: 2048,
    check: checkDpkgStatus,
    dictionary: [
      ...["Package: ", "Status: ", "Version: ", "Architecture: ", "Multi-Arch: ", "Depends: ", "Pre-Depends: "],
      ...[
        "Provides: ",
        "Conffiles:\n /",
        "Essential: yes",
        "install ok installed",
        "(>= 1:2.3-4)",
        " | ",
        "\n\n",
        "\n ",
      ],
    ],
    seeds: [
      "Package: a\nStatus: install ok installed\nVersion: 1:2-3\nArchitecture: amd64\nMulti-Arch: same\nDepends: b:any (>= 1.0) | c, d (<< 2~rc1)\nProvides: e (= 1)\nConffiles:\n /etc/a b 0123456789abcdef0123456789abcdef obsolete\n\n",
      "Package: b\nVersion: 1\nEssential: yes\nDescription: x\n y\n .\n\n#c\nPackage: B!\nVersion: 1\n\nPackage: c\nStatus: deinstall ok config-files\nVersion: 1\n",
    ],
  },
  {
    name: "dpkg-extended-states",
    maxLength: 512,
    check: checkExtendedStates,
    dictionary: ["Package: ", "Architecture: ", "Auto-Installed: 1", "\n\n"],
    seeds: ["Package: a\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: b\nAuto-Installed: 0\n"],
  },
  {
    name: "dpkg-lists",
    maxLength: 1024,
    check: checkDpkgLists,
    dictionary: ["/.", "//", "./", "remove-on-upgrade ", "0123456789abcdef0123456789abcdef  ", "\n:\n"],
    seeds: [
      "/.\n/usr\n/usr/bin/a\n",
      "0123456789abcdef0123456789abcdef  usr/bin/a\n",
      "/etc/a\nremove-on-upgrade /etc/b\n",
      "/a\n/a.real\n:\n/b\n/b.dpkg\npkg\n",
    ],
  },
  {
    name: "dpkg-version",
    maxLength: 96,
    check: (input) => holdOrder(compareDebVersions, toParts(input, 3)),
    dictionary: ["~", ":", "-", "+", ".0"],
    seeds: ["1:1.0~rc1-1\x001.0-1\x001.0+dfsg-1", "00001\x001\x00a.~"],
  },
  { name: "lines", maxLength: 256, check: checkLines, seeds: ["a\r\nb\n\n\rc", ""] },
  {
    name: "package-json",
    maxLength: 2048,
    check: checkPackageJson,
    dictionary: [
      ...['"name":', '"version":', '"dependencies":{', '"optionalDependencies":{', '"peerDependencies":{'],
      ...['"devDependencies":{', '"^1.0.0"', "@scope/a", "\\ud800", "\ufeff", "npm:b@1"],
    ],
    seeds: [
      '{"name":"@a/b","version":"1.0.0","dependencies":{"c":"^1","../x":"1"},"optionalDependencies":{"c":"2"},"peerDependencies":{"d":"*"},"devDependencies":{"e":"1"}}',
      '\ufeff{"name":"\\ud800","version":" 1 ","dependencies":[]}',
      "[1]",
    ],
  },
  {
    name: "pnp",
    maxLength: 2048,
    check: checkPnp,
    dictionary: [
      ...[
        '"packageRegistryData":[',
        '"packageLocation":"./',
        '"packageDependencies":[',
        "__virtual__/a/1/",
        "virtual:a#npm:1",
      ],
      ...[
        "RAW_RUNTIME_STATE = '",
        "hydrateRuntimeState(JSON.parse('",
        "return hydrateRuntimeState({",
        "}, {basePath",
        "null",
      ],
    ],
    seeds: [
      `RAW_RUNTIME_STATE =\n'{"packageRegistryData":[[null,[[null,{"packageLocation":"./"}]]],["a",[["npm:1.0",{"packageLocation":"./__virtual__/a/1/a.zip/","packageDependencies":[["b","npm:1"],["c",["d","npm:2"]],["e",null]]}]]]]}';`,
      `return hydrateRuntimeState({"packageRegistryData":[["@a/b",[["patch:x#y::version=1&z",{"packageLocation":"./"}]]]]}, {basePath`,
      "'\\'",
    ],
  },
  {
    name: "purl",
    maxLength: 512,
    check: checkPurl,
    dictionary: ["ID=", 'VERSION_ID="', "debian", "alpine", "rhel", "%2F", "?", "#", "@"],
    seeds: ['libc6\x002.41-1+b1\0ID=debian\nVERSION_ID="13"\n', "a/b%\x001 2\0ID='alpine'\nVERSION_ID=3.20.1\n#x"],
  },
];
