"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Milliseconds between two looks: a scan that has ended shows before one has turned back from the terminal. */
const LOOK_EVERY = 2000;

/** Shows the page anew when artifacts have come or gone since it was made. `stamp`: of `/changes`, at that time. */
export function FollowScans({ stamp }: { stamp: string }) {
  const router = useRouter();
  useEffect(() => {
    const look = async () => {
      // Nobody sees it: the next look that somebody can see will do.
      if (!document.hidden && (await askStamp(stamp)) !== stamp) router.refresh();
    };
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [router, stamp]);
  return null;
}

/** `known` where the server does not answer, or its database does not: nothing new can be shown then. */
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
