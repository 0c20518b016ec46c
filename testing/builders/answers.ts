import type { ArtifactLabel, ClosureAnswer, DiffAnswer, OverlapAnswer, SavingsAnswer } from "#lib/model/answer.ts";
import type { Report } from "#lib/model/report.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

export function buildLabel(name: string, letter: string, contentSizes: readonly number[]): ArtifactLabel {
  const layers = contentSizes.map((contentSize, i) => ({
    diffId: digest(`${i}`),
    chainId: digest(letter),
    contentSize,
    wastedSize: 0,
    createdBy: "",
  }));
  return {
    id: letter.repeat(16),
    name,
    kind: "image",
    digest: digest(letter),
    byteCount: contentSizes.reduce((a, b) => a + b, 0),
    layers,
  };
}

/** A diff with this many changed components besides one whose name is an attack on every format. */
export function buildDiffAnswer(hostileName: string, rowCount = 1): DiffAnswer {
  const rows = Array.from({ length: rowCount }, (_, i) => ({
    change: "changed" as const,
    kind: "deb",
    name: `lib${i}`,
    left: { id: `l${i}`, version: "1", bytes: 1000 },
    right: { id: `r${i}`, version: "2", bytes: 3000 },
  }));
  const hostile = {
    change: "added" as const,
    kind: "npm",
    name: hostileName,
    left: null,
    right: { id: "x", version: "1", bytes: 5 },
  };
  const delta = 2000 * rowCount + 5;
  return {
    question: "diff",
    artifacts: [buildLabel("old", "a", [100, 50]), buildLabel("new", "b", [100, 60])],
    totals: { left: 150, right: 150 + delta, delta },
    components: [...rows, hostile],
    layers: [{ diffId: digest("0"), left: 0, right: 0, match: "moved", contentSize: 100 }],
    files: null,
  };
}

export function buildSavingsAnswer(): SavingsAnswer {
  return {
    question: "savings",
    artifacts: [buildLabel("one", "c", [70]), buildLabel("two", "d", [70, 10])],
    rungs: [
      { rung: "unshared", bytes: 150, units: 3, estimated: false },
      { rung: "chain", bytes: 150, units: 3, estimated: false },
      { rung: "layer", bytes: 80, units: 2, estimated: false },
      { rung: "file", bytes: 40, units: 9, estimated: true },
    ],
    orderPenalty: 70,
    penalised: [
      {
        diffId: digest("0"),
        contentSize: 70,
        penalty: 70,
        places: [
          { artifact: 0, position: 0 },
          { artifact: 1, position: 0 },
        ],
      },
    ],
    download: [{ rung: "blob", bytes: 33, estimated: false }],
    marginal: [
      { artifact: 0, rungs: [{ rung: "layer", bytes: 0 }] },
      { artifact: 1, rungs: [{ rung: "layer", bytes: 10 }] },
    ],
  };
}

/** An overlap of this many images of one layer each. */
export function buildOverlapAnswer(count: number): OverlapAnswer {
  const artifacts = Array.from({ length: count }, (_, i) => buildLabel(`image-${i}`, (i % 10).toString(), [100]));
  return {
    question: "overlap",
    rung: "file",
    artifacts,
    cells: [{ in: [...artifacts.keys()], bytes: 100, units: 1 }],
    matrix: artifacts.map(() => artifacts.map(() => ({ bytes: 100, jaccard: 1 }))),
    union: { bytes: 100, units: 1 },
    misaligned: [],
  };
}

/** An image of two layers, 30 of whose 150 bytes nobody sees, with what reports keep of one. */
export function buildImageAnswer(): ClosureAnswer {
  const artifact = buildLabel("alone", "e", [100, 50]);
  const node = { id: "pkg:deb/debian/libc6@1", kind: "deb", name: "libc6", version: "1", live: true };
  return {
    question: "closure",
    artifacts: [artifact],
    total: { nodes: 1, edges: 0, bytes: 120 },
    nodes: [{ ...node, selfSize: 120, closureSize: 120, retainedSize: 120, dominator: null }],
    image: {
      sizes: { rootfsSize: 120, layersContentSize: 150, wastedSize: 30, downloadSize: 60 },
      layers: [
        { downloadSize: 40, entryCount: 3, imageCount: 2 },
        { downloadSize: 20, entryCount: 1, imageCount: 1 },
      ],
      waste: { count: 1, bytes: 30, files: [{ path: "var/cache/old", bytes: 30, layer: 0, hiddenBy: 1 }] },
    },
  };
}

/** A closure of two items, one kept by the other. */
export function buildClosureAnswer(): ClosureAnswer {
  const label = { ...buildLabel("store", "f", []), kind: "closure" as const, byteCount: 300 };
  const outer = { id: "/nix/store/outer", kind: "store", name: "outer", version: "2", live: true };
  const inner = { ...outer, id: "/nix/store/inner", name: "inner" };
  return {
    question: "closure",
    artifacts: [label],
    total: { nodes: 2, edges: 1, bytes: 300 },
    nodes: [
      { ...outer, selfSize: 100, closureSize: 300, retainedSize: 300, dominator: null },
      { ...inner, selfSize: 200, closureSize: 200, retainedSize: 200, dominator: 0 },
    ],
    rootsKnown: true,
  };
}

export function buildReport(answer: Report["answer"], title = "a report"): Report {
  return { id: "a".repeat(24), title, note: "", createdAt: Date.UTC(2026, 0, 2), engineVersion: 1, answer };
}
