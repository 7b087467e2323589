"""A fleet's answers from Flask behind waitress, to measure beside MinerOps: the same JSON, from memory.

Usage: flask_peer.py PORT CURRENT_JSON, the latter as MinerOps answered GET /api/miners/current.
"""

import json
import sys

from flask import Flask, jsonify
from waitress import serve

THREADS = 8

app = Flask(__name__)
current = {}


@app.get("/healthz")
def healthz():
    return jsonify(ok=True, status="live")


@app.get("/api/miners/current")
def miners_current():
    return jsonify(current)


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf-8") as file:
        current.update(json.load(file))
    serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=THREADS)
