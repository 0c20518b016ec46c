"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** A scan in a terminal shows before a person has switched to the browser. */
const POLL_MS = 2000;

/** Reloads a page's data when artifacts were added or removed since it was rendered. `stamp`: of `/changes` at that time. */
export function FollowScans({ stamp }: { stamp: string }) {
  const router = useRouter();
  useEffect(() => {
    const look = async () => {
      // A hidden tab waits until it is shown.
      if (!document.hidden && (await askStamp(stamp)) !== stamp) router.refresh();
    };
    const timer = setInterval(look, POLL_MS);
    return () => clearInterval(timer);
  }, [router, stamp]);
  return null;
}

/** The current stamp; `known` if the server or its database does not answer, since there is nothing new to show then. */
async function askStamp(known: string): Promise<string> {
  try {
    const response = await fetch("/changes");
    if (!response.ok) return known;
    const { stamp } = (await response.json()) as { stamp: string };
    return stamp;
  } catch (error) {
    if (error instanceof TypeError) return known;
    throw error;
  }
}
