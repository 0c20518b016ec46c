// The import direction of the product. ARCHITECTURE.md draws it; this file enforces it.
// Each folder lists what it may import; anything not listed is forbidden.
const layers = {
  "lib/model": [],
  "lib/graph": [],
  "lib/display": ["lib/model"],
  "lib/pictures": ["lib/model", "lib/graph", "lib/display"],
  "lib/exports": ["lib/model", "lib/display", "lib/pictures"],
  "lib/formats": ["lib/model"],
  "lib/analysis": ["lib/model", "lib/graph"],
  "lib/sources": ["lib/model", "lib/formats"],
  "lib/ingest": ["lib/model", "lib/formats", "lib/sources"],
  "lib/db": ["lib/model", "lib/graph"],
  "lib/scan": ["lib/model", "lib/graph", "lib/formats", "lib/sources", "lib/ingest", "lib/analysis", "lib/db"],
  "lib/jobs": ["lib/model", "lib/sources", "lib/scan", "lib/db", "lib/moves"],
  "lib/answers": ["lib/model", "lib/graph", "lib/analysis", "lib/db"],
  "lib/moves": [
    "lib/model",
    "lib/formats",
    "lib/sources",
    "lib/ingest",
    "lib/scan",
    "lib/analysis",
    "lib/db",
    "lib/answers",
  ],
  "lib/views": ["lib/model", "lib/db", "lib/jobs", "lib/answers", "lib/moves"],
  "lib/cli": [
    "lib/model",
    "lib/formats",
    "lib/sources",
    "lib/scan",
    "lib/jobs",
    "lib/db",
    "lib/answers",
    "lib/moves",
    "lib/exports",
    "lib/display",
  ],
  components: ["lib/model", "lib/display", "lib/pictures", "lib/exports", "lib/views"],
  app: ["lib/model", "lib/views", "lib/display", "lib/exports", "components"],
  bin: ["lib/cli"],
};
const testFile = "[.](test|spec)[.]tsx?$|^testing/|/fixtures/";
const anyLayer = `^(${Object.keys(layers).join("|")})/`;

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Cycles hide the direction of the design. Move the shared part down a layer.",
      from: { pathNot: "^lib/db/generated/" },
      to: { circular: true },
    },
    ...Object.entries(layers).map(([layer, allowed]) => ({
      name: `${layer.replace("lib/", "")}-imports`,
      severity: "error",
      comment: `${layer} may import only: ${allowed.join(", ") || "nothing of ours"}. Move the code, or argue for a new edge in ARCHITECTURE.md.`,
      from: { path: `^${layer}/`, pathNot: testFile },
      to: { path: anyLayer, pathNot: [layer, ...allowed].map((l) => `^${l}/`) },
    })),
    {
      name: "components-know-only-the-shape-of-a-view",
      severity: "error",
      comment:
        "A component may `import type` a view, never call its loader: that would pull the database into the browser bundle.",
      from: { path: "^components/" },
      to: { path: "^lib/views/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pure-core-does-no-io",
      severity: "error",
      comment:
        "Parsers, algorithms and analyses take bytes or values and return values. Open files and sockets in lib/sources.",
      from: { path: "^lib/(model|formats|graph|analysis|display|pictures|exports)/", pathNot: testFile },
      to: { path: "^(node:)?(fs|fs/promises|net|http|https|child_process|worker_threads)$" },
    },
    {
      name: "prisma-only-in-db",
      severity: "error",
      comment: "Only lib/db and prisma/ know Prisma. Add a query to lib/db.",
      from: { pathNot: "^(lib/db|prisma)/" },
      to: { path: "@prisma/client|lib/db/generated" },
    },
    {
      name: "formats-are-independent",
      severity: "error",
      comment: "A format folder may use another only through its index file.",
      from: { path: "^lib/formats/([^/]+)/", pathNot: testFile },
      to: { path: "^lib/formats/([^/]+)/", pathNot: ["^lib/formats/$1/", "^lib/formats/[^/]+/index[.]ts$"] },
    },
    {
      name: "every-lib-file-lives-in-a-named-folder",
      severity: "error",
      comment:
        "lib/ has no utils. Say which layer this belongs to, or add a layer to ARCHITECTURE.md and to the list above.",
      from: {},
      to: { path: "^lib/", pathNot: [anyLayer, testFile] },
    },
    {
      name: "no-import-from-tests",
      severity: "error",
      comment: "Product code must not depend on test code.",
      from: { pathNot: `${testFile}|^(e2e|scripts)/` },
      to: { path: `${testFile}|^e2e/` },
    },
  ],
  // TypeScript 7 has no programming interface yet: swc reads the imports (with `typescript` missing, none would be seen).
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
