import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // Drivers that open sockets or find files beside themselves: loaded by Node, not bundled.
  serverExternalPackages: ["pg", "pg-copy-streams", "@prisma/adapter-pg", "@prisma/client"],
  devIndicators: false,
  // `npm run types` checks them; a person who starts the product need not wait for it.
  typescript: { ignoreBuildErrors: true },
};

export default config;
