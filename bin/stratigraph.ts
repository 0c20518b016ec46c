#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Before the first of our modules is loaded: it keeps their stripped types and byte code, half of a short command's time.
enableCompileCache();
const { main } = await import("#lib/cli/main.ts");

process.exitCode = await main(process.argv.slice(2));
