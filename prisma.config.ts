import { defineConfig } from "prisma/config";

// Prisma's command line would download an engine that is not used here: for `generate` and `validate`, the variable only has to
// name a file. Set before the check runs.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
