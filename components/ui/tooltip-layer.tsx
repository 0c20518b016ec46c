"use client";

import { useEffect, useRef, useState } from "react";

const TIP_ID = "tip";
const GAP = 8;
const MARGIN = 8;

interface Tip {
  readonly text: string;
  readonly anchor: DOMRect;
}

/**
 * The page's only tooltip. An element with `data-tip` (if it is empty, its label) shows it on hover and on keyboard focus, and Escape closes it
 * (WCAG 1.4.13). One layer for all, so that a table of a thousand figures needs no script per figure.
 */
export function TooltipLayer() {
  const [tip, setTip] = useState<Tip>();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => listenForTips(setTip), []);
  useEffect(() => {
    if (tip !== undefined && box.current !== null) place(box.current, tip.anchor);
  }, [tip]);

  return (
    <div
      ref={box}
      id={TIP_ID}
      role="tooltip"
      hidden={tip === undefined}
      className="pointer-events-none fixed top-0 left-0 z-50 max-w-72 wrap-anywhere rounded-md bg-ink px-2.5 py-1.5 text-xs text-ground shadow-lg"
    >
      {tip?.text}
    </div>
  );
}

function listenForTips(setTip: (tip: Tip | undefined) => void): () => void {
  let described: Element | undefined;
  const showFor = (target: Element | undefined) => {
    described?.removeAttribute("aria-describedby");
    described = target;
    described?.setAttribute("aria-describedby", TIP_ID);
    setTip(target === undefined ? undefined : tipOf(target));
  };
  const show = (event: Event) => {
    const target = tipBearer(event.target);
    if (target !== described) showFor(target);
  };
  const hide = () => showFor(undefined);
  // Focus scrolls its element into view, which must move the tooltip, not close it.
  const follow = () => showFor(described !== undefined && hasFocus(described) ? described : undefined);
  const hideOnEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape") hide();
  };
  const abort = new AbortController();
  const options = { signal: abort.signal, capture: true, passive: true };
  document.addEventListener("pointerover", show, options);
  document.addEventListener("focusin", show, options);
  document.addEventListener("focusout", hide, options);
  document.addEventListener("scroll", follow, options);
  document.addEventListener("pointerdown", hide, options);
  document.addEventListener("keydown", hideOnEscape, options);
  // An element that had the focus before this script ran sent no event that it could receive.
  const early = tipBearer(document.activeElement);
  if (early !== undefined) showFor(early);
  return () => abort.abort();
}

function tipBearer(target: EventTarget | null): Element | undefined {
  return (target instanceof Element ? target.closest("[data-tip]") : null) ?? undefined;
}

function tipOf(target: Element): Tip {
  const text = target.getAttribute("data-tip") || target.getAttribute("aria-label");
  return { text: text ?? "", anchor: target.getBoundingClientRect() };
}

function hasFocus(element: Element): boolean {
  return element.contains(document.activeElement);
}

function place(box: HTMLElement, anchor: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.min(
    Math.max(MARGIN, anchor.left + anchor.width / 2 - width / 2),
    window.innerWidth - width - MARGIN,
  );
  const above = anchor.top - height - GAP;
  const top = above >= MARGIN ? above : anchor.bottom + GAP;
  box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
