import type { RootReasonName } from "#lib/model/root-reason.ts";

const WORDS: Readonly<Record<RootReasonName, string>> = {
  named: "it was asked for by name",
  entrypoint: "the image runs it",
  collector: "the garbage collector keeps it",
  unowned: "no package owns these files",
  unreferred: "nothing else refers to it",
  subject: "the document describes it",
  application: "it is an application",
};

/** The badge of a root. "Root" alone would read as a root of the garbage collector where nothing else refers to a node. */
export function rootBadge(reason: RootReasonName | undefined): string {
  return reason === "unreferred" ? "top level" : "root";
}

/** Why a node is a root, to follow a colon; "" if not known. */
export function rootReasonWords(reason: RootReasonName | undefined): string {
  return reason === undefined ? "" : WORDS[reason];
}
