import type { ReactNode } from "react";

interface ResultHeadProps {
  readonly title: ReactNode;
  /** At the right. */
  readonly actions?: ReactNode;
  /** Below the title. */
  readonly below?: ReactNode;
  /** The leading figures, entries of a `<dl>`. */
  readonly children: ReactNode;
}

/** The subject of a screen, or the question it answers, and its main figures. */
export function ResultHead({ title, actions, below, children }: ResultHeadProps) {
  return (
    <div>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-2xl font-medium tracking-tight break-words">{title}</h1>
          {below}
        </div>
        {actions}
      </div>
      <dl className="mt-5 flex flex-wrap items-start gap-x-10 gap-y-4">{children}</dl>
    </div>
  );
}
