import { describe, expect, it } from "vitest";
import { viewPackages } from "#testing/builders/packages.ts";
import { listStartedFiles } from "./started-files.ts";

describe("the files that a command starts", () => {
  it.each([
    [["nginx", "-g", "daemon off;"], ["nginx"]],
    [
      ["/bin/sh", "-c", "exec nginx -g 'daemon off;'"],
      ["/bin/sh", "nginx"],
    ],
    [
      ["sh", "-ec", "A=1 B=2 exec /srv/run --now"],
      ["sh", "/srv/run"],
    ],
    [
      ["sh", "-c", "first && second"],
      ["sh", "first"],
    ],
    [
      ["sh", "-c", "first;second"],
      ["sh", "first"],
    ],
    // What the shell expands is not followed, in any place that would be the program.
    [["sh", "-c", "$SERVER --port 80"], ["sh"]],
    [["sh", "-c", "/opt/$NAME/run"], ["sh"]],
    [["sh", "-c", "node$X"], ["sh"]],
    [["sh", "-c", ""], ["sh"]],
    [["sh", "-c"], ["sh"]],
    [["bash", "start.sh", "-c", "x"], ["bash"]],
    [
      ["/usr/bin/env", "-i", "A=1", "node", "server.js"],
      ["/usr/bin/env", "node", "server.js"],
    ],
    [
      ["tini", "--", "gosu", "app", "sh", "-c", "exec node --enable-source-maps dist/main.js"],
      ["tini", "gosu", "sh", "node", "dist/main.js"],
    ],
    [
      ["dumb-init", "-r", "15:2", "python3.13", "-u", "/app/main.py"],
      ["dumb-init", "python3.13", "/app/main.py"],
    ],
    [["python3", "-m", "http.server"], ["python3"]],
    [
      ["docker-entrypoint.sh", "node", "server.js"],
      ["docker-entrypoint.sh", "node", "server.js"],
    ],
    [
      ["docker-php-entrypoint", "php-fpm"],
      ["docker-php-entrypoint", "php-fpm"],
    ],
    [
      ["java", "-Xmx1g", "-jar", "app.jar", "x"],
      ["java", "app.jar"],
    ],
    [
      ["java", "-cp", "a.jar:/lib/*::conf", "org.example.Main"],
      ["java", "a.jar", "/lib/*", "conf"],
    ],
    [
      ["java", "--class-path=b.jar", "Main"],
      ["java", "b.jar"],
    ],
    [["java", "-cp"], ["java"]],
    [["java", "-version"], ["java"]],
    [
      ["dotnet", "exec", "App.dll"],
      ["dotnet", "App.dll"],
    ],
    [
      ["deno", "run", "main.ts"],
      ["deno", "main.ts"],
    ],
    [["node"], ["node"]],
    [[], []],
    [[""], []],
  ])("%j: %j", (command, expected) => {
    expect(listStartedFiles(command).map(({ path }) => path)).toEqual(expected);
  });

  it("ends, however commands are nested", () => {
    expect(listStartedFiles(Array(1000).fill("env"))).toHaveLength(8);
  });
});

describe("the components that a command starts", () => {
  const image = {
    "var/lib/dpkg/status": "",
    "usr/bin/node": "1",
    "usr/bin/sh": "1",
    "app/package.json": "{}",
    "app/node_modules/server/package.json": JSON.stringify({ name: "server" }),
    "app/node_modules/server/main.js": "1",
    "app/node_modules/.bin/server": { symlink: "../server/main.js" },
  };
  const roots = (command: readonly string[], workingDir?: string) =>
    viewPackages(image, command, undefined, workingDir).rootReasons;

  it("are roots, also that of the script, which is looked up in the working directory", () => {
    const script = ["node", "node_modules/.bin/server"];
    expect(roots(script, "/app")["app/node_modules/server"]).toBe("entrypoint");
    expect(roots(script)["app/node_modules/server"]).not.toBe("entrypoint");
    expect(roots(["sh", "-c", "node /app/node_modules/server/main.js"])["app/node_modules/server"]).toBe("entrypoint");
  });
});
