#!/bin/sh
# Have nginx keep answers under the release that is current now: `purge.sh http://node1:8000 http://node2:8000`, after a
# publication, a roll-back or a withdrawal. It waits until every node that answers has the same release ready.
set -eu
file="${RELEASE_FILE:-/etc/nginx/onrecord.release}"
host="${HOST_NAME:-data.example.org}"

ready() {
    for node in "$@"; do
        curl --silent --max-time 5 --header "Host: $host" "$node/readyz" || true
    done | sed -n 's/.*"release":"\([0-9a-f]\{64\}\)".*/\1/p' | sort -u
}

for _ in $(seq 120); do
    release="$(ready "$@")"
    if [ ${#release} -eq 64 ]; then
        printf 'set $onrecord_release %s;\n' "$release" > "$file.new"
        mv "$file.new" "$file"
        ${RELOAD:-nginx -s reload}
        exit 0
    fi
    sleep 0.5
done
echo "no release is ready on all of: $*" >&2
exit 1
