"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";

/** The page's theme: the system's unless the reader chose one. */
export function Theme({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      {children}
    </ThemeProvider>
  );
}
