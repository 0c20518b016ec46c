import { expect, it } from "vitest";
import { listNamedPaths } from "./named-paths.ts";
import { toMovedConfig } from "./read-sides.ts";

function list(config: object): string[] {
  const json = JSON.stringify({ os: "linux", architecture: "amd64", rootfs: { diff_ids: [] }, config });
  return listNamedPaths(toMovedConfig(Buffer.from(json))).map(({ setting, word, use }) => `${setting} ${use} ${word}`);
}

it.each<[object, string[]]>([
  [{ Cmd: ["nginx", "-g", "daemon off;"] }, ["Cmd command nginx"]],
  [
    { Entrypoint: ["/tini", "--"], Cmd: ["app", "/etc/app.conf"] },
    ["Entrypoint command /tini", "Cmd argument /etc/app.conf"],
  ],
  [
    { Cmd: ["/bin/sh", "-c", "cd /srv && exec gunicorn app:app"] },
    ["Cmd command /bin/sh", "Cmd argument /srv", "Cmd command gunicorn"],
  ],
  [
    { Cmd: ["bash", "-lc", 'X=1 /opt/run "$1" | tee /var/log/x'] },
    ["Cmd command bash", "Cmd command /opt/run", "Cmd command tee", "Cmd argument /var/log/x"],
  ],
  [{ Cmd: ["sh", "/docker-entrypoint.sh"] }, ["Cmd command sh", "Cmd argument /docker-entrypoint.sh"]],
  [
    { Healthcheck: { Test: ["CMD-SHELL", "wget -q localhost || exit 1"] } },
    ["Healthcheck command /bin/sh", "Healthcheck command wget"],
  ],
  [{ Healthcheck: { Test: ["NONE"] } }, []],
  [
    { Env: ["JAVA_HOME=/jvm", "OPTS=-Dx=/etc/x -v", "URL=https://a/b", "P=/a:/b"] },
    ["Env JAVA_HOME variable /jvm", "Env OPTS variable /etc/x", "Env P variable /a", "Env P variable /b"],
  ],
  [{ WorkingDir: "/srv", Volumes: { "/data": {} } }, ["WorkingDir directory /srv", "Volume directory /data"]],
])("%j", (config, expected) => {
  expect(list(config)).toEqual(expected);
});
