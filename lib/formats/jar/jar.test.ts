import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildZip, manifest, pomProperties, type ZipContent } from "#testing/builders/zip.ts";
import { MAX_ARCHIVE_FACTS_BYTES, readArchiveFacts } from "./archive-facts.ts";
import { parsePomProperties } from "./coordinates.ts";
import { identifyArchive } from "./identify-archive.ts";
import { parseJavaRelease } from "./java-release.ts";
import { parseManifest } from "./manifest.ts";
import { MAX_POM_DEPENDENCIES, parsePom } from "./pom.ts";
import { condenseArchive, MAX_ARCHIVE_DEPTH, MAX_INFLATED_BYTES, MAX_NESTED_ARCHIVES } from "./read-archive.ts";

const read = (bytes: Uint8Array, spend = () => true) => {
  const { value, problems } = condenseArchive(bytes, spend);
  return { archives: readArchiveFacts(value)!, messages: problems.map(({ message }) => message) };
};
const library = (artifactId: string) => buildZip(pomProperties("org.a", artifactId, "1.0"));
const stored = (body: Uint8Array): ZipContent => ({ body, isStored: true });
const pathsOf = (bytes: Uint8Array) => read(bytes).archives.map(({ path }) => path);

describe("an archive", () => {
  it("is condensed to what its manifest and its pom.properties say", () => {
    const { archives, messages } = read(
      buildZip({
        ...manifest({ "Main-Class": "a.Main", "Class-Path": `${"lib/long-name.jar ".repeat(20)}z.jar`, Other: "x" }),
        ...pomProperties("org.a", "b", "1.0"),
        ...pomProperties("org.a", "c", "$" + "{project.version}"),
        "META-INF/maven/org.a/b/pom.xml": `<project><dependencies>${dependency("org.a", "c")}</dependencies></project>`,
        "a/Main.class": "x".repeat(1000),
      }),
    );
    expect(messages).toEqual([]);
    expect(archives).toEqual([
      {
        path: "",
        manifest: new Map([
          ["Main-Class", "a.Main"],
          ["Class-Path", `${"lib/long-name.jar ".repeat(20)}z.jar`],
        ]),
        poms: [
          { groupId: "org.a", artifactId: "b", version: "1.0" },
          { groupId: "org.a", artifactId: "c", version: "" },
        ],
        dependencies: [{ from: "org.a:b", groupId: "org.a", artifactId: "c" }],
      },
    ]);
  });

  it("is read with those in it, stored or deflated, behind a script and in front of a comment", () => {
    const war = buildZip({ "WEB-INF/lib/b.jar": library("b"), "WEB-INF/lib/c.JAR": stored(library("c")) });
    const ear = buildZip(
      { "a.war": war, "é.jar": library("d") },
      { prefix: "#!/bin/sh\nexit\n", comment: "PK\x05\x06" },
    );
    const { archives, messages } = read(ear);
    expect(messages).toEqual([]);
    expect(archives.map(({ path, poms }) => `${path} ${poms.map(({ artifactId }) => artifactId)}`)).toEqual([
      " ",
      "a.war ",
      "a.war!/WEB-INF/lib/b.jar b",
      "a.war!/WEB-INF/lib/c.JAR c",
      "é.jar d",
    ]);
  });

  it(`is read ${MAX_ARCHIVE_DEPTH} deep, and what is deeper has a name`, () => {
    let bytes = library("a");
    for (let depth = 1; depth <= MAX_ARCHIVE_DEPTH; depth++) bytes = buildZip({ "a.jar": bytes });
    expect(pathsOf(bytes)).toHaveLength(MAX_ARCHIVE_DEPTH + 1);
    expect(read(bytes).messages).toEqual([expect.stringMatching(/deep$/)]);
  });

  it("that is damaged is read as far as it is whole", () => {
    const good = { "x.jar": library("x"), ...pomProperties("org.a", "b", "1") };
    const bad: Record<string, ZipContent> = {
      "encrypted.jar": { body: "1", flags: 1 },
      "method.jar": { body: "1", method: 99 },
      "longer.jar": { body: "x".repeat(1000), byteCount: 10 },
      "bomb.jar": { body: "1", byteCount: MAX_INFLATED_BYTES + 1 },
      "text.jar": "no archive",
    };
    const { archives, messages } = read(buildZip({ ...bad, ...good }));
    expect(archives[0]!.poms).toHaveLength(1);
    expect(archives.at(-1)).toMatchObject({ path: "x.jar", poms: [{ artifactId: "x" }] });
    expect(archives).toHaveLength(7);
    expect(messages).toEqual([
      '"encrypted.jar": is encrypted',
      '"method.jar": compressed by method 99',
      '"longer.jar": is damaged, or longer than it says',
      `"bomb.jar": ${MAX_INFLATED_BYTES + 1} bytes: too large to be read inside an archive`,
      '"text.jar": is not a whole zip archive: it has no central directory',
    ]);
    const whole = buildZip(good);
    const cut = Buffer.concat([whole.subarray(0, 20), whole.subarray(60)]);
    for (const bytes of [cut, whole.subarray(0, 100)]) expect(read(bytes).messages.length).toBeGreaterThan(0);
    expect(read(whole, () => false).archives.map(({ poms }) => poms.length)).toEqual([0, 0]);
  });

  it("with more archives than are read says so", () => {
    const many = Object.fromEntries(
      Array.from({ length: MAX_NESTED_ARCHIVES + 1 }, (_, i) => [`${i}.jar`, stored(buildZip({}))]),
    );
    const { archives, messages } = read(buildZip(many));
    expect(archives).toHaveLength(MAX_NESTED_ARCHIVES + 1);
    expect(messages).toContain(`more than ${MAX_NESTED_ARCHIVES} archives in one file: the rest is not read`);
  });

  it("never makes the readers throw, and facts are never longer than their limit", () => {
    const whole = buildZip({
      ...manifest({ "Main-Class": "a" }),
      "a.jar": library("a"),
      "b.jar": stored(library("b")),
    });
    const damaged = fc
      .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 })
      .map((changes) => changes.reduce((bytes, [at, byte]) => bytes.fill(byte, at, at + 1), Buffer.from(whole)));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), damaged), (bytes) => {
        const { value } = condenseArchive(bytes, () => true);
        expect(value.length).toBeLessThanOrEqual(MAX_ARCHIVE_FACTS_BYTES);
        for (const facts of readArchiveFacts(value)!) identifyArchive(facts, "a.jar");
      }),
      { numRuns: 300 },
    );
    for (const text of ["", "SGj", "SGe1", `SGj1${"x".repeat(MAX_ARCHIVE_FACTS_BYTES)}`])
      expect(readArchiveFacts(Buffer.from(text))).toBeUndefined();
    expect(readArchiveFacts(Buffer.from("SGj1\0mx\0px\0\0a\0p\0da:b:c\0d:::"))).toHaveLength(1);
  });
});

