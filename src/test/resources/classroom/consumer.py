"""A consumer as the classroom has it: reads 1024 bytes at most and takes them for one answer.

It goes home when there was nothing for it so many times one after another."""
import json, socket, sys

port, consumer_id, patience = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
empty = 0
with socket.create_connection(("127.0.0.1", port)) as server:
    while empty < patience:
        server.sendall(json.dumps({"type": "consumer"}).encode())
        answer = server.recv(1024).decode()
        if answer == "queue_empty":
            empty += 1
            print(f"[Consumer {consumer_id}] Queue is empty. Waiting for new items...", flush=True)
        else:
            item = json.loads(answer)
            assert set(item) == {"type", "producer_id", "value", "timestamp"}, answer
            print(f"[Consumer {consumer_id}] Consumed: {answer}", flush=True)
            empty = 0
