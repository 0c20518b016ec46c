import {
  ANSWER_VERSION,
  type ChangeKind,
  type ClosureAnswer,
  type ComponentChange,
  type DiffAnswer,
  type FileChange,
  type MeasuredLabel,
  type OverlapAnswer,
  type RungFigure,
  type SavingsAnswer,
} from "#lib/model/answer.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { Report } from "#lib/model/report.ts";
import type { Rung } from "#lib/model/rung.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

export function buildLabel(name: string, letter: string, contentSizes: readonly number[]): MeasuredLabel {
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

/** A component of this many bytes on each side, `null` if a side has none. Its versions are 1 and 2. */
export function buildChange(
  change: ChangeKind,
  name: string,
  [left, right]: readonly [number | null, number | null],
  kind: ComponentKind = "deb",
): ComponentChange {
  const side = (version: string, bytes: number | null) =>
    bytes === null ? null : { id: `${name}@${version}`, kind, version, bytes };
  const delta = (right ?? 0) - (left ?? 0);
  return { change, matchedBy: "name", kind, name, left: side("1", left), right: side("2", right), delta };
}

/** A regular file of this many bytes on each side, `null` if a side has none. */
export function buildFileChange(
  change: FileChange["change"],
  path: string,
  [left, right]: readonly [number | null, number | null],
): FileChange {
  const side = (bytes: number | null) =>
    bytes === null ? null : { kind: "file" as const, mode: 0o644, uid: 0, gid: 0, bytes, target: "" };
  return { change, path, left: side(left), right: side(right) };
}

/** A diff with this many changed components besides one whose name is an attack on every format. */
export function buildDiffAnswer(hostileName: string, rowCount = 1): DiffAnswer {
  const rows = Array.from({ length: rowCount }, (_, i) => buildChange("changed", `lib${i}`, [1000, 3000]));
  const hostile = buildChange("added", hostileName, [null, 5], "npm");
  const delta = 2000 * rowCount + 5;
  return {
    question: "diff",
    artifacts: [buildLabel("old", "a", [100, 50]), buildLabel("new", "b", [100, 60])],
    totals: { left: 150, right: 150 + delta, delta },
    components: [...rows, hostile],
    layers: [{ diffId: digest("0"), left: 0, right: 0, change: "moved", contentSize: 100 }],
    files: null,
    likeness: [],
    tree: { nodes: [], cut: 0 },
  };
}

export function buildRungFigure(name: Rung, figures: Pick<RungFigure, "bytes" | "units" | "marginal">): RungFigure {
  return { rung: name, estimated: false, savingVersusChain: 0, savingVersusLayer: 0, ...figures };
}

export function buildSavingsAnswer(): SavingsAnswer {
  return {
    question: "savings",
    artifacts: [buildLabel("one", "c", [70]), buildLabel("two", "d", [70, 10])],
    rungs: [
      buildRungFigure("unshared", { bytes: 150, units: 3, marginal: [0, 0] }),
      buildRungFigure("chain", { bytes: 150, units: 3, marginal: [0, 0] }),
      buildRungFigure("layer", { bytes: 80, units: 2, marginal: [0, 10] }),
      { ...buildRungFigure("file", { bytes: 40, units: 9, marginal: [0, 0] }), estimated: true },
    ],
    orderPenalty: 70,
    penalisedLayers: [
      {
        diffId: digest("0"),
        contentSize: 70,
        copies: 2,
        extraBytes: 70,
        places: [
          { artifact: 0, position: 0, chainId: digest("c") },
          { artifact: 1, position: 0, chainId: digest("d") },
        ],
      },
    ],
    download: [{ rung: "blob", bytes: 33, units: 2, estimated: false }],
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
    alignable: [],
    alignableTotal: { names: 0, savedBytes: 0 },
    estimated: false,
    likeness: [],
  };
}

/** Three images with one layer x: A and C have it on one base, B on another. */
export function buildThreeImages(): OverlapAnswer {
  const image = (name: string, base: string): MeasuredLabel => {
    const label = buildLabel(name, name.toLowerCase(), [60, 40]);
    const layers = label.layers.map((layer, i) => ({
      ...layer,
      diffId: digest(i === 0 ? base : "e"),
      chainId: digest(i === 0 ? base : `${Number(base) + 2}`),
    }));
    return { ...label, layers };
  };
  const artifacts = [image("A", "1"), image("B", "2"), image("C", "1")];
  return {
    ...buildOverlapAnswer(3),
    artifacts,
    likeness: [{ left: 0, right: 1, bands: [{ from: 0, to: 0, bytes: 30 }] }],
  };
}

const MEASURED = { referenceCount: 0, referrerCount: 0, live: true, root: false };

/** An image of two layers with 30 of 150 bytes hidden, and the cells that reports include. */
export function buildImageAnswer(): ClosureAnswer {
  const artifact = buildLabel("alone", "e", [100, 50]);
  const node = { id: "pkg:deb/debian/libc6@1", kind: "deb" as const, name: "libc6", version: "1", ...MEASURED };
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

/** A closure of two items, one retained by the other. */
export function buildClosureAnswer(): ClosureAnswer {
  const label = { ...buildLabel("store", "f", []), kind: "closure" as const, byteCount: 300 };
  const outer = { id: "/nix/store/outer", kind: "store" as const, name: "outer", version: "2", ...MEASURED };
  const inner = { ...outer, id: "/nix/store/inner", name: "inner" };
  return {
    question: "closure",
    artifacts: [label],
    total: { nodes: 2, edges: 1, bytes: 300 },
    nodes: [
      { ...outer, selfSize: 100, closureSize: 300, retainedSize: 300, dominator: null },
      { ...inner, selfSize: 200, closureSize: 200, retainedSize: 200, dominator: 0 },
    ],
    suspects: [
      {
        nodes: [outer.id],
        name: "outer",
        version: "2",
        kind: "store",
        retainedSize: 300,
        share: 1,
        accumulation: { id: inner.id, name: "inner", nodeIndex: 1 },
        path: [{ id: outer.id, name: "outer", nodeIndex: 0 }],
        rootCount: 1,
      },
    ],
    rootsKnown: true,
  };
}

export function buildReport(answer: Report["answer"], title = "a report"): Report {
  return {
    id: "a".repeat(24),
    title,
    note: "",
    createdAt: Date.UTC(2026, 0, 2),
    engineVersion: 1,
    answer,
    answerVersion: ANSWER_VERSION,
  };
}
