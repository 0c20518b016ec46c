/** Accounts (passwd(5), shadow(5), subuid(5)) with the backups that tools leave beside them. */
const ACCOUNTS = /^etc\/(?:passwd|group|shadow|gshadow|subuid|subgid)-?$/;

/** What dpkg and debconf know beyond what package detection reads. */
const DPKG =
  /^var\/(?:lib\/dpkg\/(?:status-old|available|arch|alternatives\/[^/]+|(?:statoverride|diversions)(?:-old)?|triggers\/[^/]+|info\/(?:format|[^/]+\.(?:md5sums|symbols|shlibs|triggers|templates|config|p(?:re|ost)(?:inst|rm))))|cache\/debconf\/[^/]+)$/;

const APK = /^(?:(?:usr\/)?lib\/apk\/db\/[^/]+|etc\/apk\/(?:world|arch|repositories))$/;

/** What is made of other files, and can be made again: the linker's cache, bundles of certificates. */
const GENERATED =
  /^(?:etc\/ld\.so\.cache|etc\/ssl\/(?:certs\/ca-certificates\.crt|cert\.pem|ca-bundle\.pem)|etc\/pki\/(?:tls\/certs\/ca-bundle\.crt|ca-trust\/extracted\/pem\/[^/]+\.pem)|etc\/ca-certificates\/extracted\/[^/]+\.pem|var\/lib\/ca-certificates\/ca-bundle\.pem)$/;

/** The number of Node.js' interface for compiled modules is in a header that comes with it. */
const VERSION_HEADER = /^usr\/(?:local\/)?include\/node(?:js)?\/(?:src\/)?node_version\.h$/;

const KINDS = [ACCOUNTS, DPKG, APK, GENERATED, VERSION_HEADER];

const PREFIX = /^(?:etc|var|lib|usr)\//;

/** Whether the checks of a rebase read the file at this path, beside those that package detection reads. */
export function isMovedDocument(path: string): boolean {
  return PREFIX.test(path) && KINDS.some((kind) => kind.test(path));
}
