import { counted } from "./counted.ts";
import { compareNeeds } from "./programs/compare-needs.ts";
import { findDanglingLinks } from "./programs/dangling-links.ts";
import { findLostRuntimes } from "./programs/lost-runtimes.ts";
import type { RebaseCheck } from "./sides.ts";

/** Point 4 of docs/rebase.md: whether all that is started on the new base finds what it needs to start. */
export const checkPrograms: RebaseCheck = (sides) => {
  const needs = compareNeeds(sides);
  const links = findDanglingLinks(sides);
  const runtimes = findLostRuntimes(sides);
  const { counts } = needs;
  const scope = [
    counted(counts["library-missing"], "needed library", "needed libraries"),
    counted(counts["symbol-version-missing"], "symbol version"),
    counted(counts["interpreter-missing"], "interpreter"),
    counted(links.count, "link"),
    counted(runtimes.count, "directory of a runtime", "directories of runtimes"),
  ];
  return {
    scope: `${scope.join(", ")} in the image's own layers`,
    findings: [...needs.findings, ...links.findings, ...runtimes.findings],
    before: [...needs.before, ...links.before],
    merged: [],
  };
};
