/** A page of the product that can be opened from everywhere: from the palette, or with G and its letter. */
export interface NamedPage {
  readonly href: string;
  readonly text: string;
  readonly detail: string;
  readonly letter: string;
}

export const PAGES: readonly NamedPage[] = [
  { href: "/", text: "Artifacts", detail: "all images and closures", letter: "a" },
  { href: "/compare", text: "Compare", detail: "two or more of them", letter: "c" },
  { href: "/savings", text: "Savings", detail: "what sharing would save", letter: "s" },
  { href: "/lineage", text: "Lineage", detail: "which image is built on which", letter: "l" },
  { href: "/jobs", text: "Jobs", detail: "scans that run, wait and failed", letter: "j" },
  { href: "/reports", text: "Reports", detail: "saved answers", letter: "r" },
  { href: "/docs", text: "Docs", detail: "what the numbers mean", letter: "d" },
];

/** The part of an artifact page's path that names it, as it is in the path. */
export function artifactSegment(pathname: string): string | undefined {
  return /^\/artifacts\/([^/]+)(?:\/|$)/.exec(pathname)?.[1];
}
