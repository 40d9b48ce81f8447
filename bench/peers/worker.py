"""A contender in Python. It answers the same requests as worker.ts, over the same channel."""

import importlib
import json
import os
import socket
import sys
import time
import traceback
from importlib.metadata import version

from values import comparable

MODULES = {
    "python-driver": "contenders.raw",
    "python-coodie": "contenders.documents",
    "cqlengine": "contenders.engine",
}


class Worker:
    def __init__(self):
        self.contender = None
        self.operation = None
        self.next = 0

    def open(self, request):
        module = importlib.import_module(MODULES[request["contender"]])
        self.contender = module.open(request["place"])
        names = ["cassandra-driver"] + (["coodie"] if request["contender"] == "python-coodie" else [])
        python = {"Python": sys.version.split()[0]}
        return {"versions": python | {f"Python {name}": version(name) for name in names}}

    def prepare(self, request):
        if request["isReplayed"]:
            return {"cannot": "its answers are not recorded"}
        made = self.contender.operation(request["group"], request["given"])
        if isinstance(made, str):
            return {"cannot": made}
        self.operation = made
        self.next = 1
        return {"result": comparable(made(0))}

    def measure(self, request):
        if request["width"] != 1:
            raise NotImplementedError("one at a time alone")
        operation, count = self.operation, request["count"]
        begin, end = self.next, self.next + count
        self.next = end
        cpu = time.process_time()
        wall = time.perf_counter()
        for index in range(begin, end):
            operation(index)
        wall = time.perf_counter() - wall
        cpu = time.process_time() - cpu
        return {"wall": wall * 1e6 / count, "cpu": cpu * 1e6 / count}

    def micro(self, request):
        count = 0
        start = time.perf_counter()
        while (elapsed := time.perf_counter() - start) < request["seconds"]:
            for _ in range(100):
                self.operation(0)
            count += 100
        return {"wall": elapsed * 1e6 / count}

    def finish(self, _):
        self.operation = None
        self.next = 0
        return {}

    def close(self, _):
        if self.contender is not None:
            self.contender.close()
        return {}


def main():
    channel = socket.socket(fileno=int(os.environ["NODE_CHANNEL_FD"]))
    worker = Worker()
    for line in channel.makefile("r", encoding="utf-8"):
        request = json.loads(line)
        try:
            answer = {"answer": getattr(worker, request["name"])(request)}
        except Exception:
            answer = {"error": traceback.format_exc(limit=-3)}
        channel.sendall((json.dumps({"id": request["id"], **answer}) + "\n").encode())
        if request["name"] == "close":
            break


main()
