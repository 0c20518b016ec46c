import { writeSync } from "node:fs";

const REPORT_FD = 3;
const KIBIBYTE = 1024;

// Loaded with --import into a command under test: tells on a descriptor of its own how much memory it took.
process.on("exit", () => writeSync(REPORT_FD, String(process.resourceUsage().maxRSS * KIBIBYTE)));
