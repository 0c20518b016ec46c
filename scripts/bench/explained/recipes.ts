/** An ordinary image of one ecosystem, made from Debian's packages. */
export interface Recipe {
  readonly name: string;
  readonly packages: readonly string[];
  /** Shell commands that run inside the root, as the lines of a Dockerfile would. */
  readonly steps: readonly string[];
  /** Shell commands that run before them outside the root, which is `$1`: what needs this machine's settings for a network. */
  readonly outside?: readonly string[];
  readonly entrypoint: readonly string[];
  /** The package manager that is to have recorded Debian's packages. */
  readonly manager?: "rpm" | "apk";
}

const DROP_LISTS = "apt-get clean && rm -rf /var/lib/apt/lists/*";

export const RECIPES: readonly Recipe[] = [
  {
    name: "python",
    packages: ["python3", "python3-venv", "python3-requests", "python3-numpy", "python3-setuptools-whl"],
    steps: [
      "python3 -m venv /opt/app",
      "/opt/app/bin/pip install -q --no-index --find-links /usr/share/python-wheels setuptools",
      "mkdir -p /srv/app && echo 'import setuptools' > /srv/app/main.py",
      DROP_LISTS,
    ],
    entrypoint: ["/opt/app/bin/python", "/srv/app/main.py"],
  },
  {
    name: "node",
    packages: ["nodejs", "npm", "ca-certificates"],
    outside: [
      'mkdir -p "$1/srv/app" && cd "$1/srv/app" && npm init -y && npm install --silent --no-audit express@5.1.0 pg@8.16.3',
    ],
    steps: ["echo 'require(\"express\")()' > /srv/app/index.js", DROP_LISTS],
    entrypoint: ["node", "/srv/app/index.js"],
  },
  {
    name: "java",
    packages: ["default-jre-headless", "libguava-java", "libjackson2-databind-java", "liblog4j2-java", "zip"],
    steps: [
      "mkdir -p /tmp/fat/META-INF /tmp/fat/BOOT-INF/lib",
      "printf 'Manifest-Version: 1.0\\nMain-Class: app.Main\\n' > /tmp/fat/META-INF/MANIFEST.MF",
      "cd /usr/share/java && cp -L guava.jar jackson-*.jar log4j-api.jar /tmp/fat/BOOT-INF/lib",
      "mkdir -p /srv && cd /tmp/fat && zip -q -0 -r /srv/app.jar . && rm -rf /tmp/fat",
      DROP_LISTS,
    ],
    entrypoint: ["java", "-jar", "/srv/app.jar"],
  },
  {
    name: "go",
    packages: ["golang-go", "restic"],
    steps: [
      "mkdir -p /usr/local/src/app && cd /usr/local/src/app && go mod init example.org/app",
      'cd /usr/local/src/app && printf \'package main\\nimport "net/http"\\nfunc main() { http.ListenAndServe(":80", nil) }\' > main.go',
      "cd /usr/local/src/app && HOME=/root go build -o /usr/local/bin/app",
      "cp /usr/bin/restic /usr/local/bin/backup && dpkg --purge restic",
      DROP_LISTS,
    ],
    entrypoint: ["/usr/local/bin/app"],
  },
  {
    name: "rust",
    packages: ["cargo", "cargo-auditable"],
    steps: [
      "cd /usr/local/src && HOME=/root USER=root cargo new --vcs none --lib part && HOME=/root USER=root cargo new --vcs none app",
      "cd /usr/local/src/app && echo 'part = { path = \"../part\" }' >> Cargo.toml && HOME=/root cargo auditable build --release --offline",
      "cd /usr/local/src/app && cp target/release/app /usr/local/bin/app && rm -rf target",
      DROP_LISTS,
    ],
    entrypoint: ["/usr/local/bin/app"],
  },
  {
    name: "ruby",
    packages: ["ruby", "bundler", "ruby-sinatra", "ruby-nokogiri"],
    steps: [
      "mkdir -p /tmp/gem/lib && echo 'module Greeting; end' > /tmp/gem/lib/greeting.rb",
      'cd /tmp/gem && echo \'Gem::Specification.new { |s| s.name = "greeting"; s.version = "1.0"; s.summary = "a greeting"; s.authors = ["a"]; s.files = ["lib/greeting.rb"] }\' > greeting.gemspec',
      "cd /tmp/gem && gem build -q greeting.gemspec && gem install -q --local --no-document greeting-1.0.gem && rm -rf /tmp/gem",
      DROP_LISTS,
    ],
    entrypoint: ["ruby", "-rgreeting", "-e", "p 1"],
  },
  {
    name: "php",
    packages: ["php-cli", "php-mbstring", "composer"],
    steps: [
      'mkdir -p /tmp/part /srv/app && echo \'{"name":"example/part","version":"1.0.0"}\' > /tmp/part/composer.json && echo "<?php" > /tmp/part/part.php',
      'cd /srv/app && echo \'{"name":"example/app","repositories":[{"type":"path","url":"/tmp/part","options":{"symlink":false}},{"packagist.org":false}],"require":{"example/part":"*"}}\' > composer.json',
      "cd /srv/app && COMPOSER_ALLOW_SUPERUSER=1 HOME=/root composer install -q && echo '<?php' > index.php && rm -rf /tmp/part",
      DROP_LISTS,
    ],
    entrypoint: ["php", "/srv/app/index.php"],
  },
  {
    name: "server",
    packages: ["nginx", "git", "vim", "libdbd-pg-perl", "gcc"],
    steps: [],
    entrypoint: ["nginx", "-g", "daemon off;"],
  },
  {
    name: "rpm",
    packages: ["python3", "curl", "gzip"],
    steps: [],
    entrypoint: ["/bin/bash"],
    manager: "rpm",
  },
  {
    name: "apk",
    packages: ["busybox", "curl", "perl"],
    steps: [],
    entrypoint: ["/bin/sh"],
    manager: "apk",
  },
];
