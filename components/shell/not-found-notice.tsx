import Link from "next/link";
import { Command } from "#components/ui/command.tsx";
import { Notice } from "./notice.tsx";

interface NotFoundNoticeProps {
  /** What was looked for: `Artifact`, `Report`. */
  readonly what: string;
  /** How such a thing is found, in a sentence or two. */
  readonly how: string;
  readonly href: string;
  readonly link: string;
  /** What lists the same in a terminal. */
  readonly command?: string;
}

/** One page for each kind of address that leads to nothing: what is missing, how it is found, and where there are others. */
export function NotFoundNotice({ what, how, href, link, command }: NotFoundNoticeProps) {
  return (
    <Notice title={`${what} not found`}>
      <p>{how}</p>
      <p>
        <Link href={href} className="text-link">
          {link}
        </Link>
      </p>
      {command === undefined ? null : <Command text={command} />}
    </Notice>
  );
}
