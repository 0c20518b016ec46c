import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { honestImage, type Lie, startLyingRegistry, type Truth } from "#testing/run/lying-registry.ts";
import { type CliRun, measureCli } from "#testing/run/run-cli.ts";

const MEBIBYTE = Buffer.alloc(1024 ** 2, "x");
const CEILING_BYTES = 512 * 1024 ** 2;
const { layer, layerDigest } = honestImage();

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

interface Case {
  readonly lie: Lie;
  readonly truth?: Truth;
  /** After `docker://HOST/`. */
  readonly source?: string;
  readonly status: 3 | 4;
  readonly says: RegExp;
}

/** Answers requests for paths that match. */
function at(pattern: RegExp, answer: (response: ServerResponse) => void): Lie {
  return (path, response) => {
    if (!pattern.test(path)) return false;
    answer(response);
    return true;
  };
}

/** Sends until the other side has had enough. */
function sendForever(response: ServerResponse): void {
  const send = () => {
    while (!response.destroyed && response.write(MEBIBYTE));
  };
  response.on("drain", send);
  send();
}

const CASES: Record<string, Case> = {
  "a layer with another digest": {
    lie: at(new RegExp(layerDigest), (response) => response.end(Buffer.alloc(layer.length, 1))),
    status: 3,
    says: /not a tar archive/,
  },
  "a layer longer than announced": {
    lie: () => false,
    truth: honestImage(layer.length - 512),
    status: 3,
    says: /the registry sends more/,
  },
  "a layer without end": {
    lie: at(new RegExp(layerDigest), sendForever),
    status: 3,
    says: /the registry sends more/,
  },
  "a manifest without end": {
    lie: at(/\/manifests\//, sendForever),
    status: 3,
    says: /more than 4194304 bytes of metadata/,
  },
  "a redirect to a file": {
    lie: at(/\/blobs\//, (response) => response.writeHead(307, { location: "file:///etc/passwd" }).end()),
    status: 4,
    says: /redirects from http: to file:/,
  },
  "a redirect to itself": {
    lie: at(/\/manifests\//, (response) => response.writeHead(307, { location: "" }).end()),
    status: 4,
    says: /more than 5 redirects/,
  },
  "a challenge for ever": {
    lie: (path, response, { headers }) => {
      if (path.startsWith("/token")) response.end('{"token":"t"}');
      else response.writeHead(401, { "www-authenticate": `Bearer realm="http://${headers.host}/token"` }).end();
      return true;
    },
    status: 4,
    says: /login refused/,
  },
  "a token without end": {
    lie: (path, response, { headers }) => {
      if (path.startsWith("/token")) sendForever(response);
      else response.writeHead(401, { "www-authenticate": `Bearer realm="http://${headers.host}/token"` }).end();
      return true;
    },
    status: 3,
    says: /more than 1048576 bytes of metadata/,
  },
  "a catalog without end": {
    lie: (path, response) => {
      if (!path.includes("_catalog")) return false;
      const next = Number(/page=(\d+)/.exec(path)?.[1] ?? 0) + 1;
      const repositories = Array.from({ length: 10_000 }, (_, i) => `r${next}/${i}`);
      response
        .writeHead(200, { link: `</v2/_catalog?page=${next}>; rel="next"` })
        .end(JSON.stringify({ repositories }));
      return true;
    },
    source: "none*",
    status: 3,
    says: /more than 100000 names in one list/,
  },
  "a catalog whose next page is itself": {
    lie: at(/_catalog/, (response) => {
      response.writeHead(200, { link: '</v2/_catalog?n=1000>; rel="next"' }).end('{"repositories":[]}');
    }),
    source: "",
    status: 3,
    says: /leads back to itself/,
  },
  "tags that are no list": {
    lie: at(/tags\/list/, (response) => response.end('{"tags":{"a":1}}')),
    source: "app:*",
    status: 3,
    says: /tags: /,
  },
  "a socket that closes in the middle of a layer, each time": {
    lie: at(new RegExp(layerDigest), (response) => {
      response.writeHead(200, { "content-length": layer.length });
      response.write(layer.subarray(0, 1000), () => response.destroy());
    }),
    status: 4,
    says: /connection was closed/,
  },
};

it.each(Object.entries(CASES))(
  "%s: one line, and nothing is stored",
  async (_, { lie, truth, source = "app:1", status, says }) => {
    const server = await startLyingRegistry(lie, truth);
    try {
      const run = await measureCli(["scan", `docker://${server.host}/${source}`], { databaseUrl: database.url });
      expect(run.stderr).toMatch(says);
      expect(run).toMatchObject({ status, stdout: "" });
      expect(errorLines(run)).toHaveLength(1);
      expect(run.peakBytes).toBeLessThan(CEILING_BYTES);
    } finally {
      await server.stop();
    }
    const { rows } = await database.pool.query("SELECT FROM layer UNION ALL SELECT FROM artifact");
    expect(rows).toEqual([]);
  },
);

function errorLines({ stderr }: CliRun): string[] {
  return stderr.split("\n").filter((line) => line !== "");
}
