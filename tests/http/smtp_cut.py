"""A mail server that falls, for the tests: one line of CUTS a connection, then it stays up. What it takes goes to a Maildir.

   /usr/bin/python3 smtp_cut.py PORT MAILDIR CUTS

   12         the connection is reset when that many bytes of the client were read (0: before the first word)
   taken      the message is kept, and the connection reset without an answer     lost   the same, and it is not kept
   half       it is kept, and the answer is cut in its middle                     later  it is refused for now, 451
Prints, once a whole message was taken, where each line of the client ended: EHLO, MAIL, RCPT, DATA, the final dot.
"""
import pathlib
import socket
import struct
import sys
import uuid

port, box, cuts = int(sys.argv[1]), pathlib.Path(sys.argv[2]), [line.strip() for line in open(sys.argv[3])]
for name in ("new", "tmp", "cur"):
    (box / name).mkdir(parents=True, exist_ok=True)
listening = socket.create_server(("127.0.0.1", port), backlog=16)


class Cut(Exception):
    pass


class Client:
    def __init__(self, link, cut):
        self.link, self.cut, self.read, self.buffer = link, cut, 0, b""
        self.limit = int(cut) if cut.isdigit() else None

    def until(self, end):
        while end not in self.buffer:
            if self.limit is not None and self.read + len(self.buffer) >= self.limit:
                raise Cut
            room = 65536 if self.limit is None else self.limit - self.read - len(self.buffer)
            more = self.link.recv(room)
            if not more:
                raise EOFError
            self.buffer += more
        line, self.buffer = self.buffer.split(end, 1)
        self.read += len(line) + len(end)
        if self.limit is not None and self.read >= self.limit:
            raise Cut
        return line

    def say(self, text):
        self.link.sendall(text.encode() + b"\r\n")

    def talk(self):
        if self.limit == 0:
            raise Cut
        self.say("220 essai.example")
        to, ends = None, []
        while True:
            line = self.until(b"\r\n")
            word = line[:4].upper()
            ends.append(self.read)
            if word == b"RCPT":
                to = line.split(b"<")[1].split(b">")[0].decode()
            if word == b"QUIT":
                self.say("221 bye")
                return
            if word == b"DATA":
                self.say("354 go on")
                text = self.until(b"\r\n.\r\n")
                ends.append(self.read)
                if self.cut == "later":
                    self.say("451 4.3.0 not now")
                    self.cut = ""
                    continue
                if self.cut != "lost":
                    name = uuid.uuid4().hex
                    (box / "tmp" / name).write_bytes(b"X-RcptTo: " + to.encode() + b"\r\n" + text + b"\r\n")
                    (box / "tmp" / name).rename(box / "new" / name)
                if self.cut in ("lost", "taken"):
                    raise Cut
                if self.cut == "half":
                    self.link.sendall(b"25")
                    raise Cut
                print(*ends, flush=True)
            self.say("250 2.0.0 OK")


while True:
    link, _ = listening.accept()
    try:
        Client(link, cuts.pop(0) if cuts else "").talk()
    except Cut:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except (EOFError, OSError):
        pass
    link.close()
