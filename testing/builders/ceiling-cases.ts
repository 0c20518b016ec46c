import { gzipSync } from "node:zlib";
import { BUILD_CEILING_CASES } from "./build-ceilings.ts";
import type { CeilingCase } from "./ceiling-case.ts";
import {
  apkDatabase,
  archiveOf,
  deepPaths,
  jsonFiles,
  longLists,
  manyDependencies,
  manyFiles,
  manyWorkspaces,
  noise,
  npmPackages,
  packageManifests,
  pnpProjects,
  problemLayer,
  repeatedImages,
  sameFiles,
  sourceFiles,
  status,
  taggedArchive,
  writeArchive,
  writeManyNames,
  writePathInfo,
  writeSbom,
} from "./ceiling-inputs.ts";
import { COMPOSER_CEILING_CASES } from "./composer-ceilings.ts";
import { DOTNET_CEILING_CASES } from "./dotnet-ceilings.ts";
import { ELF_CEILING_CASES } from "./elf-ceilings.ts";
import { GEM_CEILING_CASES } from "./gem-ceilings.ts";
import { JAVA_CEILING_CASES } from "./java-ceilings.ts";
import { PACMAN_CEILING_CASES } from "./pacman-ceilings.ts";
import { PYTHON_CEILING_CASES } from "./python-ceilings.ts";
import { RPM_CEILING_CASES } from "./rpm-ceilings.ts";
import { STORE_CEILING_CASES } from "./store-ceilings.ts";
import { writeStreamedLayout } from "./stream-layout.ts";
import { buildTar } from "./tar.ts";

const MIB = 1024 ** 2;

