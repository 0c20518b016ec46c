import { notFound } from "next/navigation";

/** A layer's position in a URL; the page for an unknown address if it is none. */
export function parsePosition(text: string): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : notFound();
}
