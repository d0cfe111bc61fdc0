"""E-mail by the operator's own SMTP server, if there is one: from its settings to one message handed over."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr

from planner.clinic.people.names import clean_email
from planner.settings_table import BadSetting, setting, unusable

SMTP_SETTINGS = ("SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD", "SMTP_FROM")
PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""How the way to the server is closed, and its usual port."""
SERVERS_PATIENCE = 20  # seconds for each answer of the server
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class BadPost(BadSetting):
    """The settings can't be used; the message is one line that names the setting."""


class NotSent(Exception):
    """The server did not take it; the message is the kind of fault, without addresses."""


@dataclass(frozen=True)
class PostOffice:
    """The server that takes our e-mail. `sender`: an address, perhaps with a name before it."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str


@dataclass(frozen=True)
class Mail:
    """One e-mail of plain text."""

    to: str
    subject: str
    text: str


def post_office_from(environment: Mapping[str, str]) -> PostOffice | None:
    """From the settings of the names above. None without a host. BadPost."""
    try:
        host, port, security, user, password, sender = (setting(name, environment) for name in SMTP_SETTINGS)
    except BadSetting as error:
        raise BadPost(str(error)) from error
    if not host:
        return None
    if not clean_email(parseaddr(sender)[1]):
        raise BadPost(str(unusable("SMTP_FROM")))
    if bool(user) != bool(password):
        raise BadPost("SMTP_USER and SMTP_PASSWORD go together: set both or neither")
    if security == "none" and host not in THIS_MACHINE:
        raise BadPost("SMTP_SECURITY=none is for a server on this machine alone: links in e-mail open accounts")
    return PostOffice(host, int(port or PORTS[security]), security, user, password, sender)


def send(office: PostOffice, mail: Mail) -> None:
    """Hands one message over. NotSent if the server can't be reached, is not the one it says it is, or refuses."""
    try:
        message = message_of(mail, office)
        with connected(office) as server:
            if office.user:
                server.login(office.user, office.password)
            server.send_message(message)
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        raise NotSent(type(fault).__name__) from fault


def message_of(mail: Mail, office: PostOffice) -> EmailMessage:
    """Plain text, marked as written by a program so that nobody's holiday answers it."""
    name, address = parseaddr(office.sender)
    message = EmailMessage()
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = mail.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


def connected(office: PostOffice) -> smtplib.SMTP:
    """A closed way to the server, whose certificate must be good; or an open one on this machine."""
    if office.security == "tls":
        return smtplib.SMTP_SSL(office.host, office.port, timeout=SERVERS_PATIENCE, context=ssl.create_default_context())
    server = smtplib.SMTP(office.host, office.port, timeout=SERVERS_PATIENCE)
    if office.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server
