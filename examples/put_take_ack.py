"""Puts an item, takes one and acknowledges it: python3 examples/put_take_ack.py [port] [queue]"""
import json
import socket
import struct
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 7000
queue = sys.argv[2] if len(sys.argv) > 2 else "lab"
bridge = socket.create_connection(("127.0.0.1", port))
stream = bridge.makefile("rb")


def ask(role, body):
    """Sends a request to one of the addresses of the queue and waits for its answer."""
    frame = {"type": "send", "address": f"weir.{queue}.{role}", "replyAddress": "r", "body": body}
    payload = json.dumps(frame).encode()
    bridge.sendall(struct.pack(">i", len(payload)) + payload)
    (length,) = struct.unpack(">i", stream.read(4))
    answer = json.loads(stream.read(length))
    if answer["type"] == "err":
        raise RuntimeError(answer["message"])
    return answer["body"]


put = ask("produce", {"op": "put", "producer": "python", "waitMs": 1000, "body": {"value": 36}})
print("put:", put["status"])
taken = ask("consume", {"op": "take", "consumer": "python", "waitMs": 1000})
for item in taken.get("items", []):
    print("took:", item["body"])
    lease = {"id": item["id"], "fence": item["fence"]}
    acked = ask("consume", {"op": "ack", "consumer": "python", "leases": [lease]})
    print("acked:", acked["done"] == [item["id"]])
bridge.close()
