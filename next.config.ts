import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // Drivers that open sockets or find files beside themselves: loaded by Node, not bundled.
  serverExternalPackages: ["pg", "pg-copy-streams", "@prisma/adapter-pg", "@prisma/client"],
  devIndicators: false,
};

export default config;
