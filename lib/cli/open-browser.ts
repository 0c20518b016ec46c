import { spawn } from "node:child_process";
import { say, type Terminal } from "./terminal.ts";

/** A browser that is still running after so many milliseconds has opened. */
const OPENS_WITHIN_MS = 3000;

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** Opens an address in the person's browser. Where there is none, one line says so. */
export async function openBrowser(terminal: Terminal, url: string): Promise<void> {
  if (!(await tryOpen(url))) say(terminal, `no browser could be opened for ${url}`);
}

function tryOpen(url: string): Promise<boolean> {
  const [program, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  const child = spawn(program!, [...args, url], { detached: true, stdio: "ignore" });
  child.unref();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, OPENS_WITHIN_MS, true);
    const end = (isOpen: boolean) => {
      clearTimeout(timer);
      resolve(isOpen);
    };
    child.once("error", () => end(false)).once("exit", (status) => end(status === 0));
  });
}
