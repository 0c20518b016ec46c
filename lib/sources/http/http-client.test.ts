import type { RequestListener } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { serveHttp, type TestServer } from "#testing/run/http-server.ts";
import { isPrivateAddress } from "./address-policy.ts";
import { HttpClient, type HttpClientOptions } from "./http-client.ts";
import { HTTP_LIMITS } from "./limits.ts";
import { readWhole } from "./read-whole.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(listener: RequestListener): Promise<TestServer> {
  const server = await serveHttp(listener);
  closers.push(server.stop);
  return server;
}

function openClient(options: Partial<HttpClientOptions> = {}): HttpClient {
  const client = new HttpClient({ signal: new AbortController().signal, ...options });
  closers.push(() => client.close());
  return client;
}

async function getText(client: HttpClient, url: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await client.send({ url: new URL(url), headers });
  return `${response.status} ${Buffer.from(await readWhole(response, 1000)).toString()}`;
}

describe("redirects", () => {
  it("are followed, without the credentials on another host", async () => {
    const seen: (string | undefined)[] = [];
    const storage = await serve(({ headers }, response) => {
      seen.push(headers.authorization);
      response.end("bytes");
    });
    const registry = await serve((_, response) => response.writeHead(307, { location: `${storage.url}/blob` }).end());
    expect(await getText(openClient(), registry.url, { Authorization: "Basic c2VjcmV0" })).toBe("200 bytes");
    expect(seen).toEqual([undefined]);
  });

  it("keep the credentials on the same host", async () => {
    const { url } = await serve(({ url: path, headers }, response) => {
      if (path === "/b") response.end(headers.authorization);
      else response.writeHead(302, { location: "/b" }).end();
    });
    expect(await getText(openClient(), url, { authorization: "Basic c2VjcmV0" })).toBe("200 Basic c2VjcmV0");
  });

  it("end after five", async () => {
    let count = 0;
    const { url } = await serve((_, response) => response.writeHead(302, { location: `/${++count}` }).end());
    await expect(getText(openClient(), url)).rejects.toThrow("more than 5 redirects");
    expect(count).toBe(6);
  });

  it.each(["file:///etc/passwd", "ftp://127.0.0.1/", "http://["])("do not lead to %s", async (location) => {
    const { url } = await serve((_, response) => response.writeHead(302, { location }).end());
    await expect(getText(openClient(), url)).rejects.toThrow(/redirects/);
  });
});

describe("private addresses", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "192.168.0.1",
    "169.254.169.254",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "0.0.0.0",
  ])("%s is one", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(["8.8.8.8", "2606:4700::1111"])("%s is none", (address) => expect(isPrivateAddress(address)).toBe(false));

  it("are not reached by a client that only reads public hosts, by address or by name", async () => {
    const { host } = await serve((_, response) => response.end("secret"));
    const client = openClient({ reach: "public" });
    await expect(getText(client, `http://${host}/`)).rejects.toThrow("127.0.0.1 is a private address");
    const port = host.slice(host.indexOf(":"));
    await expect(getText(client, `http://localhost${port}/`)).rejects.toThrow(/localhost is at the private address/);
  });
});

it("a private address that a public server names is not reached", async () => {
  const { url } = await serve((_, response) => response.end("secret"));
  const sent = openClient().send({ url: new URL(url), namedBy: new URL("https://8.8.8.8/") });
  await expect(sent).rejects.toThrow("127.0.0.1 is a private address");
});

it.each(["169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]"])(
  "a redirect from a private address does not lead to the link-local %s",
  async (address) => {
    const { url } = await serve((_, response) => response.writeHead(307, { location: `http://${address}/` }).end());
    await expect(getText(openClient(), url)).rejects.toThrow(/is a private address, which is not read from here/);
  },
);

describe("broken servers", () => {
  it("are asked again after a 503 and a 429, as Retry-After says", async () => {
    const statuses = [503, 429];
    const { url } = await serve((_, response) => {
      const status = statuses.shift();
      if (status === undefined) response.end("done");
      else response.writeHead(status, { "retry-after": "0" }).end();
    });
    expect(await getText(openClient(), url)).toBe("200 done");
  });

  it("continue a body where the connection was lost", async () => {
    const ranges: (string | undefined)[] = [];
    const { url } = await serve(({ headers }, response) => {
      ranges.push(headers.range);
      if (headers.range === undefined) {
        response.writeHead(200, { "content-length": 10, etag: '"x"' });
        response.write("01234", () => response.destroy());
      } else
        response.writeHead(206, { "content-range": "bytes 5-9/10", "content-length": 5, etag: '"x"' }).end("56789");
    });
    expect(await getText(openClient(), url)).toBe("200 0123456789");
    expect(ranges).toEqual([undefined, "bytes=5-9"]);
  });

  it("are given up if they send nothing, or a byte at a time", async () => {
    const limits = { ...HTTP_LIMITS, waitMs: 300, bytesPerWait: 100, retries: 0 };
    const silent = await serve(() => undefined);
    await expect(getText(openClient({ limits }), silent.url)).rejects.toThrow("no answer in time");
    const slow = await serve((_, response) => {
      const timer = setInterval(() => response.write("x"), 50);
      response.on("close", () => clearInterval(timer));
    });
    await expect(getText(openClient({ limits }), slow.url)).rejects.toThrow(/sent only \d+ bytes/);
  });

  it("that send more metadata than allowed are bad input", async () => {
    const { url } = await serve((_, response) => response.end("x".repeat(1001)));
    await expect(getText(openClient(), url)).rejects.toThrow("more than 1000 bytes of metadata");
  });

  it("that do not exist are named in one line", async () => {
    const { url, stop, host } = await serveHttp(() => undefined);
    await stop();
    await expect(getText(openClient(), url)).rejects.toThrow(`${host}: connection refused`);
    await expect(getText(openClient(), "http://nowhere.invalid/")).rejects.toThrow("nowhere.invalid: host not found");
  });
});

it("stops when its signal is aborted", async () => {
  const { url } = await serve(() => undefined);
  const interrupt = new AbortController();
  const client = openClient({ signal: interrupt.signal });
  setTimeout(() => interrupt.abort(new Error("interrupted")), 50);
  await expect(getText(client, url)).rejects.toThrow("interrupted");
});
