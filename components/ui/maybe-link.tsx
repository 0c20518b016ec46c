import Link from "next/link";
import type { ComponentProps, CSSProperties, ReactNode } from "react";

interface MaybeLinkProps {
  readonly href: string | undefined;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly tip?: string | undefined;
  /** Position of the link in the tab order. */
  readonly tabIndex?: number | undefined;
  /** The page keeps its place. */
  readonly stays?: boolean | undefined;
  readonly children: ReactNode;
}

/** A link, or the same words without one: a stored report outlives its artifacts. */
export function MaybeLink({ href, tip, tabIndex, stays = false, children, ...look }: MaybeLinkProps) {
  if (href === undefined) {
    return (
      <span data-tip={tip} {...look}>
        {children}
      </span>
    );
  }
  return (
    <Link href={href} prefetch={false} scroll={!stays} data-tip={tip} tabIndex={tabIndex} {...look}>
      {children}
    </Link>
  );
}

/** A link that changes what the page shows, and keeps its place. */
export function RowLink({ className = "", ...props }: ComponentProps<typeof Link>) {
  const look = `flex items-center gap-2 hover:text-accent ${className}`;
  return <Link scroll={false} prefetch={false} className={look} {...props} />;
}
