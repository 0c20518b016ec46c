import { describe, expect, it } from "vitest";
import { parseElfNeeds } from "#lib/formats/elf/index.ts";
import { condenseArchive } from "#lib/formats/jar/index.ts";
import { writeProgramFacts } from "#lib/formats/program-facts/index.ts";
import { Evidence } from "#lib/model/component.ts";
import { buildElf } from "#testing/builders/elf.ts";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { debRecord, type PackageView, viewPackages } from "#testing/builders/packages.ts";
import { buildZip, manifest, pomProperties, type ZipContent } from "#testing/builders/zip.ts";

/** An archive as its layer keeps it. */
const archive = (files: Record<string, ZipContent>) => condenseArchive(buildZip(files), () => true).value;
const library = (artifactId: string) => pomProperties("org.a", artifactId, "1.0");
const program = (): TreeEntry => {
  const needs = parseElfNeeds([{ offset: 0, bytes: buildElf({ type: 2 }) }]).value!;
  return writeProgramFacts({ kind: "elf", needs, sha256: "ab".repeat(32) });
};
const RELEASE = 'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="17.0.9"\n';
const jdk = (path: string): Record<string, TreeEntry> => ({
  [`${path}/release`]: RELEASE,
  [`${path}/bin/java`]: program(),
  [`${path}/lib/modules`]: "x".repeat(100),
  [`${path}/lib/jrt-fs.jar`]: archive(library("jrt-fs")),
});
const idsOf = ({ found }: PackageView) => found.components.map(({ kind, identity }) => `${kind} ${identity}`);

