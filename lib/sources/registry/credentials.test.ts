import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { findCredentials } from "./credentials.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-login-"));
const file = join(folder, "config.json");
const env = {
  ...process.env,
  DOCKER_CONFIG: folder,
  XDG_RUNTIME_DIR: folder,
  XDG_CONFIG_HOME: folder,
  PATH: `${folder}:${process.env.PATH}`,
};
afterAll(() => rmSync(folder, { recursive: true }));

const basic = (text: string) => ({ auth: Buffer.from(text).toString("base64") });
const find = (host: string, repository: string, login: object) => {
  writeFileSync(file, JSON.stringify(login));
  return findCredentials(host, repository, env);
};

it("takes the most specific login", async () => {
  const auths = { "h.example": basic("all:1"), "h.example/team": basic("team:a:b") };
  expect(await find("h.example", "team/app", { auths })).toEqual({ kind: "password", user: "team", password: "a:b" });
  expect(await find("h.example", "other/app", { auths })).toEqual({ kind: "password", user: "all", password: "1" });
  expect(await find("other.example", "app", { auths })).toBeUndefined();
});

it("knows the older key of Docker Hub, and identity tokens", async () => {
  const auths = { "https://index.docker.io/v1/": { identitytoken: "refresh" } };
  expect(await find("docker.io", "library/debian", { auths })).toEqual({ kind: "identity", token: "refresh" });
});

it("asks a credential helper, and takes its no for an answer", async () => {
  const helper = join(folder, "docker-credential-test");
  writeFileSync(
    helper,
    '#!/bin/sh\nread -r host\n[ "$host" = h.example ] || { echo "credentials not found in native keychain"; exit 1; }\necho \'{"Username":"u","Secret":"s"}\'\n',
  );
  chmodSync(helper, 0o755);
  const login = { credHelpers: { "h.example": "test", "other.example": "test" } };
  expect(await find("h.example", "app", login)).toEqual({ kind: "password", user: "u", password: "s" });
  expect(await find("other.example", "app", login)).toBeUndefined();
  await expect(find("h.example", "app", { credHelpers: { "h.example": "missing" } })).rejects.toThrow(
    "docker-credential-missing gave no login for h.example",
  );
});

it("names a file that is no login file", async () => {
  writeFileSync(file, "{");
  await expect(findCredentials("h.example", "app", env)).rejects.toThrow("config.json: cannot be read as a login file");
});
