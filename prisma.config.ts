import { defineConfig } from "prisma/config";

// Prisma's command line wants to download an engine that nothing here uses: `generate` and `validate` only need the
// variable to name some file. Set it before the check runs.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