const identify = (fileName: string, attributes: Record<string, string>, ...poms: readonly string[]) => {
  const facts = poms.map((each) => each.split(":") as [string, string, string]);
  const files = Object.assign({}, manifest(attributes), ...facts.map((each) => pomProperties(...each)));
  const { groupId, artifactId, version, source, shaded } = identifyArchive(
    read(buildZip(files)).archives[0]!,
    fileName,
  );
  return `${groupId}:${artifactId}:${version} by ${source}${shaded.map((each) => ` +${each.artifactId}`).join("")}`;
};

it.each([
  ["its only pom.properties, whatever its name", "app.jar", {}, ["g:demo:1"], "g:demo:1 by pom.properties"],
  ["that of its name", "a-b-2.0.jar", {}, ["g:a:1", "g:a-b:2.0", "h:c:3"], "g:a-b:2.0 by pom.properties +a +c"],
  ["that of its title", "x.jar", { "Implementation-Title": "b" }, ["g:a:1", "g:b:2"], "g:b:2 by pom.properties +a"],
  ["its name, if only shaded ones are there", "all-9.jar", {}, ["g:a:1", "g:b:2"], ":all:9 by file name +a +b"],
  ["its name, if it denies the only one", "all-9.jar", {}, ["g:a:1"], ":all:9 by file name +a"],
  [
    "its bundle",
    "b-1.2.jar",
    { "Bundle-SymbolicName": "org.x.b;s:=true", "Bundle-Version": "1.2.0" },
    [],
    "org.x:b:1.2 by manifest",
  ],
  [
    "its vendor",
    "b.jar",
    { "Implementation-Vendor-Id": "org.x", "Implementation-Version": "3" },
    [],
    "org.x:b:3 by manifest",
  ],
  ["that of its name, spelt otherwise", "x-1.3-spec-2.jar", {}, ["g:x_1.3_spec:2"], "g:x_1.3_spec:2 by pom.properties"],
  ["its name, however odd", ".jar", {}, [], ":.jar: by file name"],
  ["no group that is not one", "b.jar", { "Implementation-Vendor-Id": "The X Foundation" }, [], ":b: by file name"],
])("an archive is called by %s", (_, fileName, attributes, poms, expected) => {
  expect(identify(fileName, attributes as Record<string, string>, ...poms)).toBe(expected);
});

