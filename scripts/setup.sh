#!/bin/sh
# Runs before `npm run demo` and `npm test`: sh scripts/setup.sh demo|test|build
# Installs what is missing and prints one line for each; prints nothing when nothing is missing.
set -eu

case ${1-} in
  demo) needs='modules redis page' wants='' ;;
  test) needs='modules redis page program chromium' wants='postgres nginx headless' ;;
  build) needs='page program' wants='' ;;
  *) echo 'usage: sh scripts/setup.sh demo|test|build' >&2 && exit 1 ;;
esac

# Each need and each want has two functions: NAME_ready and install_NAME. The script fails without a
# need and continues without a want.

modules_ready() {
  { cmp -s package-lock.json "$stamp" || installed_by_hand; } && bundled_node_runs
}

install_modules() {
  why='node_modules is missing'
  [ ! -d node_modules ] || why='node_modules does not match package-lock.json'
  ! cmp -s package-lock.json "$stamp" || why='the Node.js in node_modules does not run'
  has npm || stop 'npm is missing. Install Node.js with npm: https://nodejs.org/en/download'
  say "installing the npm packages: $why"
  # The PATH of npm starts with these packages, so npm would run a broken node.
  rm -f node_modules/.bin/node node_modules/.package-lock.json "$stamp"
  if ! npm ci --include=dev --no-audit --no-fund --loglevel=error >/dev/null; then
    rm -f node_modules/.package-lock.json
    stop 'npm ci failed, see above. When the registry can be reached, type: npm ci'
  fi
  bundled_node_runs ||
    stop 'the npm package "node" is not set up. Type: npm rebuild --ignore-scripts=false node'
  cp package-lock.json "$stamp"
}

redis_ready() { has redis-server || has valkey-server; }

install_redis() {
  # Debian's package starts a service immediately and at every boot. The script disables it unless it
  # ran before: the program starts its own Redis process.
  service_before=$(service_is_on redis-server)
  install_package 'redis-server, which stores the queue' redis-server redis
  [ "$service_before" = yes ] || switch_service_off redis-server
  redis_ready || stop 'redis-server was installed but is not on the PATH'
}

