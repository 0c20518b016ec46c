import type { IncomingMessage, ServerResponse } from "node:http";
import { toHtmlText } from "#lib/exports/to-html-text.ts";

/** Always asks for the token, unless the browser has it. */
export const SIGN_IN_PATH = "/sign-in";

const ADVICE = "open this address once with ?token= and the server's STRATIGRAPH_TOKEN";

/** The response to a request that needs the token: a form for people, one line for programs. */
export function sendSignIn(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { pathname, searchParams }: URL,
): undefined {
  const isPerson = headers.accept?.includes("text/html") ?? false;
  const type = isPerson ? "html" : "plain";
  // Does not wait for the rest of the body.
  response.writeHead(401, { "Content-Type": `text/${type}; charset=utf-8`, Connection: "close" });
  // The path of a form is no page.
  const path = method === "GET" || method === "HEAD" ? toOwnPath(pathname) : SIGN_IN_PATH;
  response.end(isPerson ? toPage(path, searchParams) : `${ADVICE}\n`);
}

/** Sends a browser that has the token to the page that it asked for, whose address then does not contain the token. */
export function sendOn(response: ServerResponse, { pathname, searchParams }: URL): undefined {
  searchParams.delete("token");
  const query = searchParams.size === 0 ? "" : `?${searchParams}`;
  response.writeHead(303, { Location: (pathname === SIGN_IN_PATH ? "/" : toOwnPath(pathname)) + query }).end();
}

/** Two leading slashes would make it the address of another host. */
function toOwnPath(pathname: string): string {
  return pathname.replace(/^\/+/, "/");
}

/** A form that leads to the page that was asked for. */
function toPage(path: string, query: URLSearchParams): string {
  const wrong = query.has("token") ? `<p role="alert">That is not the token of this server.</p>` : "";
  const kept = [...query].filter(([name]) => name !== "token").map(([name, value]) => toHidden(name, value));
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Token needed – Stratigraph</title>
<meta name="viewport" content="width=device-width"><style>${STYLE}</style>
<main><h1>This needs the server’s token</h1>
<p>Ask the person who runs it for the value of <code>STRATIGRAPH_TOKEN</code>. This browser keeps it until you close it.</p>
<form action="${toHtmlText(path)}">${kept.join("")}
<label>Token <input name="token" type="password" required autofocus autocomplete="current-password"></label>
<button>Continue</button></form>${wrong}</main></html>
`;
}

function toHidden(name: string, value: string): string {
  return `<input type="hidden" name="${toHtmlText(name)}" value="${toHtmlText(value)}">`;
}

const STYLE = `:root{color-scheme:light dark;--ground:#fafbfa;--ink:#1c2322;--dim:#58605e;--line:#8b9491;--accent:#007255;--warn:#a34a00}
@media(prefers-color-scheme:dark){:root{--ground:#101413;--ink:#e8ecea;--dim:#a9b0ad;--line:#727a77;--accent:#3fd6ad;--warn:#f0a35e}}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 "Geist",system-ui,sans-serif}
main{max-width:30rem;margin:18vh auto 0;padding:0 1.5rem}h1{font-size:1.5rem;font-weight:500;letter-spacing:-.02em;margin:0}
p{color:var(--dim);margin:.75rem 0 1.5rem}p[role]{color:var(--warn);margin:1rem 0}
form{display:flex;gap:.75rem;align-items:end}label{flex:1;font-size:.8125rem;color:var(--dim)}
input{display:block;box-sizing:border-box;width:100%;height:2.25rem;margin-top:.25rem;padding:0 .75rem;border:1px solid var(--line);
border-radius:6px;background:none;color:var(--ink);font:inherit}
button{height:2.25rem;padding:0 1rem;border:0;border-radius:6px;background:var(--accent);color:var(--ground);font:inherit;cursor:pointer}`;
