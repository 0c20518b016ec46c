"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";

/** The page's theme: the system's unless the reader chose one. `nonce`: lets its inline script run before the first paint. */
export function Theme({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider nonce={nonce} attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      {children}
    </ThemeProvider>
  );
}