/** Every limit of an image, alone; and all of them together. */
export const CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "a path-info document of 72,000 paths with ten references each",
    limits: ["formats/path-info/index.ts MAX_PATH_INFO_BYTES", "formats/path-info/index.ts MAX_PATH_INFO_VALUES"],
    write: (folder) => writePathInfo(folder, { pathCount: 72_000, referenceCount: 10 }),
    status: 0,
  },
  {
    name: "an SBOM of 100,000 components with four dependencies each",
    limits: [
      "formats/sbom-document/document-builder.ts MAX_SBOM_COMPONENTS",
      "formats/sbom/parse-sbom.ts MAX_SBOM_VALUES",
    ],
    write: (folder) => writeSbom(folder, { componentCount: 100_000, needCount: 4 }),
    status: 0,
  },
  {
    name: "an SBOM of a million relations",
    limits: ["formats/sbom-document/document-builder.ts MAX_SBOM_RELATIONS"],
    write: (folder) => writeSbom(folder, { componentCount: 1000, needCount: 1000 }),
    status: 0,
  },
  {
    name: "an SBOM of 56 MiB",
    limits: ["formats/sbom/parse-sbom.ts MAX_SBOM_BYTES"],
    write: (folder) => writeSbom(folder, { componentCount: 100_000, needCount: 2, padding: 425 }),
    status: 0,
  },
  {
    name: "an SBOM of a million components",
    limits: [],
    write: (folder) => writeSbom(folder, { componentCount: 1_000_000, needCount: 0 }),
    status: 3,
    says: /limit/,
  },
  {
    name: "600,000 files whose names fill 64 MiB",
    limits: [
      "formats/tar/limits.ts MAX_ENTRIES",
      "formats/tar/limits.ts MAX_NAME_BYTES",
      "ingest/layers/limits.ts MAX_ENTRIES_PER_SCAN",
      "ingest/layers/limits.ts MAX_NAME_BYTES_PER_SCAN",
      "ingest/image/scan-layers.ts MAX_UNREAD_BYTES",
    ],
    write: (folder) => writeStreamedLayout(folder, [manyFiles(600_000)]),
    status: 0,
  },
  {
    name: "600,000 files of one name: all but one are wasted",
    limits: [],
    write: (folder) => writeStreamedLayout(folder, [sameFiles(600_000)]),
    status: 0,
  },
  {
    name: "databases of nothing but line ends, and of bytes that are not text",
    limits: [
      "formats/lines/lines.ts MAX_LINES",
      "ingest/layers/limits.ts MAX_DOCUMENT_BYTES",
      "ingest/layers/limits.ts MAX_DOCUMENT_BYTES_PER_LAYER",
      "ingest/layers/limits.ts MAX_DOCUMENT_BYTES_PER_SCAN",
      "formats/dpkg/deb822.ts MAX_DATABASE_LENGTH",
      "formats/apk/installed.ts MAX_DATABASE_LENGTH",
    ],
    write: (folder) =>
      writeStreamedLayout(folder, [
        [
          { path: "var/lib/dpkg/status", body: Buffer.alloc(32 * MIB, "\n") },
          { path: "lib/apk/db/installed", body: Buffer.alloc(32 * MIB - 1, "\n") },
        ],
      ]),
    status: 0,
    says: /more than 4000000 lines/,
  },
  {
    name: "the maximum of bytes that are not text in a database, and more",
    limits: ["ingest/packages/documents.ts MAX_ESCAPES", "model/fault.ts MAX_FAULTS"],
    write: (folder) =>
      writeStreamedLayout(folder, [
        [
          { path: "var/lib/dpkg/status", body: Buffer.from("\\".repeat(24).concat("\n").repeat(41_600)) },
          { path: "lib/apk/db/installed", body: Buffer.alloc(32 * MIB, Buffer.from([0xff, 0x0a])) },
        ],
      ]),
    status: 0,
    says: /more than 1000000 bytes are not text/,
  },
  {
    name: "100,000 packages that all provide one name and all need it",
    limits: [
      "formats/dpkg/deb822.ts MAX_PARAGRAPHS",
      "ingest/packages/discovery.ts MAX_CANDIDATES",
      "ingest/packages/discovery.ts MAX_EDGES",
      "ingest/packages/discovery.ts MAX_COMPONENTS",
    ],
    write: (folder) => writeStreamedLayout(folder, [[status(100_000, "Provides: x\nDepends: x\n")]]),
    status: 3,
    says: /more than 100000 packages/,
  },
  {
    name: "40,000 packages that all provide one name and all need it",
    limits: ["ingest/packages/discovery.ts MAX_PROBLEMS", "ingest/packages/discovery.ts MAX_SHOWN_DECLARATION"],
    write: (folder) => writeStreamedLayout(folder, [[status(40_000, "Provides: x\nDepends: x, gone (>= 1)\n")]]),
    status: 0,
    says: /more than 5000000 dependency candidates|not listed|more warnings/,
  },
  {
    name: "packages that declare 500,000 dependencies, the longest clauses and fields, and the most fields",
    limits: [
      "formats/dpkg/relations.ts MAX_CLAUSES",
      "formats/dpkg/relations.ts MAX_CLAUSE_LENGTH",
      "formats/dpkg/deb822.ts MAX_FIELDS",
      "formats/dpkg/deb822.ts MAX_FIELD_LENGTH",
      "formats/dpkg/status.ts MAX_DECLARATIONS",
      "ingest/packages/discovery.ts MAX_DECLARATIONS",
    ],
    write: (folder) => writeStreamedLayout(folder, [[manyDependencies()]]),
    status: 0,
    says: /more than 10000 clauses/,
  },
  {
    name: "lists of millions of paths, a million of them through chains of links",
    limits: [
      "formats/dpkg/file-lists.ts MAX_LIST_PATHS",
      "formats/dpkg/file-lists.ts MAX_DIVERSIONS",
      "ingest/squash/resolve-path.ts MAX_STEPS",
      "ingest/squash/resolve-path.ts MAX_PARTS",
      "ingest/squash/resolve-path.ts MAX_LINKS_FOLLOWED",
      "ingest/packages/owner-table.ts MAX_CACHED_DIRECTORIES",
    ],
    write: (folder) => writeStreamedLayout(folder, [longLists()]),
    status: 0,
    says: /more than 20000000 steps|more warnings/,
  },
  {
    name: "an apk database of 100,000 packages, 660,000 files and 500,000 words, and the longest world",
    limits: [
      "formats/apk/installed.ts MAX_PACKAGES",
      "formats/apk/installed.ts MAX_FILES",
      "formats/apk/installed.ts MAX_DECLARATIONS",
      "formats/apk/dependency.ts MAX_WORLD",
    ],
    write: (folder) =>
      writeStreamedLayout(folder, [
        [
          { path: "lib/apk/db/installed", body: apkDatabase(99_000) },
          { path: "etc/apk/world", body: "a\n".repeat(4 * MIB) },
        ],
      ]),
    status: 0,
    says: /more than/,
  },
  {
    name: "an apk database with 32,000 files in one directory of 2,000 characters",
    limits: ["formats/apk/installed.ts MAX_PATHS_LENGTH"],
    write: (folder) =>
      writeStreamedLayout(folder, [
        [{ path: "lib/apk/db/installed", body: `P:p\nV:1\nF:${"d".repeat(2000)}\n${"R:n\n".repeat(34_000)}\n` }],
      ]),
    status: 0,
    says: /characters of paths/,
  },
  {
    name: "400 package.json of 10,000 dependencies, and 12 of two million values",
    limits: [
      "formats/npm/package-json.ts MAX_DEPENDENCIES",
      "formats/npm/package-json.ts MAX_JSON_VALUES",
      "formats/npm/package-json.ts MAX_PACKAGE_JSON_BYTES",
      "ingest/layers/documents.ts MAX_PROJECT_MANIFEST_BYTES",
      "ingest/layers/documents.ts MAX_PYTHON_PROJECT_BYTES",
    ],
    write: (folder) => writeStreamedLayout(folder, [packageManifests()]),
    status: 0,
    says: /declared dependencies|more warnings/,
  },
  {
    name: "10,000 workspaces, and 1,001 patterns",
    limits: ["formats/npm/package-json.ts MAX_WORKSPACES", "ingest/packages/npm-projects.ts MAX_WORKSPACE_STEPS"],
    write: (folder) => writeStreamedLayout(folder, [manyWorkspaces(10_000)]),
    status: 0,
    says: /steps of workspaces/,
  },
  {
    name: "Plug'n'Play of 50,001 packages, of 560,000 edges, of 400,000 values, of 8 MiB, and a loader of 16 MiB",
    limits: [
      "formats/npm/pnp-state.ts MAX_PNP_BYTES",
      "formats/npm/pnp.ts MAX_PNP_PACKAGES",
      "formats/npm/pnp.ts MAX_PNP_VALUES",
      "ingest/layers/documents.ts MAX_PNP_LOADER_BYTES",
    ],
    write: (folder) => writeStreamedLayout(folder, [pnpProjects()]),
    status: 0,
    says: /Plug'n'Play|bytes|values|too large/,
  },
  {
    name: "99,000 npm packages",
    limits: [],
    write: (folder) => writeStreamedLayout(folder, [npmPackages(99_000)]),
    status: 0,
  },
  {
    name: "200,000 directories without entries, in paths of 4 kB",
    limits: [
      "ingest/squash/apply-layer.ts MAX_IMPLIED",
      "ingest/squash/apply-layer.ts MAX_IMPLIED_PATH_LENGTH",
      "formats/tar/limits.ts MAX_PATH_BYTES",
      "formats/tar/limits.ts MAX_PATH_DEPTH",
      "formats/tar/limits.ts MAX_METADATA_BYTES",
    ],
    write: (folder) => writeStreamedLayout(folder, [deepPaths(60)]),
    status: 0,
  },
  {
    name: "more directories without entries than a tree may have",
    limits: [],
    write: (folder) => writeStreamedLayout(folder, [deepPaths(2000)]),
    status: 3,
    says: /without entries/,
  },
  {
    name: "2,000 tags of one config of 4 MiB",
    limits: [
      "formats/docker-archive/index.ts MAX_ARCHIVE_NAMES",
      "formats/oci/manifest.ts MAX_METADATA_BYTES",
      "formats/oci/manifest.ts MAX_WORDS",
      "formats/oci/manifest.ts MAX_HISTORY",
    ],
    write: (folder) => writeArchive(folder, taggedArchive(2000)),
    status: 0,
  },
  {
    name: "300,000 tags",
    limits: [],
    write: (folder) => writeArchive(folder, taggedArchive(300_000)),
    status: 3,
    says: /values|2000/,
  },
  {
    name: "a manifest of a hundred thousand wrong tags",
    limits: ["formats/json/bounded-json.ts MAX_JSON_VALUES", "formats/json/bounded-json.ts MAX_JSON_BYTES"],
    write: (folder) =>
      writeArchive(folder, archiveOf(`[{"Config":"c","Layers":[],"RepoTags":[${"1,".repeat(100_000)}1]}]`)),
    status: 3,
  },
  {
    name: "10,000 images of one config of 4 MiB",
    limits: ["formats/docker-archive/index.ts MAX_ARCHIVE_IMAGES", "sources/images/metered-store.ts MAX_METADATA_READ"],
    write: (folder) => writeArchive(folder, repeatedImages(10_000)),
    status: 3,
    keepsImages: true,
    says: /bytes of metadata in one source/,
  },
  {
    name: "an index of 5,000 names",
    limits: [
      "formats/oci/manifest.ts MAX_INDEX_MANIFESTS",
      "formats/oci/manifest.ts MAX_ANNOTATIONS",
      "sources/images/oci-layout.ts MAX_DESCRIPTORS",
      "sources/images/oci-layout.ts MAX_INDEX_DEPTH",
    ],
    write: (folder) => writeManyNames(folder, 5000),
    args: ["--platform", "all"],
    status: 0,
  },
  {
    name: "1,000 layers, each with more problems than are kept",
    limits: [
      "formats/oci/manifest.ts MAX_LAYERS",
      "ingest/layers/limits.ts MAX_PROBLEMS_PER_LAYER",
      "ingest/image/build-image-snapshot.ts MAX_IMAGE_PROBLEMS",
      "ingest/image/build-image-snapshot.ts MAX_PROBLEM_PATH_LENGTH",
      "ingest/squash/apply-layer.ts MAX_LINK_PROBLEMS",
      "scan/scan-source.ts MAX_LISTED_PROBLEMS",
    ],
    write: (folder) =>
      writeStreamedLayout(
        folder,
        Array.from({ length: 1000 }, (_, i) => problemLayer(i)),
      ),
    status: 0,
    says: /more warnings/,
  },
  {
    name: "an archive of 99,000 files that are not layers",
    limits: [
      "ingest/image/stream-archive.ts MAX_FAILED_MEMBERS",
      "sources/images/archive-members.ts MAX_ARCHIVE_MEMBERS",
    ],
    write: (folder) => writeArchive(folder, gzipSync(buildTar([...sourceFiles(99_000)]), { level: 1 })),
    status: 3,
    says: /not a container image archive/,
  },
  {
    name: "an archive of 80 MiB of JSON, read in one pass",
    limits: ["ingest/image/stream-archive.ts MAX_KEPT_METADATA"],
    write: (folder) => writeArchive(folder, gzipSync(buildTar([...jsonFiles(20)]), { level: 1 })),
    status: 3,
    says: /bytes of metadata in one archive/,
  },
  {
    name: "more chunks than a scan may have: 5 GiB that never repeat",
    limits: ["ingest/layers/limits.ts MAX_CHUNKS_PER_SCAN"],
    write: (folder) => writeStreamedLayout(folder, [noise(5000)]),
    args: ["--chunk-sizes", "1/2/4"],
    status: 3,
    says: /more than 2097152 chunks|takes more than/,
    isLong: true,
  },
  {
    name: "files, names, documents, declarations, problems and steps, all at once",
    limits: [],
    write: (folder) =>
      writeStreamedLayout(folder, [
        [...longLists(), { path: "lib/apk/db/installed", body: apkDatabase(40_000) }],
        [status(50_000, "Provides: x\nDepends: x, gone\n"), ...packageManifests()],
        [...deepPaths(50), ...npmPackages(5000)],
        manyFiles(560_000),
        problemLayer(0),
      ]),
    status: 3,
    says: /takes more than|more than/,
  },
  ...RPM_CEILING_CASES,
  ...PACMAN_CEILING_CASES,
  ...ELF_CEILING_CASES,
  ...PYTHON_CEILING_CASES,
  ...JAVA_CEILING_CASES,
  ...DOTNET_CEILING_CASES,
  ...GEM_CEILING_CASES,
  ...COMPOSER_CEILING_CASES,
  ...STORE_CEILING_CASES,
  ...BUILD_CEILING_CASES,
];
