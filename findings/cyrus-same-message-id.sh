#!/usr/bin/env bash
# Guess, written down first: an LMTP server that answers 250 has stored the message (RFC 2033), so two different mails that happen to
# carry one Message-ID both lie in the mailbox; what drops repeated mail compares more than an identifier that any writer chooses.
# What it does (Cyrus IMAP 3.6.1 of Debian 12, default `duplicatesuppression: yes`): the second mail, other text, other subject, other
# sender, is answered 250 and is nowhere: neither in the inbox nor bounced. Only `X-Cyrus-Session-Id` of the first tells its delivery.
# A mailbox on Cyrus can lose the second of two mails from a program that repeats its Message-IDs; a reader of that mailbox never sees it.
# Needs root (namespaces) and Debian 12's apt-get; installs nothing: packages are unpacked into a temporary folder and run over it.
# Exit 0: as told here. Exit 1: the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
server=
trap '[ -z "$server" ] || kill -KILL -- "-$server" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
version=3.6.1-4+deb12u5
packages=(cyrus-imapd=$version cyrus-common=$version sasl2-bin libsasl2-modules-db db-util db5.3-util libical3 libxapian30 libzephyr4
    libclamav12 libmspack0 libpcre3)
mkdir "$work/debs" "$work/made" "$work/box"
(cd "$work/debs" && apt-get -qq download "${packages[@]}" 2>/dev/null)
for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/made"; done
[ ! -d "$work/made/lib" ] || { cp -a "$work/made/lib" "$work/made/usr/"; rm -r "$work/made/lib"; }
read -r imap lmtp < <(python3 -c 'import socket
pair = [socket.socket() for _ in "12"]
for each in pair: each.bind(("127.0.0.1", 0))
print(*(each.getsockname()[1] for each in pair))')

cat > "$work/start" <<END
id cyrus >/dev/null 2>&1 || echo 'cyrus:x:995:8::/var/lib/cyrus:/bin/sh' >> /etc/passwd
mkdir -p $work/config $work/spool /run/cyrus/proc /run/cyrus/lock /run/cyrus/socket
cat > $work/imapd.conf <<CONF
configdirectory: $work/config
partition-default: $work/spool
defaultpartition: default
virtdomains: userid
defaultdomain: elsewhere.test
autocreate_quota: 1000000
autocreate_post: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: $work/sasldb2
allowplaintext: yes
servername: mail.contohkota.go.id
CONF
cat > $work/cyrus.conf <<CONF
START {
  recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C $work/imapd.conf -r"
}
SERVICES {
  imap cmd="/usr/lib/cyrus/bin/imapd -C $work/imapd.conf" listen="127.0.0.1:$imap" prefork=0
  lmtp cmd="/usr/lib/cyrus/bin/lmtpd -a -C $work/imapd.conf" listen="127.0.0.1:$lmtp" prefork=0
}
CONF
printf rahasia | saslpasswd2 -p -c -f $work/sasldb2 -u contohkota.go.id layanan
chown -R cyrus:mail $work/config $work/spool $work/sasldb2 /run/cyrus
exec /usr/lib/cyrus/bin/master -C $work/imapd.conf -M $work/cyrus.conf -D -p $work/master.pid
END
cat > "$work/enter" <<END
set -e
mount -t tmpfs tmpfs $work/box
mkdir $work/box/upper $work/box/work $work/box/root
mount -t overlay overlay -o lowerdir=/,upperdir=$work/box/upper,workdir=$work/box/work $work/box/root
cp -a $work/made/. $work/box/root/
mount --rbind /dev $work/box/root/dev
mount -t proc proc $work/box/root/proc
mkdir -p $work/box/root$work
mount --bind $work $work/box/root$work
ldconfig -r $work/box/root
exec chroot $work/box/root /bin/sh $work/start
END
setsid unshare --mount --pid --fork --kill-child sh "$work/enter" > "$work/log" 2>&1 &
server=$!

python3 - "$imap" "$lmtp" <<'PY'
import imaplib, smtplib, socket, sys, time

imap_port, lmtp_port = map(int, sys.argv[1:])
for _ in range(300):
    try:
        with socket.create_connection(("127.0.0.1", lmtp_port), 1) as probe:
            if probe.recv(3) == b"220":
                break
    except OSError:
        time.sleep(0.05)
imap = imaplib.IMAP4("127.0.0.1", imap_port)
imap.login("layanan@contohkota.go.id", "rahasia")
answers = []
for sender, subject, text in (("siti", "Lupa passphrase", "Mohon dibantu."), ("agus", "Perubahan data", "Jabatan saya baru.")):
    mail = (f"From: {sender}@contohkota.go.id\r\nTo: layanan@contohkota.go.id\r\nSubject: {subject}\r\n"
            f"Message-ID: <1@scanner.contohkota.go.id>\r\nDate: Tue, 17 Mar 2026 09:12:00 +0700\r\n\r\n{text}\r\n")
    with smtplib.LMTP("127.0.0.1", lmtp_port, local_hostname="localhost") as lmtp:
        lmtp.ehlo_or_helo_if_needed()
        lmtp.mail(f"{sender}@contohkota.go.id")
        lmtp.rcpt("layanan@contohkota.go.id")
        code, words = lmtp.data(mail)
        answers.append(code)
        print(subject, "->", code, words.decode())
imap.select("INBOX")
stored = [imap.fetch(number, "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1][0][1].strip().decode() for number in imap.search(None, "ALL")[1][0].split()]
print(imap.welcome.decode())
print("in the mailbox:", stored)
raise SystemExit(not (answers == [250, 250] and stored == ["Subject: Lupa passphrase"]))
PY
