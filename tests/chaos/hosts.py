#!/usr/bin/env python3
"""What visitors and contributors see while servers die: hosts.py VERB ...
  write BASE TOKEN LOG STOP THREADS   sends sheets, each under a key of its own and again until it is taken, until the file STOP exists;
                                      a line of LOG for each that was taken: key number sent_at taken_at; one of LOG.each for each time
                                      that it was sent: sent_at seconds status host
  read BASE LOG STOP THREADS PATH...  asks for pages that no cache holds; a line each: asked_at seconds status host path
The host is the one that the balancer of the test names in X-Host, - when it names none. Times are those of CLOCK_MONOTONIC, in seconds, as `hosts.py now` prints."""
import http.client, json, os, sys, threading, time, uuid
from urllib.parse import urlsplit

lock = threading.Lock()


def ask(place, method, path, body=None, headers={}):
    """Status, body, and in a line of a log when it was sent, how long it took, its status and its host. Status 0: no answer."""
    link, begun = None, time.monotonic()

    def done(status, text, host):
        line = f"{begun:.4f} {time.monotonic() - begun:.4f} {status} {host.split(' ')[-1] or '-'}"
        return status, text, line

    try:
        link = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
        link.request(method, path, body, headers)
        answer = link.getresponse()
        return done(answer.status, answer.read(), answer.getheader("X-Host") or "")
    except (OSError, http.client.HTTPException):
        return done(0, b"", "")
    finally:
        if link:
            link.close()


def note(log, line):
    with lock:
        log.write(line + "\n")
        log.flush()


def write(base, token, log, each, stop):
    place, n = urlsplit(base), 0
    while not os.path.exists(stop):
        key, n, status = uuid.uuid4().hex, n + 1, 0
        body = json.dumps({"type": "exemple", "titre": f"Essai des hôtes {n}", "chapo": key})
        begun = time.monotonic()
        while True:
            status, text, line = ask(place, "POST", "/fiches", body, {"Content-Type": "application/json", "Accept": "application/json",
                                                                "Authorization": f"Bearer {token}", "Idempotency-Key": key})
            note(each, line)
            if status and status < 500 and status not in (409, 429):
                break
            if os.path.exists(stop + ".now"):
                return
            time.sleep(0.05)
        note(log, f"{key} {json.loads(text).get('id', 0) if 200 <= status < 300 else -status} {begun:.4f} {time.monotonic():.4f}")


def read(base, log, stop, paths, who):
    place, n = urlsplit(base), 0
    while not os.path.exists(stop):
        path, n = paths[n % len(paths)], n + 1
        _, _, line = ask(place, "GET", f"{path}{'&' if '?' in path else '?'}n={who}x{n}")
        note(log, f"{line} {path}")
        time.sleep(0.02)


def main():
    verb = sys.argv[1]
    if verb == "now":
        print(f"{time.monotonic():.4f}")
        return
    base, rest = sys.argv[2], sys.argv[3:]
    if verb == "write":
        token, log, stop, n = rest
        with open(log, "a", encoding="utf-8") as f, open(log + ".each", "a", encoding="utf-8") as each:
            threads = [threading.Thread(target=write, args=(base, token, f, each, stop)) for _ in range(int(n))]
            [t.start() for t in threads], [t.join() for t in threads]
    else:
        log, stop, n, *paths = rest
        with open(log, "a", encoding="utf-8") as f:
            threads = [threading.Thread(target=read, args=(base, f, stop, paths, i)) for i in range(int(n))]
            [t.start() for t in threads], [t.join() for t in threads]


main()
