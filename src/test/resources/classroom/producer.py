"""A producer as the classroom has it: sends objects one after another and never reads."""
import json, random, socket, sys, time

port, producer_id, count, pause = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
with socket.create_connection(("127.0.0.1", port)) as server:
    for _ in range(count):
        data = {"type": "producer", "producer_id": producer_id, "value": random.randint(1, 100), "timestamp": time.time()}
        print(f"[Producer {producer_id}] Sending data: {json.dumps(data)}", flush=True)
        server.sendall(json.dumps(data).encode())
        time.sleep(random.uniform(0, pause))
