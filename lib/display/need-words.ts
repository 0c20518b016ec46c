import type { NeedList } from "#lib/model/needs-answer.ts";

/** The title of each list of needs, what its number says, and what exactly is listed. */
export const NEED_WORDS: Readonly<Record<NeedList, { readonly title: string; readonly definition: string }>> = {
  unmet: {
    title: "Unmet needs",
    definition:
      "What a component needs and nothing in the image provides: a declared dependency, a library or its version, an interpreter. A library counts as found where the dynamic linker would look for it.",
  },
  undeclared: {
    title: "Linked but not declared",
    definition:
      "A file of the component names a library of another, and the component's metadata does not name that other one. Within one ecosystem, since a package can declare only packages of its own. The last column has the declared dependency that brings the library along; without one, nothing guarantees that it is there.",
  },
  unused: {
    title: "Declared but not seen in use",
    definition:
      "The component declares the other one, and none of its files links, starts or points to a file of it. Only packages of distributions and conda with programs, libraries or scripts on both sides. This is what the files show, not that it is unneeded: libraries loaded at run time, commands that a program starts and data files leave no trace.",
  },
  unasked: {
    title: "Nothing asked for this",
    definition:
      "Components that were not installed explicitly, do not contain the program that the image starts, and are not needed by any that were or do. Their self sizes are added up. Files without a package are not counted.",
  },
};
