"""A mail server for the tests: what it takes goes to a Maildir, what it does depends on the recipient's name.

   /usr/bin/python3 smtp_server.py PORT MAILDIR MILLISECONDS [CERTIFICATE]    each message takes that long; with STARTTLS

   inconnu@   550 5.1.1 at RCPT             plein@    552 5.2.2 at RCPT
   plustard@  451 4.7.1 at RCPT             refuse@   554 5.6.0 after the final dot
   muet@      kept, then the link is cut without an answer
   coupe@     the link is cut at RCPT
"""
import asyncio
import signal
import ssl
import sys

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP

port, maildir = int(sys.argv[1]), sys.argv[2]
pause = int(sys.argv[3]) / 1000
tls = None
if len(sys.argv) > 4:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(sys.argv[4])


class Handler(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "inconnu":
            return "550 5.1.1 <" + address + "> nobody of that name"
        if name == "plein":
            return "552 5.2.2 box full"
        if name == "plustard":
            return "451 4.7.1 come back later"
        if name == "coupe":
            server.transport.abort()
            return "421 cut"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(pause)
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "refuse":
            return "554 5.6.0 not that"
        answer = await super().handle_DATA(server, session, envelope)
        if name == "muet":
            server.transport.abort()
        return answer or "250 2.0.0 OK"


async def main():
    loop = asyncio.get_running_loop()
    handler = Handler(maildir)
    server = await loop.create_server(lambda: SMTP(handler, hostname="essai.example", tls_context=tls), "127.0.0.1", port)
    over = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, over.set)
    await over.wait()
    server.close()

asyncio.run(main())
