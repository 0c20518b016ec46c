import Link from "next/link";
import type { CSSProperties, ReactNode } from "react";

interface MaybeLinkProps {
  readonly href: string | undefined;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly tip?: string | undefined;
  /** Position of the link in the tab order. */
  readonly tabIndex?: number | undefined;
  readonly children: ReactNode;
}

/** A link, or the same words without one: a stored report outlives its artifacts. */
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
