"""What a Maildir holds, read by Python's own parser: one line a mail, fields apart by tabulations.

   /usr/bin/python3 mail_read.py MAILDIR         recipient, subject, Message-ID, number of header fields, defects
   /usr/bin/python3 mail_read.py MAILDIR link    the address of unsubscription of each mail
"""
import email
import email.policy
import pathlib
import sys

for path in sorted(pathlib.Path(sys.argv[1]).glob("new/*")):
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    if len(sys.argv) > 2:
        print((mail["List-Unsubscribe"] or "").strip("<> "))
        continue
    defects = mail.defects + [d for part in mail.walk() for d in part.defects]
    print(mail["X-RcptTo"], mail["Subject"], mail["Message-ID"].strip(), len([k for k in mail.keys() if not k.startswith("X-")]),
          len(defects), sep="\t")
