import { parseLdSoCache } from "#lib/formats/ld-so-cache/index.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Finding, FindingWeight } from "#lib/model/rebase-answer.ts";
import { counted, countedList } from "./counted.ts";
import { entryAt, type GeneratedFile, isHiding, latin1At, withBody } from "./generated/generated-file.ts";
import { type GeneratedKind, generatedKind } from "./generated/generated-kinds.ts";
import { isForOtherLibc, libcRelease } from "./generated/library-data.ts";
import { renewLinkerCache } from "./generated/linker-cache.ts";
import { mergeCertificates } from "./generated/merge-certificates.ts";
import { findOutdatedByteCode } from "./generated/outdated-byte-code.ts";
import { isUpper, toImageLayer } from "./image-layer.ts";
import type { MergedFile, RebaseCheck, RebaseSides } from "./sides.ts";

interface Settled {
  readonly finding: Finding;
  readonly merged?: MergedFile;
}

/** Data that only the C library it was made by can be trusted to read. */
const LIBC_DATA = /(?:locale-archive|gconv-modules\.cache)$/;

/** Point 7 of docs/rebase.md: copies of what is generated from the base's files, made above the old base. */
export const checkGenerated: RebaseCheck = (sides) => {
  const files = listGenerated(sides);
  const settled = files.flatMap(({ file, kind }) => settle(sides, file, kind) ?? []);
  const byteCode = findOutdatedByteCode(sides);
  const scope = countedList([
    [files.length, "generated file"],
    [byteCode.count, "file of byte code", "files of byte code"],
  ]);
  return {
    scope: `${scope || "no generated file"} in the image's own layers`,
    findings: [...settled.map(({ finding }) => finding), ...byteCode.findings],
    before: [],
    merged: [...settled.flatMap(({ merged }) => merged ?? []), ...byteCode.merged],
  };
};

function listGenerated(sides: RebaseSides): { file: GeneratedFile; kind: GeneratedKind }[] {
  const { after, oldBase, newBase } = sides;
  return after.names.flatMap((node) => {
    const kind = node.kind !== EntryKind.directory && isUpper(sides, node) ? generatedKind(node.path) : undefined;
    const ours = kind === undefined ? undefined : after.entryOf(node);
    if (kind === undefined || ours === undefined) return [];
    const { path } = node;
    return [{ kind, file: { path, node, base: entryAt(oldBase, path), ours, theirs: entryAt(newBase, path) } }];
  });
}

function settle(sides: RebaseSides, file: GeneratedFile, kind: GeneratedKind): Settled | undefined {
  if (kind.renewal === "written") return renewCache(sides, file, kind);
  if (kind.renewal !== "noted" && LIBC_DATA.test(file.path) && isForOtherLibc(sides)) {
    const evidence = `made by glibc ${libcRelease(sides.oldBase)}; there: ${libcRelease(sides.newBase) || "none"}`;
    return decide(sides, file, { kind, evidence });
  }
  if (!isHiding(file)) return undefined;
  if (kind.renewal === "merged") return mergeBundle(sides, file, kind);
  return decide(sides, file, { kind, evidence: file.base === undefined ? "new in the base" : "changed in the base" });
}

function decide(
  sides: RebaseSides,
  file: GeneratedFile,
  { kind, evidence }: { readonly kind: GeneratedKind; readonly evidence: string },
): Settled {
  const it = `${capitalised(kind.what)} would stay the one that was made above the old base`;
  switch (kind.renewal) {
    case "dropped":
      return {
        finding: toFinding(sides, file, { weight: "merges", evidence, message: `${it}. Removed: it is only a cache.` }),
        merged: { kind: "whiteout", path: file.path },
      };
    case "noted":
      return { finding: toFinding(sides, file, { weight: "note", evidence, message: `${it}.` }) };
    default:
      return {
        finding: toFinding(sides, file, { weight: "blocks", evidence, message: `${it}, and has to be made again.` }),
      };
  }
}

/** By the program that wrote the new base's own, if it has one: its name is in the file. */
function renewCache(sides: RebaseSides, file: GeneratedFile, { what }: GeneratedKind): Settled | undefined {
  const { after, newBase } = sides;
  const kept = after.document(file.node);
  const own = newBase.lookup(file.path);
  const model = (own && newBase.document(own)) ?? kept;
  const made = model === undefined ? undefined : renewLinkerCache(after, model);
  if (made === undefined) {
    const message = `${capitalised(what)} was made above the old base. Removed: the linker looks in its directories.`;
    const finding = toFinding(sides, file, { weight: "merges", evidence: "cannot be made again here", message });
    return { finding, merged: { kind: "whiteout", path: file.path } };
  }
  if (kept !== undefined && Buffer.from(kept).equals(made)) return undefined;
  const message = `${capitalised(what)} would list the libraries of the old base. Merged: made anew from the rebased files.`;
  const evidence = compareCaches(kept, made);
  return { finding: toFinding(sides, file, { weight: "merges", evidence, message }), merged: withBody(file, made) };
}

function compareCaches(kept: Uint8Array | undefined, made: Uint8Array): string {
  const [old, now] = [kept, made].map((bytes) => new Set(listPaths(bytes)));
  const [missing, gone] = [now!.difference(old!).size, old!.difference(now!).size];
  return `lacks ${counted(missing, "library", "libraries")}, lists ${gone} that ${gone === 1 ? "is" : "are"} not there`;
}

function listPaths(bytes: Uint8Array | undefined): string[] {
  return bytes === undefined ? [] : (parseLdSoCache(bytes).value?.entries ?? []).map(({ path }) => path);
}

function mergeBundle(sides: RebaseSides, file: GeneratedFile, kind: GeneratedKind): Settled {
  const { path } = file;
  const [base, ours, theirs] = [sides.oldBase, sides.after, sides.newBase].map((tree) => latin1At(tree, path));
  const isKept = base !== undefined && ours !== undefined && theirs !== undefined;
  const merged = isKept ? mergeCertificates({ base, ours, theirs }) : undefined;
  if (merged === undefined) {
    const evidence = "changed in the base, and not all plain certificates";
    return decide(sides, file, { kind: { ...kind, renewal: "blocks" }, evidence });
  }
  const message = `${capitalised(kind.what)} would be the old base's. Merged: the new base's, with what the image added.`;
  return {
    finding: toFinding(sides, file, { weight: "merges", evidence: merged.evidence, message }),
    merged: withBody(file, Buffer.from(merged.text, "latin1")),
  };
}

function toFinding(
  sides: RebaseSides,
  { path, node }: GeneratedFile,
  said: { readonly weight: FindingWeight; readonly evidence: string; readonly message: string },
): Finding {
  return { kind: "copy-outdated", path, layer: toImageLayer(sides, node), ...said };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
