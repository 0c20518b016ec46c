import type { CeilingCase } from "./ceiling-case.ts";
import { writeStreamedLayout } from "./stream-layout.ts";

const MIB = 1024 ** 2;
const table = <T>(count: number, make: (i: number) => [string, T]) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => make(i)));
const deps = (name: string, target: object) => ({
  path: `app/${name}.deps.json`,
  body: JSON.stringify({ targets: { net: target } }),
});

/** The limits of .NET's documents. */
export const DOTNET_CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "20,000 libraries of .NET, one with 190,000 files and as many dependencies, 21 frameworks, and documents of 8 MiB",
    limits: [
      "formats/dotnet/deps-json.ts MAX_DOTNET_LIBRARIES",
      "formats/dotnet/read-json.ts MAX_DEPS_BYTES",
      "formats/dotnet/read-json.ts MAX_DEPS_VALUES",
      "formats/dotnet/runtime-config.ts MAX_FRAMEWORKS",
      "ingest/layers/documents.ts MAX_RUNTIME_CONFIG_BYTES",
    ],
    write: (folder) => {
      const framework = { name: "F", version: "1.0.0" };
      return writeStreamedLayout(folder, [
        [
          deps(
            "many",
            table(20_001, (i) => [`L${i}/1`, { runtime: { [`L${i}.dll`]: {} }, dependencies: { L1: "1" } }]),
          ),
          deps("wide", {
            "wide/1": {
              runtime: table(95_000, (i) => [`w${i}.dll`, {}]),
              dependencies: table(95_000, (i) => [`D${i}`, "1"]),
            },
          }),
          { path: "app/values.deps.json", body: `{"targets":[${"{},".repeat(MIB)}{}]}` },
          { path: "app/long.deps.json", body: `{"targets":"${"x".repeat(8 * MIB)}"}` },
          {
            path: "app/wide.runtimeconfig.json",
            body: JSON.stringify({ runtimeOptions: { frameworks: Array(21).fill(framework) } }),
          },
          { path: "app/long.runtimeconfig.json", body: " ".repeat(MIB + 1) },
        ],
      ]);
    },
    status: 0,
    says: /libraries/,
  },
];
