import Link from "next/link";
import { Notice } from "#components/shell/notice.tsx";
import { Command } from "#components/ui/command.tsx";

export default function NotFound() {
  return (
    <Notice title="Nothing here has that name">
      <p>
        An artifact is found by its name, by its id or by the beginning of its digest, as long as only one is meant; a
        node by its id or its name. Everything that was scanned is on the{" "}
        <Link href="/" className="text-link">
          first page
        </Link>
        , or in a terminal:
      </p>
      <Command text="npm run -s stratigraph -- list" />
    </Notice>
  );
}
