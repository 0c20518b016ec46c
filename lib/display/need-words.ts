import type { NeedList } from "#lib/model/needs-answer.ts";

/** The title of each list of needs, what its number says, and what exactly is listed. */
export const NEED_WORDS: Readonly<Record<NeedList, { readonly title: string; readonly definition: string }>> = {
  unmet: {
    title: "Unmet needs",
    definition:
      "What a component needs and nothing in the image provides: a declared dependency, a library or a version of it, an interpreter. A library counts as present if it is where the dynamic linker looks.",
  },
  undeclared: {
    title: "Linked but not declared",
    definition:
      "A file of the component links a library of another component that its metadata does not declare. Only within one ecosystem, since a package can declare no others. The last column is the declared dependency that brings the library along; without one, nothing guarantees that the library is there.",
  },
  unused: {
    title: "Declared but not seen in use",
    definition:
      "A component declares another, but none of its files links, starts or points to one of its files. Only for packages of distributions and conda where both have programs, libraries or scripts. It may still be needed: libraries loaded at run time, commands that a program starts and data files leave no trace.",
  },
  unasked: {
    title: "Not asked for",
    definition:
      "Components that were not installed explicitly, do not contain the program that the image starts, and are not needed by one that was or does. The sum is of their self sizes; files without a package are not counted.",
  },
};
