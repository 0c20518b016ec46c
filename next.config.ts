import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // Drivers that open sockets or read files beside their own: loaded by Node, not bundled.
  serverExternalPackages: ["pg", "pg-copy-streams", "pg-boss", "undici", "@prisma/adapter-pg", "@prisma/client"],
  devIndicators: false,
  // `npm run types` checks types, so that starting the product does not wait for it.
  typescript: { ignoreBuildErrors: true },
};

export default config;