# Packages do not add the server's programs to the PATH (test/support/postgres/find-postgres.ts).
postgres_ready() {
  for home in /usr/lib/postgresql/* /opt/homebrew/opt/postgresql* /usr/local/opt/postgresql*; do
    [ ! -x "$home/bin/initdb" ] || return 0
  done
  has initdb
}

install_postgres() {
  service_before=$(service_is_on postgresql)
  install_package 'Postgres, for the ledger tests' postgresql postgresql
  [ "$service_before" = yes ] || switch_service_off postgresql
  postgres_ready || stop 'Postgres was installed but its initdb cannot be found'
}

# A user other than root does not have /usr/sbin on the PATH (test/support/services/nginx.ts).
nginx_ready() { has nginx || [ -x /usr/sbin/nginx ]; }

install_nginx() {
  service_before=$(service_is_on nginx)
  install_package 'nginx, for the tests behind a proxy' nginx nginx
  [ "$service_before" = yes ] || switch_service_off nginx
  nginx_ready || stop 'nginx was installed but cannot be found'
}

# The page is built from its own sources, those that it shares with the server, and the packages.
page_ready() {
  is_built dist/page/index.html src/dashboard src/domain src/messages src/files src/server/schemas \
    package-lock.json
}

install_page() { build page dist/page/index.html; }

# The program is built from all other sources.
program_ready() {
  is_built dist/cli.js src workers scripts/program-assets.ts vite.config.ts package-lock.json \
    -path src/dashboard -prune -o
}

install_program() { build program dist/cli.js; }

chromium_ready() {
  has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome ||
    has google-chrome-stable ||
    [ -d '/Applications/Google Chrome.app' ] || [ -d /Applications/Chromium.app ]
}

install_chromium() {
  what='Chromium, for the dashboard tests'
  name=chromium
  ! apt_offers chromium-headless-shell || name=chromium-headless-shell
  install_package "$what" "$name" '--cask google-chrome'
}

# The tests need only 60 % of the processor time in the headless build of Chromium.
headless_ready() {
  has chromium-headless-shell || ! apt_offers chromium-headless-shell || ! may_install
}

install_headless() {
  install_package 'headless Chromium, for faster tests' chromium-headless-shell ''
}

# Helper functions.

stamp=node_modules/.installed-package-lock.json
lock=.setup.lock
locked=

has() { command -v "$1" >/dev/null 2>&1; }

say() { printf 'setup: %s\n' "$*" >&2; }

stop() {
  say "$*"
  exit 1
}

bundled_node_runs() { node_modules/.bin/node --version >/dev/null 2>&1; }

# is_built FILE SOURCES_OF_FIND: whether the file exists and is newer than its sources
is_built() {
  built=$1
  shift
  [ -f "$built" ] && [ -z "$(find "$@" -newer "$built" -print 2>/dev/null)" ]
}

# build WHAT FILE
build() {
  why='it is older than its sources'
  [ -f "$2" ] || why='it is missing'
  say "building the $1: $why"
  output=$(npm run -s "build:$1" 2>&1) || {
    by_hand='npm run build'
    failed
  }
}

# npm records its installation. A record that is newer than the lock file comes from a manual
# installation, which does not need to be repeated.
installed_by_hand() {
  [ ! -e "$stamp" ] && [ node_modules/.package-lock.json -nt package-lock.json ] &&
    cp package-lock.json "$stamp" 2>/dev/null
}

# install_package WHAT_AND_WHY APT_NAME BREW_ARGUMENTS
install_package() {
  root=
  if [ "$(uname -s)" = Darwin ]; then
    has brew || stop "missing: $1. Install Homebrew (https://brew.sh) and type: brew install $3"
    by_hand="brew install $3"
    say "installing $1: $by_hand"
    # shellcheck disable=SC2086 # the arguments are meant to be split
    output=$(brew install $3 2>&1) || failed
  elif has apt-get; then
    by_hand="sudo apt-get update && sudo apt-get install --no-install-recommends $2"
    may_install || stop "missing: $1. Type: $by_hand"
    [ "$(id -u)" = 0 ] || root='sudo -n'
    say "installing $1: apt-get install $2"
    # An outdated or unreachable source does not necessarily affect this package.
    output=$(apt update 2>&1) || :
    output=$(apt install --no-install-recommends "$2" 2>&1) || failed
  else
    stop "missing: $1. Type the command for your system: sudo dnf install $3 | sudo apk add $3 | sudo pacman -S $3"
  fi
}

may_install() { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }

# apt_offers NAME: according to the local package lists, which can be outdated or empty
apt_offers() { has apt-cache && apt-cache show "$1" >/dev/null 2>&1; }

# Runs apt-get without questions and without restarting services; waits for another apt-get.
apt() {
  # shellcheck disable=SC2086 # no root, or two words
  $root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
    apt-get -y -q -o DPkg::Lock::Timeout=120 "$@"
}

failed() {
  printf '%s\n' "$output" | tail -n 20 >&2
  stop "that failed, see above. When the cause is fixed, type: $by_hand"
}

service_is_on() {
  if systemd_runs; then
    systemctl is-active --quiet "$1" && echo yes
  elif has service; then
    service "$1" status >/dev/null 2>&1 && echo yes
  fi || echo no
}

switch_service_off() {
  if systemd_runs; then
    $root systemctl disable --now "$1"
  elif has service; then
    $root service "$1" stop
  fi >/dev/null 2>&1 || :
}

systemd_runs() { [ -d /run/systemd/system ] && has systemctl; }

# Prevents two installations into the same place. A symbolic link is created atomically and contains
# the process id of its creator, even if that was killed.
take_lock() {
  [ -z "$locked" ] || return 0
  [ -w . ] || stop "cannot write in $PWD"
  until ln -s "$$" "$lock" 2>/dev/null; do
    holder=$(readlink "$lock") || continue
    if kill -0 "$holder" 2>/dev/null; then
      [ "$locked" = waiting ] || say "waiting for another setup (process $holder)"
      locked=waiting
      sleep 1
    else
      rm -f "$lock"
    fi
  done
  locked=yes
  trap 'rm -f "$lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

cd "$(dirname "$0")/.."
for need in $needs; do
  if "${need}_ready"; then continue; fi
  take_lock
  if ! "${need}_ready"; then "install_$need"; fi
done
for want in $wants; do
  if "${want}_ready"; then continue; fi
  take_lock
  # In a subshell, so that a failure does not end the script.
  "${want}_ready" || ("install_$want") || say "continuing without $want"
done
