import { counted } from "./counted.ts";
import { compareNeeds } from "./programs/compare-needs.ts";
import { findDanglingLinks } from "./programs/dangling-links.ts";
import { findLostRuntimes } from "./programs/lost-runtimes.ts";
import { findLostSymbols } from "./programs/lost-symbols.ts";
import { findRefusedAddons } from "./programs/node-addons.ts";
import type { RebaseCheck } from "./sides.ts";

/** Point 4 of docs/rebase.md: whether all that is started on the new base finds what it needs to start. */
export const checkPrograms: RebaseCheck = (sides) => {
  const needs = compareNeeds(sides);
  const symbols = findLostSymbols(sides);
  const links = findDanglingLinks(sides);
  const runtimes = findLostRuntimes(sides);
  const { counts } = needs;
  // A library without a version of symbols lacks the symbols, too.
  const known = new Set(needs.findings.map(({ path }) => path));
  const scope = [
    counted(counts["library-missing"], "needed library", "needed libraries"),
    counted(counts["symbol-version-missing"], "symbol version"),
    counted(symbols.count, "symbol"),
    counted(counts["interpreter-missing"], "interpreter"),
    counted(links.count, "link"),
    counted(runtimes.count, "directory of a runtime", "directories of runtimes"),
  ];
  return {
    scope: `${scope.join(", ")} in the image's own layers`,
    findings: [
      ...needs.findings,
      ...symbols.findings.filter(({ path }) => !known.has(path)),
      ...links.findings,
      ...runtimes.findings,
      ...findRefusedAddons(sides),
    ],
    before: [...needs.before, ...links.before],
    merged: [],
  };
};
