import { useEffect, useState } from "react";

/** The time in milliseconds since the epoch, every second; at first the server's, so that both make the same page. */
export function useNow(first: number): number {
  const [now, setNow] = useState(first);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
