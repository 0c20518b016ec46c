import { spawn } from "node:child_process";
import { print, type Terminal } from "./terminal.ts";

/** A browser that has not ended by then has opened. */
const MAX_START_MS = 3000;

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** Opens an address in the user's browser, or prints that there is none. */
export async function openBrowser(terminal: Terminal, url: string): Promise<void> {
  if (!(await tryOpen(url))) print(terminal, `no browser could be opened for ${url}`);
}

function tryOpen(url: string): Promise<boolean> {
  const [program, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  const child = spawn(program!, [...args, url], { detached: true, stdio: "ignore" });
  child.unref();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, MAX_START_MS, true);
    const end = (isOpen: boolean) => {
      clearTimeout(timer);
      resolve(isOpen);
    };
    child.once("error", () => end(false)).once("exit", (status) => end(status === 0));
  });
}
