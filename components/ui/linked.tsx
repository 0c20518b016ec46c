"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** Hovering or focusing anything with `data-twin` inside marks everything with the same value: a stratum and its row. */
export function Linked({ children, className }: { children: ReactNode; className?: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current === null ? undefined : linkTwins(box.current)), []);
  return (
    <div ref={box} data-linked="" className={className}>
      {children}
    </div>
  );
}

function linkTwins(box: HTMLElement): () => void {
  const light = (event: Event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-twin]") : null;
    mark(box, target?.getAttribute("data-twin") ?? undefined);
  };
  const dim = () => mark(box, undefined);
  const abort = new AbortController();
  const options = { signal: abort.signal, passive: true };
  box.addEventListener("pointerover", light, options);
  box.addEventListener("pointerleave", dim, options);
  box.addEventListener("focusin", light, options);
  box.addEventListener("focusout", dim, options);
  return () => abort.abort();
}

function mark(box: HTMLElement, twin: string | undefined): void {
  for (const lit of box.querySelectorAll("[data-lit]")) lit.removeAttribute("data-lit");
  box.toggleAttribute("data-active", twin !== undefined);
  if (twin === undefined) return;
  for (const match of box.querySelectorAll(`[data-twin="${CSS.escape(twin)}"]`)) match.setAttribute("data-lit", "");
}
