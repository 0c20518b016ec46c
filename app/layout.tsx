import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Patterns } from "#components/charts/shapes.tsx";
import { Header } from "#components/shell/header.tsx";
import { Theme } from "#components/shell/theme.tsx";
import { TooltipLayer } from "#components/ui/tooltip-layer.tsx";
import { RIGHTS_HEADER, type Rights } from "#lib/model/rights.ts";
import "./globals.css";

export const metadata: Metadata = {
  // Used if the server's host name is unknown. Reports, the only pages with a link preview, set their own.
  metadataBase: new URL("http://127.0.0.1"),
  title: { default: "Stratigraph", template: "%s · Stratigraph" },
  description: "Shows what container images and Guix and Nix stores contain, why, and what it costs.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafbfa" },
    { media: "(prefers-color-scheme: dark)", color: "#101413" },
  ],
};

/** The build renders no page to see whether it is static: that would start the embedded database, and nothing would stop it. */
export const dynamic = "force-dynamic";

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Set by our server for each response; `next dev` sets none.
  const sent = await headers();
  const nonce = sent.get("x-nonce") ?? undefined;
  const rights = (sent.get(RIGHTS_HEADER) ?? "write") as Rights;
  return (
    <html
      lang="en"
      data-rights={rights}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <body>
        <Theme nonce={nonce}>
          <a
            href="#content"
            className="absolute -top-12 left-4 z-50 rounded-md bg-ink px-3 py-2 text-ground focus:top-2"
          >
            Skip to content
          </a>
          <Patterns />
          <Header rights={rights} />
          <main id="content">
            {children}
            {/* In a landmark, as all that is read out must be. */}
            <TooltipLayer />
          </main>
        </Theme>
      </body>
    </html>
  );
}
