import type { CeilingCase } from "./ceiling-case.ts";
import { writeStreamedLayout } from "./stream-layout.ts";
import { buildZip, manifest, pomProperties, repeatEntry, type ZipContent } from "./zip.ts";

const MIB = 1024 ** 2;
const table = (count: number, make: (i: number) => [string, ZipContent]): Record<string, ZipContent> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => make(i)));
const stored = (body: Uint8Array): ZipContent => ({ body, isStored: true });

/** An archive in an archive, ten deep. */
function deep(depth = 10): Buffer {
  return depth === 0 ? buildZip({}) : buildZip({ "a.jar": deep(depth - 1) });
}

/** A pom.xml with so many dependencies, and text up to its limit. */
function pom(count: number): string {
  const dependency = "<dependency><groupId>g</groupId><artifactId>a</artifactId></dependency>";
  return `<project>${"<a/>".repeat(20_000)}<dependencies>${dependency.repeat(count)}</dependencies></project>`;
}

/** 10,001 archives whose manifests say more than is kept. */
function manyArchives(): Buffer {
  const wide = buildZip(manifest({ "Class-Path": "x.jar ".repeat(1300) }));
  return buildZip(table(10_001, (i) => [`${i}.jar`, stored(wide)]));
}

/** The limits of Java archives. */
export const JAVA_CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "Java archives of 64 MiB and ten deep, with 10,000 archives, 20,000 pom.properties, 500,000 entries, and 1 GiB inflated",
    limits: [
      "formats/jar/archive-facts.ts MAX_ARCHIVE_FACTS_BYTES",
      "formats/jar/read-archive.ts MAX_ARCHIVE_DEPTH",
      "formats/jar/read-archive.ts MAX_INFLATED_BYTES",
      "formats/jar/read-archive.ts MAX_MANIFEST_BYTES",
      "formats/jar/read-archive.ts MAX_NESTED_ARCHIVES",
      "formats/jar/read-archive.ts MAX_POMS",
      "formats/jar/read-archive.ts MAX_POM_PROPERTIES_BYTES",
      "formats/jar/read-archive.ts MAX_POM_XML_BYTES",
      "formats/jar/pom.ts MAX_POM_DEPENDENCIES",
      "formats/jar/zip-directory.ts MAX_ZIP_ENTRIES",
      "ingest/layers/documents.ts MAX_JAVA_RELEASE_BYTES",
      "ingest/layers/limits.ts MAX_ARCHIVE_BYTES",
      "ingest/layers/limits.ts MAX_INFLATED_BYTES_PER_LAYER",
    ],
    write: (folder) => {
      const bomb = { body: Buffer.alloc(32 * MIB) };
      const large = buildZip({ "x.bin": stored(Buffer.alloc(64 * MIB - 500)), "a.jar": bomb });
      const members = {
        "deep.jar": deep(),
        "many.jar": manyArchives(),
        "poms.jar": buildZip(
          Object.assign({}, ...Array.from({ length: 20_001 }, (_, i) => pomProperties("g", `a${i}`, "1"))),
        ),
        "entries.jar": repeatEntry("META-INF/MANIFEST.MF", 500_001),
        "texts.jar": buildZip({
          "META-INF/MANIFEST.MF": "a: b\n".repeat(MIB),
          "META-INF/maven/a/b/pom.properties": "a=b\n".repeat(20_000),
        }),
        "needs.jar": buildZip(table(400, (i) => [`META-INF/maven/g/a${i}/pom.xml`, pom(i === 0 ? 5000 : 2001)])),
        "bombs.jar": buildZip(table(40, (i) => [`${i}.jar`, bomb])),
        release: " ".repeat(65_537),
      };
      const small = Object.entries(members).map(([path, body]) => ({ path: `app/${path}`, body }));
      return writeStreamedLayout(folder, [
        [{ path: "a.jar", body: large }, ...small],
        [
          { path: "b.jar", body: large },
          { path: "c.jar", body: Buffer.alloc(64 * MIB + 1) },
        ],
      ]);
    },
    status: 0,
    says: /archives deep/,
  },
];
