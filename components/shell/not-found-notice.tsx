import Link from "next/link";
import { Command } from "#components/ui/command.tsx";
import { Notice } from "./notice.tsx";

interface NotFoundNoticeProps {
  /** The missing thing: `Artifact`, `Report`. */
  readonly what: string;
  /** How to find such a thing, in one or two sentences. */
  readonly how: string;
  readonly href: string;
  readonly link: string;
  /** The command that lists the same in a terminal. */
  readonly command?: string;
}

/** The page for an address that matches nothing: what is missing, how to find it, and a link to the others. */
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