describe("Java archives", () => {
  it("are components, and so are those in them and the packages whose classes they contain", () => {
    const image = viewPackages({
      "app.jar": archive({
        ...library("app"),
        ...pomProperties("org.shaded", "s", "2"),
        "BOOT-INF/lib/b.jar": buildZip(library("b")),
        "BOOT-INF/lib/c-3.jar": buildZip(manifest({ "Implementation-Vendor-Id": "org.c" })),
        "x.war": buildZip({ "WEB-INF/lib/d.jar": buildZip(library("d")) }),
      }),
      "lib/unknown.jar": archive({}),
    });
    expect(idsOf(image)).toEqual([
      "maven pkg:maven/org.a/app@1.0",
      "maven pkg:maven/org.shaded/s@2",
      "maven pkg:maven/org.a/b@1.0",
      "maven pkg:maven/org.c/c@3",
      "maven pkg:generic/x",
      "maven pkg:maven/org.a/d@1.0",
      "maven pkg:generic/unknown",
    ]);
    expect(image.edges).toEqual([
      "app.jar → app.jar!/META-INF/maven/org.shaded/s [holds META-INF/maven/org.shaded/s/pom.properties]",
      "app.jar → app.jar!/BOOT-INF/lib/b.jar [holds BOOT-INF/lib/b.jar]",
      "app.jar → app.jar!/BOOT-INF/lib/c-3.jar [holds BOOT-INF/lib/c-3.jar (named by its manifest)]",
      "app.jar → app.jar!/x.war [holds x.war (named by its file name)]",
      "app.jar!/x.war → app.jar!/x.war!/WEB-INF/lib/d.jar [holds WEB-INF/lib/d.jar]",
    ]);
    expect(image.found.edges.every(({ evidence }) => evidence === Evidence.observed)).toBe(true);
    expect(image.ownerOf("app.jar")).toBe("app.jar");
    expect(image.rootReasons).toEqual({ "app.jar": "unreferred", "lib/unknown.jar": "unreferred" });
    expect(image.found.selfSize.slice(1, 6)).toEqual(new Float64Array(5));
  });

  it("of a distribution package are a part of it, and so are those in them", () => {
    const image = viewPackages({
      "var/lib/dpkg/status": debRecord("libb-java"),
      "var/lib/dpkg/info/libb-java.list": "/usr/share/java/b.jar\n",
      "usr/share/java/b.jar": archive({ ...library("b"), "c.jar": buildZip(library("c")) }),
      "app/a.jar": archive(manifest({ "Class-Path": "../usr/share/java/b.jar" })),
    });
    expect(image.names.filter((name) => name.includes("jar"))).toEqual(["app/a.jar"]);
    expect(image.ownerOf("usr/share/java/b.jar")).toBe("libb-java@1");
    expect(image.edges).toEqual(["app/a.jar → libb-java@1 [Class-Path: ../usr/share/java/b.jar]"]);
  });

  it("need what their Class-Path names, through links, and nothing else of it", () => {
    const image = viewPackages({
      "app/a.jar": archive(
        manifest({ "Class-Path": "lib/b.jar lib/c%20d.jar file:/opt/e.jar gone.jar conf/ http://x/y.jar a.jar %zz ." }),
      ),
      "app/lib/b.jar": { symlink: "b-1.jar" },
      "app/lib/b-1.jar": archive(library("b")),
      "app/lib/c d.jar": archive({}),
      "opt/e.jar": archive({}),
    });
    expect(image.edges.map((edge) => edge.replace(/ \[.*/, ""))).toEqual([
      "app/a.jar → app/lib/b-1.jar",
      "app/a.jar → app/lib/c d.jar",
      "app/a.jar → opt/e.jar",
    ]);
    expect(image.roots).toContain("app/a.jar");
    expect(image.roots).not.toContain("opt/e.jar");
    expect(image.found.problems).toEqual([]);
  });

  it("need what their pom.xml declare: in themselves, beside them outwards, and in their directory", () => {
    const pom = (artifactId: string, ...needs: readonly string[]) => ({
      ...library(artifactId),
      [`META-INF/maven/org.a/${artifactId}/pom.xml`]: `<project><dependencies>${needs
        .map((need) => `<dependency><groupId>org.a</groupId><artifactId>${need}</artifactId></dependency>`)
        .join("")}</dependencies></project>`,
    });
    const image = viewPackages({
      "var/lib/dpkg/status": debRecord("libs-java"),
      "var/lib/dpkg/info/libs-java.list": "/lib/s.jar\n",
      "lib/s.jar": archive(pom("s", "d")),
      "lib/app.jar": archive({
        ...pom("app", "shaded", "b", "d", "s", "gone"),
        ...pom("shaded", "c"),
        "x/b.jar": buildZip(pom("b", "c", "d", "app")),
        "x/c.jar": buildZip(pom("c")),
      }),
      "lib/d.jar": archive(pom("d", "b")),
      "other/c.jar": archive(pom("c")),
    });
    const declared = image.found.edges.flatMap(({ evidence }, i) =>
      evidence === Evidence.declared ? image.edges[i]! : [],
    );
    expect(declared).toEqual([
      "lib/app.jar → lib/app.jar!/META-INF/maven/org.a/shaded [dependencies: org.a:shaded]",
      "lib/app.jar → lib/app.jar!/x/b.jar [dependencies: org.a:b]",
      "lib/app.jar → lib/d.jar [dependencies: org.a:d]",
      "lib/app.jar → libs-java@1 [dependencies: org.a:s]",
      "lib/app.jar!/META-INF/maven/org.a/shaded → lib/app.jar!/x/c.jar [dependencies: org.a:c]",
      "lib/app.jar!/x/b.jar → lib/app.jar!/x/c.jar [dependencies: org.a:c]",
      "lib/app.jar!/x/b.jar → lib/d.jar [dependencies: org.a:d]",
      "lib/app.jar!/x/b.jar → lib/app.jar [dependencies: org.a:app]",
    ]);
    expect(image.found.problems).toEqual([]);
  });

  it("run on the image's only runtime, which owns its own archives", () => {
    const image = viewPackages(
      { ...jdk("opt/java/openjdk"), "app.jar": archive(library("app")) },
      ["java", "-jar", "/app.jar"],
      "/opt/java/openjdk/bin",
    );
    expect(idsOf(image)).toContain("binary pkg:generic/eclipse-adoptium/java@17.0.9");
    expect(
      ["bin/java", "lib/modules", "lib/jrt-fs.jar", "release"].map((path) => image.ownerOf(`opt/java/openjdk/${path}`)),
    ).toEqual(Array(4).fill("opt/java/openjdk"));
    expect(image.edges).toEqual(["app.jar → opt/java/openjdk [runs on opt/java/openjdk/bin/java]"]);
    expect(image.found.edges[0]!.evidence).toBe(Evidence.inferred);
    expect(image.rootReasons["app.jar"]).toBe("entrypoint");
  });

  it("on the class path of the command are its roots", () => {
    const image = viewPackages(
      {
        "usr/bin/java": program(),
        "app/a.jar": archive(library("a")),
        "app/lib/b.jar": archive(library("b")),
        "app/lib/c.jar": { symlink: "../more/c-1.jar" },
        "app/lib/d.txt": "1",
        "app/more/c-1.jar": archive(library("c")),
        "app/more/e.jar": archive(library("e")),
      },
      ["java", "-cp", "conf:a.jar:lib/*", "org.example.Main"],
      "",
      "/app",
    );
    const entries = Object.keys(image.rootReasons).filter((name) => image.rootReasons[name] === "entrypoint");
    expect(entries.sort()).toEqual(["app/a.jar", "app/lib/b.jar", "app/more/c-1.jar", "java"]);
  });

  it("run on none that is known, if there are two", () => {
    const image = viewPackages({ ...jdk("opt/a"), ...jdk("opt/b"), "app.jar": archive(library("app")) });
    expect(image.edges).toEqual([]);
  });

  it("run on the runtime of a distribution package, and on a program without one", () => {
    const deb = viewPackages({
      "var/lib/dpkg/status": debRecord("openjdk"),
      "var/lib/dpkg/info/openjdk.list":
        "/usr/lib/jvm/17/bin/java\n/usr/lib/jvm/17/release\n/usr/lib/jvm/17/lib/jrt-fs.jar\n",
      ...jdk("usr/lib/jvm/17"),
      "app.jar": archive({}),
    });
    expect(deb.edges).toEqual(["app.jar → openjdk@1 [runs on usr/lib/jvm/17/bin/java]"]);
    const alone = viewPackages({
      "usr/bin/java": program(),
      "usr/release": RELEASE,
      "usr/lib/x": "1",
      "app.jar": archive({}),
    });
    expect(alone.edges).toEqual(["app.jar → java [runs on usr/bin/java]"]);
    expect(alone.ownerOf("usr/lib/x")).toBe("unowned@0");
  });
});
