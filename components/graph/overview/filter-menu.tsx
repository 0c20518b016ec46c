"use client";

import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";

export interface FilterChoice {
  readonly key: string;
  readonly href: string;
  readonly chosen: boolean;
  readonly label: ReactNode;
}

/** A button that opens a list of links: a choice is part of the address. */
export function FilterMenu({ label, choices }: { label: string; choices: readonly FilterChoice[] }) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = details.current;
      if (menu === null || !menu.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        menu.querySelector("summary")?.focus();
      } else if (menu.contains(event.target as Node)) return;
      menu.open = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close);
    };
  }, []);
  const isOn = choices.some(({ chosen, key }) => chosen && key !== "");
  return (
    <details ref={details} className="group/menu relative text-[0.8125rem]">
      <summary
        className={`flex h-7 max-sm:h-11 max-sm:px-3 cursor-pointer list-none items-center gap-1 rounded-md border px-2 [&::-webkit-details-marker]:hidden ${
          isOn ? "border-accent bg-wash text-accent" : "border-line-strong bg-raised hover:bg-shade"
        }`}
      >
        {label}
        {/* Where there is room, what is chosen. */}
        <span className="ml-auto flex min-w-0 items-center gap-2 truncate sm:hidden">
          {choices
            .filter(({ chosen }) => chosen)
            .map(({ key, label: text }) => (
              <span key={key} className="flex min-w-0 items-center gap-2 truncate">
                {text}
              </span>
            ))}
        </span>
        <span aria-hidden className="group-open/menu:max-sm:rotate-180">
          ▾
        </span>
      </summary>
      <ul className="overflow-y-auto rounded-md border border-line bg-raised p-1 max-sm:mt-1 sm:absolute sm:top-8 sm:left-0 sm:z-30 sm:max-h-80 sm:w-56 sm:shadow-md">
        {choices.map(({ key, href, chosen, label: text }) => (
          <li key={key}>
            <Link
              href={href}
              scroll={false}
              prefetch={false}
              aria-current={chosen ? "true" : undefined}
              className="flex min-h-7 max-sm:min-h-11 items-center gap-2 rounded px-2 hover:bg-shade aria-[current]:bg-wash aria-[current]:text-accent"
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
