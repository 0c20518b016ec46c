import { artifactSegment, PAGES } from "#components/shell/pages.ts";
import { decodeSegment } from "#components/ui/search-params.ts";
import { withQuery } from "#lib/display/paths.ts";
import type { ResultGroup, ResultRow } from "./results.ts";

/** Where the palette was opened, and by whom. */
export interface Place {
  readonly pathname: string;
  readonly canWrite: boolean;
}

/** The actions that a page offers by letter, with where they lead. */
export function pageActions(pathname: string): { readonly c: string; readonly r: string | undefined } {
  const segment = artifactSegment(pathname);
  if (segment === undefined) return { c: "/compare", r: undefined };
  return { c: withQuery("/compare", { a: decodeSegment(segment) }), r: `/artifacts/${segment}/remove` };
}

/** What the palette offers before anything is typed: what was opened recently, what can be done here, and all pages. */
export function firstGroups(recent: readonly ResultRow[], place: Place): ResultGroup[] {
  const groups = [
    { heading: "Recent", rows: recent },
    { heading: "Go to", rows: PAGE_ROWS },
    { heading: artifactSegment(place.pathname) === undefined ? "Here" : "This artifact", rows: actionRows(place) },
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}

/** Pages and actions with the text in their name. */
export function commandGroups(text: string, place: Place): ResultGroup[] {
  const wanted = text.trim().toLowerCase();
  const rows = [...actionRows(place), ...PAGE_ROWS, ...QUESTION_ROWS].filter((row) =>
    row.text.toLowerCase().includes(wanted),
  );
  return rows.length === 0 ? [] : [{ heading: "Commands", rows }];
}

/** Pages that begin with a question: they are found by their names, and have no letter. */
const QUESTION_ROWS: readonly ResultRow[] = [
  {
    key: "whatif",
    href: "/whatif",
    text: "Update cost",
    detail: "which artifacts have a component, and what its update costs",
  },
  { key: "cache-hits", href: "/cache-hits", text: "Cache hits", detail: "what a build cache has of the next version" },
  {
    key: "rebase",
    href: "/lineage/rebase",
    text: "Rebase an image…",
    detail: "whether its layers can move to another base",
  },
  {
    key: "relayer",
    href: "/lineage/relayer",
    text: "Relayer images…",
    detail: "layers by which they share most, or updates pull least",
  },
];

const PAGE_ROWS: readonly ResultRow[] = PAGES.map(({ href, text, detail, letter }) => ({
  key: `page ${href}`,
  href,
  text,
  detail,
  keys: ["G", letter.toUpperCase()],
}));

/** Opens the dialog of scans. */
export const SCAN_ROW: ResultRow = {
  key: "scan",
  href: "",
  text: "Scan an image, an archive or this machine…",
  detail: "",
  keys: ["S"],
};

function actionRows({ pathname, canWrite }: Place): ResultRow[] {
  const segment = artifactSegment(pathname);
  const scan = canWrite ? [SCAN_ROW] : [];
  if (segment === undefined) return scan;
  const { c, r } = pageActions(pathname);
  const page = `/artifacts/${segment}`;
  const name = decodeSegment(segment);
  return [
    { key: "compare", href: c, text: "Compare it with…", detail: "", keys: ["C"] },
    { key: "remove", href: r!, text: "What can be removed?", detail: "", keys: ["R"] },
    { key: "rebase it", href: withQuery("/lineage/rebase", { image: name }), text: "Rebase it…", detail: "" },
    { key: "graph", href: `${page}/graph`, text: "Open its graph", detail: "" },
    ...(canWrite ? [{ key: "delete", href: withQuery("/delete", { in: name }), text: "Delete it…", detail: "" }] : []),
    ...scan,
  ];
}
