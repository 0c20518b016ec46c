/** Accounts (passwd(5), shadow(5), subuid(5)) with the backups that tools leave beside them. */
const ACCOUNTS = /^etc\/(?:passwd|group|shadow|gshadow|subuid|subgid)-?$/;

/** What dpkg and debconf know beyond what package detection reads. */
const DPKG =
  /^var\/(?:lib\/dpkg\/(?:status-old|available|arch|alternatives\/[^/]+|(?:statoverride|diversions)(?:-old)?|triggers\/[^/]+|info\/(?:format|[^/]+\.(?:md5sums|symbols|shlibs|triggers|templates|config|p(?:re|ost)(?:inst|rm))))|cache\/debconf\/[^/]+)$/;

const APK = /^(?:(?:usr\/)?lib\/apk\/db\/[^/]+|etc\/apk\/(?:world|arch|repositories))$/;

const PREFIX = /^(?:etc|var|lib|usr)\//;

/** Whether the checks of a rebase read the file at this path, beside those that package detection reads. */
export function isMovedDocument(path: string): boolean {
  return PREFIX.test(path) && (ACCOUNTS.test(path) || DPKG.test(path) || APK.test(path));
}
