#!/usr/bin/env bash
# Puts an item, takes one and acknowledges it: examples/put_take_ack.sh [port] [queue]. Needs curl; sed picks the
# lease out of the answer, a program would read the JSON.
set -euo pipefail
queue="http://127.0.0.1:${1:-8080}/api/queues/${2:-lab}"

ask() { # PLACE BODY
  curl --silent --show-error --fail-with-body --max-time 30 \
    --header 'content-type: application/json' --data "$2" "$queue/$1"
}

put=$(ask items '{"producer": "curl", "waitMs": 1000, "body": {"value": 36}}')
echo "put: $(sed 's/.*"status":"\([a-z]*\)".*/\1/' <<< "$put")"

taken=$(ask take '{"consumer": "curl", "waitMs": 1000}')
echo "took: $(sed 's/.*"body":\(.*\)}\],"acked".*/\1/' <<< "$taken")"

id=$(sed 's/.*"id":\([0-9]*\).*/\1/' <<< "$taken")
fence=$(sed 's/.*"fence":\([0-9]*\).*/\1/' <<< "$taken")
done=$(ask ack "{\"consumer\": \"curl\", \"leases\": [{\"id\": $id, \"fence\": $fence}]}")
case "$done" in *"\"done\":[$id]"*) echo "acked: true" ;; *) echo "acked: false" ;; esac