it("pom.properties are read as Java does, and those that name nothing are none", () => {
  expect(parsePomProperties(" groupId : a.b\nversion 1\nartifactId=c")).toEqual({
    groupId: "a.b",
    artifactId: "c",
    version: "1",
  });
  for (const text of ["", "groupId=a", "groupId=a\nartifactId=b/c", `groupId=a\nartifactId=${"b".repeat(300)}`])
    expect(parsePomProperties(text)).toBeUndefined();
});

const dependency = (groupId: string, artifactId: string, more = "") =>
  `<dependency><groupId>${groupId}</groupId><artifactId> ${artifactId} </artifactId>${more}</dependency>`;

it("a pom.xml says what its package needs to run, whatever version its parents choose", () => {
  const text = `\ufeff<?xml version="1.0"?><!-- c --><project xmlns="http://maven.apache.org/POM/4.0.0"><parent><groupId>p</groupId></parent>
    <dependencyManagement><dependencies>${dependency("no", "managed")}</dependencies></dependencyManagement>
    <dependencies>${dependency("g", "a", "<version>1</version><exclusions><exclusion><groupId>x</groupId></exclusion></exclusions>")}
      ${dependency("$" + "{project.groupId}", "own")}${dependency("g", "r", "<scope>runtime</scope>")}
      ${["test", "provided", "system"].map((scope) => dependency("no", scope, `<scope>${scope}</scope>`)).join("")}
      ${dependency("$" + "{other}", "no")}</dependencies>
    <profiles><profile><dependencies>${dependency("no", "profile")}</dependencies></profile></profiles></project>`;
  const expected = ["g:a", "me:own", "g:r"];
  expect(parsePom(text, "me").map(({ groupId, artifactId }) => `${groupId}:${artifactId}`)).toEqual(expected);
  expect(parsePom(text.slice(0, text.indexOf("runtime")), "me")).toHaveLength(2);
  expect(
    parsePom(`<project><dependencies>${dependency("g", "a")}${dependency("&x;", "b")}</dependencies></project>`, "me"),
  ).toHaveLength(1);
  const many = `<project><dependencies>${dependency("g", "a").repeat(MAX_POM_DEPENDENCIES + 1)}</dependencies></project>`;
  expect(parsePom(many, "me")).toHaveLength(MAX_POM_DEPENDENCIES);
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(
          ..."<>/!&;[]\"' ad",
          "<project>",
          "<dependencies>",
          "<dependency>",
          "<!DOCTYPE ",
          "<![CDATA[",
        ),
      }),
      (each) => {
        expect(parsePom(each, "g")).toEqual([]);
      },
    ),
  );
});

it("the main section of a manifest counts, and the first of its attributes", () => {
  expect(parseManifest("main-class: a\rMain-Class: b\r\rStart-Class: c")).toEqual(new Map([["Main-Class", "a"]]));
  expect(parseManifest("Main-Class: a\n b\n")).toEqual(new Map([["Main-Class", "ab"]]));
});

it("a Java runtime says its version and its vendor", () => {
  const text = 'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_RUNTIME_VERSION="17.0.9+9"\nJAVA_VERSION="17.0.9"\n';
  expect(parseJavaRelease(text).value).toEqual({ version: "17.0.9+9", vendor: "Eclipse Adoptium" });
  expect(parseJavaRelease('JAVA_VERSION="1.8.0_392"').value).toEqual({ version: "1.8.0_392", vendor: "" });
  expect(parseJavaRelease("Ubuntu 24.04").value).toBeUndefined();
});
