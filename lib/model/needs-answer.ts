import type { ComponentKind } from "./component.ts";

/** The lists of a `NeedsAnswer`. */
export const NEED_LISTS = ["unmet", "undeclared", "unused", "unasked"] as const;
export type NeedList = (typeof NEED_LISTS)[number];

/** A component of an image, as these lists name it. */
export interface NeedNode {
  readonly id: string;
  readonly nodeIndex: number;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
}

/** A need that nothing in the image meets. */
export interface UnmetRow {
  /** Whose it is; `null` for a file without an owner. */
  readonly component: NeedNode | null;
  readonly need: string;
  /** The file with the need, or the metadata that declares it. */
  readonly path: string;
  readonly message: string;
}

/** A library that a component links and does not declare. */
export interface UndeclaredRow {
  readonly component: NeedNode;
  /** The owner of the library. */
  readonly other: NeedNode;
  /** `usr/bin/x needs libfoo.so.2` */
  readonly detail: string;
  /** The declared dependency that brings it along; `null` if none does. */
  readonly through: NeedNode | null;
}

/** A dependency that a component declares and none of its files shows. */
export interface UnusedRow {
  readonly component: NeedNode;
  readonly other: NeedNode;
  /** `Depends: libfoo2 (>= 1.2)` */
  readonly detail: string;
  /** What the other one has to be used: libraries, and programs and scripts. */
  readonly libraries: number;
  readonly programs: number;
  /** Bytes that would go with the other one. */
  readonly retainedSize: number;
}

/** A component that nothing asked for. */
export interface UnaskedRow {
  readonly component: NeedNode;
  readonly selfSize: number;
  readonly retainedSize: number;
  /** Nothing refers to it, or only what it needs itself. */
  readonly isTop: boolean;
}

/** What the edges of an image do not explain, and where what packages declare and what their files show disagree. */
export interface NeedsAnswer {
  readonly unmet: readonly UnmetRow[];
  readonly undeclared: readonly UndeclaredRow[];
  readonly unused: readonly UnusedRow[];
  readonly unasked: readonly UnaskedRow[];
  /** Σ self sizes of `unasked`, in bytes. */
  readonly unaskedSize: number;
  /** Explicit roots of the image: without any, nothing is known to be asked for, and `unasked` is empty. */
  readonly rootCount: number;
  /** Whether files of this image were seen to use others: if not, `undeclared` and `unused` are empty. */
  readonly isObserved: boolean;
}

/** The lengths of the lists, and the bytes of what nothing asked for. */
export interface NeedCounts extends Readonly<Record<NeedList, number>> {
  readonly unaskedSize: number;
}
