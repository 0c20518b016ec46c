/** The system account that Postgres runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  /** `spawn` options to run as this account; {} unless we are root. */
  readonly spawnAs: { readonly uid: number; readonly gid: number } | Record<string, never>;
}

/** `nobody` on Linux and as an overflow id everywhere: owns nothing and needs no entry in /etc/passwd. */
const UNPRIVILEGED = 65534;

/** Postgres refuses to run as root, so root starts it under an id without rights; other users start it as themselves. */
export function serverAccount(): Account {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) {
    throw new Error("the embedded database needs Linux or macOS; set DATABASE_URL to your own Postgres");
  }
  if (uid !== 0) return { uid, gid, spawnAs: {} };
  return { uid: UNPRIVILEGED, gid: UNPRIVILEGED, spawnAs: { uid: UNPRIVILEGED, gid: UNPRIVILEGED } };
}

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Postgres takes settings and locales from the environment (PGDATA, PGPORT, LC_*): pass none of ours. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = { NODE_ENV: "production", LC_ALL: "C", TZ: "UTC" };
