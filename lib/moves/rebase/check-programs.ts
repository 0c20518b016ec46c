import { countedList } from "./counted.ts";
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
    [counts["library-missing"], "needed library", "needed libraries"],
    [counts["symbol-version-missing"], "symbol version"],
    [symbols.count, "symbol"],
    [counts["interpreter-missing"], "interpreter"],
    [links.count, "link"],
    [runtimes.count, "directory of a runtime", "directories of runtimes"],
  ] as const;
  return {
    scope: `${countedList(scope) || "no program, library or link"} in the image's own layers`,
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
