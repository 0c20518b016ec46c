import type { ReactNode } from "react";

interface ResultHeadProps {
  readonly title: ReactNode;
  /** At the right: actions for the result. */
  readonly actions?: ReactNode;
  /** Between the title and the figures. */
  readonly below?: ReactNode;
  /** The leading figures, entries of a `<dl>`. */
  readonly children: ReactNode;
}

/** The question that a screen answers, and its main figures. */
export function ResultHead({ title, actions, below, children }: ResultHeadProps) {
  return (
    <div>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <h1 className="min-w-0 text-2xl font-medium tracking-tight break-words">{title}</h1>
        {actions}
      </div>
      {below}
      <dl className="mt-5 flex flex-wrap items-start gap-x-10 gap-y-4">{children}</dl>
    </div>
  );
}
