"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";

const PATIENCE = 200;

interface SearchFieldProps {
  /** The URL parameter of the text. */
  readonly parameter: string;
  readonly label: string;
  /** Parameters that do not apply to another text: removed from the URL. */
  readonly resets?: readonly string[];
  /** Id of the link that Enter follows: the first match. */
  readonly enters?: string;
  /** Its width; default: that of a short name. */
  readonly className?: string;
}

/** A filter field whose text is part of the URL. */
export function SearchField({ parameter, label, resets = [], enters, className = "w-44" }: SearchFieldProps) {
  const router = useRouter();
  const pathname = usePathname();
  const parameters = useSearchParams();
  const [pending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const field = useRef<HTMLInputElement>(null);
  const said = parameters.get(parameter) ?? "";
  // The URL may change independently of the field: the back button, a link that removes the filter. Text being typed stays.
  useEffect(() => {
    if (field.current !== null && timer.current === undefined && !pending) field.current.value = said;
  }, [said, pending]);
  const entered = useRef(false);
  useEffect(() => {
    if (pending || !entered.current) return;
    entered.current = false;
    follow(enters);
  }, [pending, enters]);

  const go = (text: string) => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const next = new URLSearchParams(window.location.search);
    for (const name of [...resets, parameter]) next.delete(name);
    if (text !== "") next.set(parameter, text);
    const address = next.size === 0 ? pathname : `${pathname}?${next}`;
    // The back button undoes a new filter, not its single letters.
    const open = said === "" ? router.push : router.replace;
    startTransition(() => open(address, { scroll: false }));
  };
  const search = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(text), PATIENCE);
  };
  const enter = (text: string) => {
    if (!pending && text === said) return follow(enters);
    entered.current = true;
    go(text);
  };
  return (
    <input
      ref={field}
      type="search"
      aria-label={label}
      aria-busy={pending}
      placeholder={label}
      defaultValue={said}
      onChange={(event) => search(event.target.value)}
      onKeyDown={({ key, currentTarget: { value } }) => {
        if (key === "Enter") enter(value);
      }}
      className={`h-7 rounded-md border border-line-strong bg-raised px-2 text-[0.8125rem] placeholder:text-dim ${className}`}
    />
  );
}

function follow(id: string | undefined): void {
  if (id !== undefined) document.getElementById(id)?.click();
}
