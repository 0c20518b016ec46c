"use client";

import dynamic from "next/dynamic";

// Loaded by empty home pages only: every page prefetches the code of the home page.
const LazyFoundHere = dynamic(() => import("./found-here.tsx").then(({ FoundHere: found }) => found), {
  ssr: false,
  loading: () => <div className="min-h-64" />,
});
const LazyDropArchives = dynamic(
  () => import("#components/jobs/drop-archives.tsx").then(({ DropArchives: found }) => found),
  { ssr: false, loading: () => <div className="min-h-40" /> },
);

/** What this machine has to scan. */
export function FoundHere() {
  return <LazyFoundHere />;
}

/** The drop zone for archives. */
export function DropArchives() {
  return <LazyDropArchives />;
}
