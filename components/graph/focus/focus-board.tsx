"use client";

import { type CSSProperties, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { pressFocusKey } from "./focus-keys.ts";
import type { Pointed } from "./focus-pointed.ts";

interface FocusBoardProps {
  /** The node in the middle. */
  readonly nodeIndex: number;
  /** The cards of the rows, by key. */
  readonly pointed: Readonly<Record<string, Pointed>>;
  /** What is listed; "" for nothing. */
  readonly listed: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** Milliseconds in which the name of a row moves into the card. */
const MOTION_MS = 160;

/** The parts around a node, with the keys, the card of the row under the pointer or the focus, and the motion of a walk. */
export function FocusBoard({ nodeIndex, pointed, listed, className, children }: FocusBoardProps) {
  const board = useRef<HTMLDivElement>(null);
  const [row, setRow] = useState<PointedRow>();
  useWalk(board, nodeIndex, () => setRow(undefined));
  useListed(board, listed);
  useLitLine(board, row?.key);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (board.current !== null && pressFocusKey(board.current, event)) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  const point = (target: EventTarget) => setRow(rowAt(board.current, target));
  const card = row === undefined ? undefined : pointed[row.key];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are links; this only shows what they say of themselves
    <div
      ref={board}
      data-testid="focus-board"
      className={`relative ${className}`}
      onPointerOver={({ target, pointerType }) => (pointerType === "mouse" ? point(target) : undefined)}
      onPointerLeave={() => setRow(undefined)}
      onFocus={({ target }) => point(target)}
      onBlur={() => setRow(undefined)}
      onKeyDown={({ key }) => (key === "Escape" ? setRow(undefined) : undefined)}
    >
      {children}
      {card === undefined || row === undefined ? null : <PointedCard card={card} place={row.place} />}
      <p aria-live="polite" className="sr-only">
        {card === undefined ? "" : [...card.lines, ...card.figures.map((figure) => figure.join(" "))].join(", ")}
      </p>
    </div>
  );
}

interface PointedRow {
  readonly key: string;
  readonly place: CSSProperties;
}

const CARD_WIDTH = 340;
const CARD_SPACE = 12;

/** The row around an element, and where its card is: beside the card of the node, never over the row's own side. */
function rowAt(board: HTMLElement | null, target: EventTarget): PointedRow | undefined {
  const link = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  const key = link?.dataset.row;
  if (board === null || link === null || key === undefined) return undefined;
  const frame = board.getBoundingClientRect();
  const box = link.getBoundingClientRect();
  const middle = board.querySelector("#focus-card")?.getBoundingClientRect();
  if (middle === undefined) return undefined;
  const lowest = middle.bottom - frame.top + CARD_SPACE;
  const left = middle.left - frame.left + (middle.width - CARD_WIDTH) / 2;
  return { key, place: { width: CARD_WIDTH, left, top: Math.max(lowest, box.top - frame.top - CARD_SPACE) } };
}

function PointedCard({ card: { name, version, lines, figures }, place }: { card: Pointed; place: CSSProperties }) {
  return (
    <div
      aria-hidden
      style={place}
      className="pointer-events-none absolute z-20 hidden rounded-md border border-line bg-raised px-3.5 py-2.5 text-xs shadow-md lg:block"
    >
      <p className="text-[0.8125rem] font-medium break-words">
        {name} <span className="font-normal text-dim">{version}</span>
      </p>
      {lines.map((line) => (
        <p key={line} className="text-dim wrap-anywhere">
          {line}
        </p>
      ))}
      <p className="mt-1 flex flex-wrap gap-x-4 text-dim">
        {figures.map(([label, value]) => (
          <span key={label}>
            {label} <span className="text-ink">{value}</span>
          </span>
        ))}
      </p>
    </div>
  );
}

/** After a walk, the name comes from the row that was followed, and the focus is on the card, from where the keys go on. */
function useWalk(board: RefObject<HTMLElement | null>, nodeIndex: number, onWalk: () => void) {
  const from = useRef<DOMRect>(undefined);
  const shown = useRef(nodeIndex);
  useEffect(() => {
    const remember = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest("[data-walk]") : null;
      from.current = link?.getBoundingClientRect();
    };
    const element = board.current;
    element?.addEventListener("click", remember, { capture: true });
    return () => element?.removeEventListener("click", remember, { capture: true });
  }, [board]);
  useEffect(() => {
    if (shown.current === nodeIndex) return;
    shown.current = nodeIndex;
    onWalk();
    const card = board.current?.querySelector<HTMLElement>("#focus-card");
    if (document.activeElement === document.body) card?.focus({ preventScroll: true });
    const name = board.current?.querySelector<HTMLElement>("#focus-name");
    if (name !== null && name !== undefined && from.current !== undefined) moveFrom(name, from.current);
    from.current = undefined;
  });
}

/** The line of the row under the pointer or the focus. */
function useLitLine(board: RefObject<HTMLElement | null>, key: string | undefined) {
  useEffect(() => {
    const line = key === undefined ? null : board.current?.querySelector(`[data-line="${key}"]`);
    line?.setAttribute("data-lit", "");
    return () => line?.removeAttribute("data-lit");
  }, [board, key]);
}

/** A listing that opens near the lower edge is brought into view, the columns above it included. */
function useListed(board: RefObject<HTMLElement | null>, listed: string) {
  const shown = useRef(listed);
  useEffect(() => {
    if (shown.current === listed) return;
    shown.current = listed;
    const list = board.current?.querySelector("[data-listing]");
    if (list === null || list === undefined || list.getBoundingClientRect().top < window.innerHeight / 2) return;
    const behavior = prefersStill() ? "auto" : "smooth";
    list.scrollIntoView({ block: "start", behavior });
  }, [board, listed]);
}

function prefersStill(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function moveFrom(name: HTMLElement, from: DOMRect): void {
  if (prefersStill()) return;
  const to = name.getBoundingClientRect();
  const start = `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
  name.animate([{ transform: start }, { transform: "none" }], { duration: MOTION_MS, easing: "ease-out" });
}
