import { afterEach, describe, expect, it } from "vitest";
import { serveHttp } from "#testing/run/http-server.ts";
import { HttpClient } from "../http/http-client.ts";
import { Authorizer } from "./authorizer.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** What a registry at `home` gets that names a token server on the loopback interface, and the logins which that one saw. */
async function logIn(home: string, password: string | undefined) {
  const logins: (string | undefined)[] = [];
  const server = await serveHttp(({ url, headers }, response) => {
    if (url?.startsWith("/token")) {
      logins.push(headers.authorization);
      response.end('{"token":"t"}');
    } else response.writeHead(401, { "www-authenticate": `Bearer realm="http://${headers.host}/token"` }).end();
  });
  const client = new HttpClient({ signal: new AbortController().signal });
  closers.push(server.stop, () => client.close());
  const credentials = password === undefined ? undefined : ({ kind: "password", user: "me", password } as const);
  const response = await client.send({ url: new URL(server.url) });
  await response.discard();
  const answer = new Authorizer(client, credentials, new URL(home)).answer(response, "repository:app:pull");
  return { answer, logins };
}

describe("a token server on another host, over plain HTTP", () => {
  it("gets no login", async () => {
    const { answer, logins } = await logIn("http://192.0.2.1:5000", "secret");
    await expect(answer).rejects.toThrow(
      /^192\.0\.2\.1:5000: the login is not sent to the token server 127\.0\.0\.1:\d+/,
    );
    expect(logins).toEqual([]);
  });

  it("is asked for a token without one", async () => {
    const { answer, logins } = await logIn("http://192.0.2.1:5000", undefined);
    expect([await answer, logins]).toEqual(["Bearer t", [undefined]]);
  });

  it("gets the login if both are on the loopback interface", async () => {
    const { answer, logins } = await logIn("http://localhost:5000", "secret");
    expect([await answer, logins]).toEqual(["Bearer t", ["Basic bWU6c2VjcmV0"]]);
  });
});
