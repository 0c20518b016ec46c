import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { UsageError } from "#lib/model/problem.ts";
import type { Environment } from "#lib/model/rights.ts";
import { acceptToken, readAccess, rightsOf } from "./access.ts";

const TOKEN = "a secret, ü";
const REPORT = `/r/${"a2".repeat(12)}`;
const PUBLIC = { HOST: "0.0.0.0", STRATIGRAPH_TOKEN: TOKEN };
const PROXIED = { STRATIGRAPH_URL: "https://strata.example.org", STRATIGRAPH_TOKEN: TOKEN };

function ask(url: string, method = "GET", headers: IncomingMessage["headers"] = {}): IncomingMessage {
  return { url, method, headers } as IncomingMessage;
}

function rights(environment: Environment, ...request: Parameters<typeof ask>) {
  return rightsOf(ask(...request), readAccess(environment));
}

it("gives a server on loopback without a token all rights", () => {
  expect(rights({}, "/", "POST")).toBe("write");
});

it("lets everybody read on loopback, and only the token write", () => {
  const local = { STRATIGRAPH_TOKEN: TOKEN };
  expect(rights(local, "/artifacts.csv")).toBe("read");
  expect(rights(local, "/r", "POST")).toBeUndefined();
  expect(rights(local, "/r", "OPTIONS")).toBeUndefined();
  expect(rights(local, "/r", "POST", { cookie: `a=b; stratigraph_token=${encodeURIComponent(TOKEN)}` })).toBe("write");
});

it.each([PUBLIC, PROXIED])("opens only reports, their pictures and files to others: %o", (environment) => {
  const opened = [
    REPORT,
    `${REPORT}?cell=0.1`,
    `${REPORT}/export/html`,
    `${REPORT}/opengraph-image-1x2?3`,
    "/icon.svg",
    "/_next/static/a.js",
  ];
  for (const url of opened) expect(rights(environment, url), url).toBe("report");
  const closed = [
    "/",
    "/r",
    "/reports",
    "/artifacts.csv",
    "/jobs/events",
    `${REPORT}/words`,
    `${REPORT}/../../artifacts.csv`,
    `${REPORT}/..%2f..%2fartifacts.csv`,
    `/artifacts.csv\\..${REPORT}`,
    `//other${REPORT}`,
    `/r/${"A2".repeat(12)}`,
  ];
  for (const url of closed) expect(rights(environment, url), url).toBeUndefined();
  expect(rights(environment, REPORT, "POST")).toBeUndefined();
});

it("follows STRATIGRAPH_READ", () => {
  expect(rights({ ...PUBLIC, STRATIGRAPH_READ: "open" }, "/")).toBe("read");
  expect(rights({ ...PUBLIC, STRATIGRAPH_READ: "token" }, REPORT)).toBeUndefined();
  expect(rights({ STRATIGRAPH_TOKEN: TOKEN, STRATIGRAPH_READ: "reports" }, "/")).toBeUndefined();
});

it.each([
  [{ HOST: "0.0.0.0" }, "HOST=0.0.0.0 is reachable by others: set STRATIGRAPH_TOKEN to a secret"],
  [
    { STRATIGRAPH_URL: "https://strata.example.org" },
    "STRATIGRAPH_URL=https://strata.example.org/ is reachable by others: set STRATIGRAPH_TOKEN to a secret",
  ],
  [{ STRATIGRAPH_READ: "token" }, "STRATIGRAPH_READ=token needs a secret: set STRATIGRAPH_TOKEN"],
  [{ STRATIGRAPH_READ: "all" }, "STRATIGRAPH_READ=all: expected open, reports, token"],
  [
    { STRATIGRAPH_URL: "strata.example.org" },
    /^STRATIGRAPH_URL=strata.example.org: expected an address without a path/,
  ],
  [{ STRATIGRAPH_URL: "https://example.org/strata" }, /expected an address without a path/],
  [{ STRATIGRAPH_URL: "ftp://example.org" }, /expected an address without a path/],
])("refuses %o in one line", (environment, message) => {
  expect(() => readAccess(environment)).toThrow(UsageError);
  expect(() => readAccess(environment)).toThrow(message);
});

it("answers on loopback to its own names and, behind a proxy, to that of STRATIGRAPH_URL", () => {
  expect(readAccess({}).names).toEqual(new Set(["127.0.0.1", "::1", "localhost"]));
  expect(readAccess(PROXIED).names).toContain("strata.example.org");
  expect(readAccess(PUBLIC).names).toBeUndefined();
});

it("has browsers keep the token for HTTPS only where others use that", () => {
  expect(acceptToken(TOKEN, readAccess(PROXIED))).toMatch(/; HttpOnly; SameSite=Lax; Path=\/; Secure$/);
  expect(acceptToken(TOKEN, readAccess(PUBLIC))).not.toContain("Secure");
  expect(acceptToken("another", readAccess(PUBLIC))).toBeUndefined();
  expect(acceptToken(null, readAccess(PUBLIC))).toBeUndefined();
});
