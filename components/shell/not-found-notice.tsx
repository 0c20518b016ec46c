import Link from "next/link";
import { Command } from "#components/ui/command.tsx";
import { NearNames } from "./near-names.tsx";
import { Notice } from "./notice.tsx";

/** How to find each kind of thing. */
const HOW = {
  Page: "There is no page at this URL.",
  Artifact: "Use an artifact's name, its id, or an unambiguous digest prefix. It may have been removed.",
  Name: "No artifact that is still here was scanned under this name, or under a tag of this repository.",
  Layer: "The image has no layer at this position: positions start at 0.",
  File: "The artifact has nothing at this path, or the files of a store were not scanned with --files.",
  Component: "Either there is no such artifact, or it has no such component. Use a component's id or name.",
  Report: "It may have been deleted, or the link is incomplete: it ends in 24 letters and digits.",
};

/** The page for an address that matches nothing: what is missing, how to find it, and a link to the others. */
export function NotFoundNotice({ what }: { what: keyof typeof HOW }) {
  const [href, link] = what === "Report" ? ["/reports", "All reports"] : ["/", "All artifacts"];
  return (
    <Notice title={`${what} not found`}>
      <NearNames />
      <p>{HOW[what]}</p>
      <p>
        <Link href={href} className="text-link">
          {link}
        </Link>
      </p>
      {what === "Artifact" ? <Command text="./stratigraph list" /> : null}
    </Notice>
  );
}
