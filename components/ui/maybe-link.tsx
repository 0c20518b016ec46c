import Link from "next/link";
import type { CSSProperties, ReactNode } from "react";

interface MaybeLinkProps {
  readonly href: string | undefined;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly tip?: string | undefined;
  /** Of the link. */
  readonly tabIndex?: number | undefined;
  readonly children: ReactNode;
}

/** A link, or the same words where they lead nowhere: a stored report outlives what it is about. */
export function MaybeLink({ href, tip, tabIndex, children, ...look }: MaybeLinkProps) {
  if (href === undefined) {
    return (
      <span data-tip={tip} {...look}>
        {children}
      </span>
    );
  }
  return (
    <Link href={href} prefetch={false} data-tip={tip} tabIndex={tabIndex} {...look}>
      {children}
    </Link>
  );
}
