"use client";

import { useSyncExternalStore } from "react";
import type { Activity } from "#lib/views/activity.ts";

const listeners = new Set<() => void>();
let stream: EventSource | undefined;
let latest: Activity | undefined;

/**
 * What is going on, live; `undefined` until the server has said it. One stream for all components of a page, closed while its tab
 * is hidden: a browser keeps six connections to a server, and each tab would take one.
 */
export function useActivity(): Activity | undefined {
  return useSyncExternalStore(follow, getLatest, getNothing);
}

function getLatest(): Activity | undefined {
  return latest;
}

function getNothing(): undefined {
  return undefined;
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    document.addEventListener("visibilitychange", openIfVisible);
    openIfVisible();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", openIfVisible);
    close();
  };
}

function openIfVisible(): void {
  if (document.hidden) close();
  else stream ??= open();
}

function open(): EventSource {
  // The browser connects again by itself after a lost connection.
  const opened = new EventSource("/jobs/events");
  opened.onmessage = ({ data }: MessageEvent<string>) => {
    latest = JSON.parse(data) as Activity;
    for (const listener of listeners) listener();
  };
  return opened;
}

function close(): void {
  stream?.close();
  stream = undefined;
}
